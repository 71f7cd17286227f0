BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $data = New-BarDataset -TrainingCount 400 -TestCount 50
    $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
    $sweep = $data | Find-MnistLearningRate $network
    $cmdlet = 'MnistPS.Commands.FindMnistLearningRateCommand'
}

Describe 'Find-MnistLearningRate' {
    It 'gives one object with rates, losses and a rate to take' {
        @($sweep).Count | Should -Be 1
        $sweep | Should -BeOfType ([MnistPS.LearningRateSweep])
        $sweep.Points.Count | Should -BeGreaterThan 50
        $sweep.Points[0].Rate | Should -Be 1e-6
        $sweep.Points.Rate | Should -Be ($sweep.Points.Rate | Sort-Object)
        foreach ($point in $sweep.Points) { [double]::IsFinite($point.SmoothedLoss) | Should -BeTrue }
        $sweep.Points.Rate | Should -Contain $sweep.SuggestedRate
    }

    It 'suggests a rate by which the network learns' {
        $trained = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
        $metrics = @($data | Invoke-MnistTraining $trained -LearningRate $sweep.SuggestedRate -Epochs 10)
        $slow = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
        $slowMetrics = @($data | Invoke-MnistTraining $slow -LearningRate ($sweep.SuggestedRate / 100) -Epochs 10)
        $metrics[-1].TrainingError | Should -BeLessThan ($slowMetrics[-1].TrainingError / 2)
    }

    It 'leaves the network as it is' {
        $touched = New-MnistNetwork -Layer 'dense 20', 'relu', 'dropout 0.5', 'dense 10' -Seed 3
        $untouched = New-MnistNetwork -Layer 'dense 20', 'relu', 'dropout 0.5', 'dense 10' -Seed 3
        $null = $data | Find-MnistLearningRate $touched
        $touched.EpochsTrained | Should -Be 0
        $expected = ($data | Invoke-MnistTraining $untouched -Epochs 2).TrainingError
        ($data | Invoke-MnistTraining $touched -Epochs 2).TrainingError | Should -Be $expected
    }

    It 'takes the range, the steps, the batch and the optimizer' {
        $own = $data | Find-MnistLearningRate $network -Minimum 1e-4 -Maximum 1e-2 -Steps 20 -BatchSize 16 -Optimizer Momentum
        $own.Points.Count | Should -Be 20
        $own.Points[0].Rate | Should -Be 1e-4
        [math]::Abs($own.Points[-1].Rate - 1e-2) | Should -BeLessThan 1e-12
    }

    It "goes over the tutorial's network, image by image" {
        $tutorial = $data | Find-MnistLearningRate (New-MnistNetwork -Seed 1) -Steps 40
        $tutorial.SuggestedRate | Should -BeGreaterThan 0
    }

    It 'has plain columns where its points go into a CSV' {
        ($sweep.Points | ConvertTo-Csv)[0] | Should -BeExactly '"Rate","Loss","SmoothedLoss"'
    }

    It 'is shown with its range and the suggestion' {
        $lines = ($sweep | Out-String -Stream) -replace "`e\[[\d;]*m" | Where-Object { $_ }
        $lines[0] | Should -Match '^\d+ rates from 1E-06 to '
        $lines[-1] | Should -Match '^Suggested rate \d'
    }

    It 'ends within half a second when it is stopped' {
        $session = Start-Pipeline { param($Data, $Network) $Data | Find-MnistLearningRate $Network -Steps 100000 } $data, (New-MnistNetwork -Preset ConvNet -Seed 1)
        try {
            $session.InvocationStateInfo.State | Should -Be 'Running'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $session.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 0.5
        }
        finally { $session.Dispose() }
    }

    Context 'bad input' {
        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a minimum of 0'; Arguments = @{ Minimum = 0 }; Id = 'MinimumOutOfRange' }
            @{ Name = 'a minimum that is no number'; Arguments = @{ Minimum = [double]::NaN }; Id = 'MinimumOutOfRange' }
            @{ Name = 'a maximum below the minimum'; Arguments = @{ Minimum = 1; Maximum = 0.1 }; Id = 'MaximumOutOfRange' }
            @{ Name = 'too few steps'; Arguments = @{ Steps = 9 }; Id = 'StepsOutOfRange' }
            @{ Name = 'an empty batch'; Arguments = @{ BatchSize = 0 }; Id = 'BatchSizeOutOfRange' }
            @{ Name = 'a batch larger than the set'; Arguments = @{ BatchSize = 401 }; Id = 'BatchSizeOutOfRange' }
            @{ Name = 'a range in which all diverges'; Arguments = @{ Minimum = 1e200; Maximum = 1e300 }; Id = 'SweepDiverged' }
        ) {
            { $data | Find-MnistLearningRate $network @Arguments } | Should -Throw -ErrorId "$Id,$cmdlet"
        }

        It 'tries them on images alone as on a data set' {
            $whole = $data | Find-MnistLearningRate $network -Steps 10 -Maximum 0.1
            ($data.Training | Find-MnistLearningRate $network -Steps 10 -Maximum 0.1).Points.Loss | Should -Be $whole.Points.Loss
        }

        It 'passes over foreign objects' {
            $found = 5, $data | Find-MnistLearningRate $network -Steps 10 -ErrorAction SilentlyContinue -ErrorVariable problems
            @($found).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be "ForeignObject,$cmdlet"
        }
    }
}
