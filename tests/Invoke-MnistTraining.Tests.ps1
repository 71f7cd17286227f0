BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    $trajectories = (Get-Content (Join-Path $PSScriptRoot MnistPS.Core.Tests Training trajectories.json) -Raw | ConvertFrom-Json -AsHashtable).trajectories
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset
    $convolution = 'conv 8x5', 'relu', 'pool 2', 'dropout 0.1', 'dense 10'
    $properties = 'Epoch', 'TrainingError', 'TrainingAccuracy', 'ValidationError', 'ValidationAccuracy', 'TestError', 'TestAccuracy', 'LearningRate', 'Elapsed', 'ImagesPerSecond'

    # The network's scores for the test images, to compare networks.
    function Get-Scores($Network) { foreach ($prediction in $data.Test | Invoke-MnistPrediction $Network) { Join-Number $prediction.Scores } }

    # The lines of a file that is being written.
    function Read-Line($Path) {
        $reader = [System.IO.StreamReader]::new([System.IO.FileStream]::new($Path, 'Open', 'Read', 'ReadWrite'))
        try { $reader.ReadToEnd().TrimEnd("`n").Split("`n") } finally { $reader.Dispose() }
    }

    # Starts a training in a runspace of its own and returns when it is under way.
    function Start-Training($Network, $Dataset, [hashtable]$Options) {
        Start-Pipeline { param($Network, $Dataset, $Options) $Dataset | Invoke-MnistTraining $Network @Options } $Network, $Dataset, $Options
    }
}

Describe 'Invoke-MnistTraining' {
    Context 'metrics' {
        It 'come the moment their epoch ends, with <_> threads' -ForEach 1, 2 {
            $network = New-MnistNetwork -Seed 1
            $seen = @($data | Invoke-MnistTraining -Network $network -Epochs 4 -ThrottleLimit $_ | ForEach-Object { "$($_.Epoch) $($network.EpochsTrained)" })
            $seen | Should -Be '0 1', '1 2', '2 3', '3 4'
        }

        It 'are flat, under the names that scripts rely on' {
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2)
            $metrics.Count | Should -Be 2
            $metrics | Should -BeOfType ([MnistPS.EpochMetrics])
            $metrics[0].PSObject.Properties.Name | Should -Be $properties
            $metrics[0].ValidationError | Should -BeNullOrEmpty
            $metrics[0].ValidationAccuracy | Should -BeNullOrEmpty
            $metrics[0].LearningRate | Should -Be 0.005
            $metrics[0].ImagesPerSecond | Should -BeGreaterThan 0
            $metrics[0].Elapsed | Should -BeGreaterThan ([timespan]::Zero)
            $metrics[1].Elapsed | Should -BeGreaterThan $metrics[0].Elapsed
        }

        It 'are means an image and shares of the images' {
            # Nothing is learned at such a rate, and nothing dropped: both sets are read by the network as it was created.
            $network = New-MnistNetwork -DropoutRate 0 -Seed 1
            $same = [MnistPS.MnistDataset]::new('Bars', $data.Test, $data.Test)
            $errors = 0.0
            $correct = 0
            foreach ($prediction in $data.Test | Invoke-MnistPrediction $network) {
                for ($digit = 0; $digit -lt 10; $digit++) { $errors += [math]::Pow(($digit -eq $prediction.Expected ? 1 : 0) - $prediction.Scores[$digit], 2) }
                if ($prediction.IsCorrect) { $correct++ }
            }
            $metrics = $same | Invoke-MnistTraining $network -Epochs 1 -LearningRate 1e-30
            foreach ($measured in $metrics.TrainingError, $metrics.TestError) { [math]::Abs($measured * 50 / $errors - 1) | Should -BeLessThan 1e-12 }
            $metrics.TrainingAccuracy | Should -Be ($correct / 50)
            $metrics.TestAccuracy | Should -Be ($correct / 50)
        }

        It 'go on when training is called again, as if it had never ended' {
            $network = New-MnistNetwork -Seed 1
            $parts = @(
                $data | Invoke-MnistTraining $network -Epochs 2 | Join-Metrics
                $data | Invoke-MnistTraining $network -Epochs 3 | Join-Metrics
            )
            $network.EpochsTrained | Should -Be 5
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 5 | Join-Metrics | Should -Be $parts
        }

        It 'go on so with the state of <_>, dropout and shuffling, too' -ForEach 'Momentum', 'Nesterov', 'Adam', 'AdamW' {
            $options = @{ Optimizer = $_; BatchSize = 16; LearningRate = 0.01 }
            $network = New-MnistNetwork -Layer $convolution -Seed 1
            $parts = @(
                $data | Invoke-MnistTraining $network -Epochs 1 @options | Join-Metrics
                $data | Invoke-MnistTraining $network -Epochs 2 @options | Join-Metrics
            )
            $data | Invoke-MnistTraining (New-MnistNetwork -Layer $convolution -Seed 1) -Epochs 3 @options | Join-Metrics | Should -Be $parts
        }

        It "are lines as the tutorial prints them" {
            $metrics = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1
            "$metrics" | Should -Match '^Epoch: 0 Training set error:\d\.\d{3} Training set accuracy:[01]\.\d+ Test set error:\d\.\d{3} Test set accuracy:[01]\.\d+$'
        }

        It 'are 20 epochs by default' {
            @($data | Invoke-MnistTraining (New-MnistNetwork)).Count | Should -Be 20
        }

        It 'are spoken of with -Verbose' {
            $streams = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -Verbose 4>&1)
            $spoken = foreach ($record in $streams) { if ($record -is [System.Management.Automation.VerboseRecord]) { $record.Message } }
            $spoken[0] | Should -BeLike 'Training*Bars*: 1 epoch by Sgd, learning rate 0.005, batches of 1, Double precision, * thread*.'
            $spoken[-1] | Should -BeLike 'Epoch: 0 *'
        }

        It 'are spoken of with all that was asked for' {
            $options = @{
                Epochs = 1; Optimizer = 'AdamW'; LearningRate = 0.01; Schedule = 'Cosine'; WeightDecay = 0.1; BatchSize = 20; Shuffle = $true; Augment = 'Shift', 'Rotate'
                ValidationCount = 10; EarlyStoppingPatience = 2; MaximumTime = '0:01'; Precision = 'Single'; ThrottleLimit = 1
            }
            $streams = @($data | Invoke-MnistTraining (New-MnistNetwork -Layer 'dense 10') @options -Verbose 4>&1)
            $streams[0].Message | Should -BeLike ('*: 1 epoch by AdamW, learning rate 0.01 (Cosine), batches of 20, weight decay 0.1, shuffled, varied by Shift, Rotate, ' +
                '10 images for validation, 2 epochs of patience, 00:01:00 at most, Single precision, 1 thread.')
        }

        It 'come from all processors by default' {
            $streams = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -Verbose 4>&1)
            $streams[0].Message | Should -BeLike "*, $([System.Environment]::ProcessorCount) thread*."
            $streams = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -ThrottleLimit 3 -Verbose 4>&1)
            $streams[0].Message | Should -BeLike '* 3 threads.'
        }
    }

    Context 'on MNIST' -Skip:(-not $MnistPath) {
        It 'prints the 20 lines of the tutorial' {
            $mnist = Get-MnistDataset -Path $MnistPath -TrainingCount 1000 -TestCount 1000
            $network = New-MnistNetwork -Seed 884736743
            $lines = @($mnist | ConvertTo-OneHot | Invoke-MnistTraining -Network $network | ForEach-Object { $_.ToString() })
            $lines | Should -BeExactly @(
                'Epoch: 0 Training set error:0.898 Training set accuracy:0.397 Test set error:0.680 Test set accuracy:0.582'
                'Epoch: 1 Training set error:0.656 Training set accuracy:0.633 Test set error:0.606 Test set accuracy:0.641'
                'Epoch: 2 Training set error:0.591 Training set accuracy:0.68 Test set error:0.569 Test set accuracy:0.679'
                'Epoch: 3 Training set error:0.556 Training set accuracy:0.7 Test set error:0.540 Test set accuracy:0.708'
                'Epoch: 4 Training set error:0.534 Training set accuracy:0.732 Test set error:0.525 Test set accuracy:0.729'
                'Epoch: 5 Training set error:0.515 Training set accuracy:0.715 Test set error:0.500 Test set accuracy:0.739'
                'Epoch: 6 Training set error:0.495 Training set accuracy:0.748 Test set error:0.487 Test set accuracy:0.753'
                'Epoch: 7 Training set error:0.483 Training set accuracy:0.769 Test set error:0.486 Test set accuracy:0.747'
                'Epoch: 8 Training set error:0.473 Training set accuracy:0.776 Test set error:0.472 Test set accuracy:0.752'
                'Epoch: 9 Training set error:0.459 Training set accuracy:0.788 Test set error:0.462 Test set accuracy:0.762'
                'Epoch: 10 Training set error:0.464 Training set accuracy:0.769 Test set error:0.462 Test set accuracy:0.767'
                'Epoch: 11 Training set error:0.442 Training set accuracy:0.801 Test set error:0.455 Test set accuracy:0.775'
                'Epoch: 12 Training set error:0.448 Training set accuracy:0.795 Test set error:0.454 Test set accuracy:0.772'
                'Epoch: 13 Training set error:0.438 Training set accuracy:0.787 Test set error:0.452 Test set accuracy:0.778'
                'Epoch: 14 Training set error:0.445 Training set accuracy:0.791 Test set error:0.449 Test set accuracy:0.779'
                'Epoch: 15 Training set error:0.440 Training set accuracy:0.788 Test set error:0.451 Test set accuracy:0.772'
                'Epoch: 16 Training set error:0.437 Training set accuracy:0.786 Test set error:0.452 Test set accuracy:0.772'
                'Epoch: 17 Training set error:0.436 Training set accuracy:0.794 Test set error:0.449 Test set accuracy:0.778'
                'Epoch: 18 Training set error:0.433 Training set accuracy:0.801 Test set error:0.449 Test set accuracy:0.774'
                'Epoch: 19 Training set error:0.429 Training set accuracy:0.785 Test set error:0.436 Test set accuracy:0.784'
            )
            @($mnist.Test | Invoke-MnistPrediction $network).Where{ $_.IsCorrect }.Count | Should -Be 784
        }

        It "goes PyTorch's way: <name>" -ForEach $trajectories {
            $mnist = Get-MnistDataset -Path $MnistPath -TrainingCount $training_count -TestCount $test_count
            $network = New-MnistNetwork -Layer $layers -Initializer Uniform -Seed $seed
            $metrics = @($mnist | Invoke-MnistTraining $network -NoShuffle -Precision Double -BatchSize $batch_size -Optimizer $optimizer -LearningRate $learning_rate -Epochs $epochs.Count)
            $metrics | Should -HaveCount $epochs.Count
            for ($epoch = 0; $epoch -lt $epochs.Count; $epoch++) {
                [math]::Abs($metrics[$epoch].TrainingError / $epochs[$epoch].training_loss - 1) | Should -BeLessThan 1e-9
                [math]::Abs($metrics[$epoch].TestError / $epochs[$epoch].test_loss - 1) | Should -BeLessThan 1e-9
                $metrics[$epoch].TrainingAccuracy | Should -Be $epochs[$epoch].training_accuracy
                $metrics[$epoch].TestAccuracy | Should -Be $epochs[$epoch].test_accuracy
            }
        }
    }

    Context 'a metrics file' {
        BeforeEach {
            $path = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        }

        It 'has the properties as columns and the very numbers, whatever the culture' {
            $comma = [cultureinfo]::InvariantCulture.Clone()
            $comma.NumberFormat.NumberDecimalSeparator = ','
            $metrics = @(Use-Culture $comma { $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 3 -ValidationCount 20 -MetricsPath $path })

            $lines = [System.IO.File]::ReadAllLines($path)
            $lines.Count | Should -Be 4
            $lines[0] | Should -BeExactly ($properties -join ',')
            for ($row = 0; $row -lt 3; $row++) {
                $cells = $lines[$row + 1].Split(',')
                $cells.Count | Should -Be $properties.Count
                for ($column = 0; $column -lt $properties.Count; $column++) {
                    $value = $metrics[$row].($properties[$column])
                    $read = if ($value -is [timespan]) { [timespan]::Parse($cells[$column], [cultureinfo]::InvariantCulture) }
                    else { [double]::Parse($cells[$column], [cultureinfo]::InvariantCulture) }
                    $read | Should -Be $value
                }
            }
        }

        It 'leaves empty what there is none of' {
            $null = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -MetricsPath $path
            $cells = [System.IO.File]::ReadAllLines($path)[1].Split(',')
            $cells[$properties.IndexOf('ValidationError')] | Should -BeExactly ''
            $cells[$properties.IndexOf('ValidationAccuracy')] | Should -BeExactly ''
        }

        It 'has the row of an epoch as soon as that ends' {
            $counts = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 3 -MetricsPath $path | ForEach-Object { @(Read-Line $path).Count }
            $counts | Should -Be 2, 3, 4
        }

        It 'may be on a drive of the session' {
            $name = [System.IO.Path]::GetFileName($path)
            $null = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2 -MetricsPath "TestDrive:/$name"
            [System.IO.File]::ReadAllLines($path).Count | Should -Be 3
        }

        It "is relative to the session's location" {
            $locations = $ExecutionContext.SessionState.Path
            $before = $locations.CurrentLocation
            $null = $locations.SetLocation($TestDrive)
            try { $null = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -MetricsPath ([System.IO.Path]::GetFileName($path)) }
            finally { $null = $locations.SetLocation($before.Path) }
            [System.IO.File]::ReadAllLines($path).Count | Should -Be 2
        }

        It 'is written with -PassThru as well' {
            $null = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2 -MetricsPath $path -PassThru
            [System.IO.File]::ReadAllLines($path).Count | Should -Be 3
        }

        It 'is not replaced without -Force, and nothing is trained' {
            [System.IO.File]::WriteAllText($path, 'dear')
            $network = New-MnistNetwork
            $problem = { $data | Invoke-MnistTraining $network -MetricsPath $path } |
                Should -Throw '*-Force*' -ErrorId 'MetricsFileExists,MnistPS.Commands.InvokeMnistTrainingCommand' -PassThru
            $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
            $problem.TargetObject | Should -Be $path
            [System.IO.File]::ReadAllText($path) | Should -Be 'dear'
            $network.EpochsTrained | Should -Be 0
        }

        It 'is replaced with -Force' {
            [System.IO.File]::WriteAllText($path, "dear`n" * 100)
            $null = $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -MetricsPath $path -Force
            [System.IO.File]::ReadAllLines($path).Count | Should -Be 2
        }

        It 'is kept with -Force where no epoch comes to its end' {
            [System.IO.File]::WriteAllText($path, 'dear')
            $network = New-MnistNetwork -Seed 1
            $data | Invoke-MnistTraining $network -Epochs 1 | ForEach-Object {
                { $data | Invoke-MnistTraining $network -MetricsPath $path -Force } | Should -Throw -ErrorId 'NetworkInTraining,MnistPS.Commands.InvokeMnistTrainingCommand'
            }
            { $data | Invoke-MnistTraining $network -LearningRate 1e200 -MetricsPath $path -Force } | Should -Throw -ErrorId 'TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand'
            [System.IO.File]::ReadAllText($path) | Should -Be 'dear'
        }

        It 'has the rows of all data sets that come down the pipeline' {
            $null = $data, $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -MetricsPath $path
            [System.IO.File]::ReadAllLines($path).ForEach{ $_.Split(',')[0] } | Should -Be 'Epoch', '0', '1', '2', '3'
        }

        It 'is not there where none was and no epoch came to its end' -ForEach @{ Force = $false }, @{ Force = $true } {
            $network = New-MnistNetwork -Seed 1
            { $data | Invoke-MnistTraining $network -LearningRate 1e200 -MetricsPath $path -Force:$Force } | Should -Throw -ErrorId 'TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand'
            [System.IO.File]::Exists($path) | Should -BeFalse
            $null = $data | Invoke-MnistTraining $network -Epochs 1 -MetricsPath $path
            [System.IO.File]::ReadAllLines($path).Count | Should -Be 2
        }

        It 'is refused as <Where>, and nothing is trained' -ForEach @(
            @{ Where = 'a folder'; Name = '.'; Says = '*it is a folder*' }
            @{ Where = 'a file in no folder'; Name = 'nowhere/metrics.csv'; Says = '*nowhere*' }
            @{ Where = 'no name at all'; Name = "a`0b"; Says = '*folder that is there*' }
        ) {
            $network = New-MnistNetwork
            $bad = Join-Path $TestDrive $Name
            foreach ($force in $false, $true) {
                { $data | Invoke-MnistTraining $network -MetricsPath $bad -Force:$force } |
                    Should -Throw $Says -ErrorId 'MetricsFileNotWritable,MnistPS.Commands.InvokeMnistTrainingCommand'
            }

            $network.EpochsTrained | Should -Be 0
        }

        It 'is refused without a name' {
            { $data | Invoke-MnistTraining (New-MnistNetwork) -MetricsPath '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'is refused as a script block, and no file of that name is written' {
            $network = New-MnistNetwork
            Push-Location $TestDrive
            try {
                { $data | Invoke-MnistTraining $network -MetricsPath { metrics } } |
                    Should -Throw '*{ metrics }*script block*( metrics )*' -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.InvokeMnistTrainingCommand'
            }
            finally { Pop-Location }
            Get-ChildItem $TestDrive -Filter '*metrics *' | Should -BeNullOrEmpty
            $network.EpochsTrained | Should -Be 0
        }

        It 'that cannot be written to any more does not keep back what the network is' -Skip:(-not [System.IO.File]::Exists('/dev/full')) {
            $network = New-MnistNetwork
            $metrics = [System.Collections.Generic.List[object]]::new()
            { $data | Invoke-MnistTraining $network -Epochs 3 -MetricsPath /dev/full -Force | ForEach-Object { $metrics.Add($_) } } |
                Should -Throw -ErrorId 'MetricsFileNotWritable,MnistPS.Commands.InvokeMnistTrainingCommand'
            $metrics.Epoch | Should -Be 0
            $network.EpochsTrained | Should -Be 1
        }

        It 'can be a device, which says so when it is full' -Skip:(-not [System.IO.File]::Exists('/dev/full')) {
            ($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -MetricsPath /dev/null -Force).Epoch | Should -Be 0
            { $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -MetricsPath /dev/full -Force } |
                Should -Throw '*/dev/full*' -ErrorId 'MetricsFileNotWritable,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'is refused outside the file system' {
            { $data | Invoke-MnistTraining (New-MnistNetwork) -MetricsPath 'Variable:metrics' } | Should -Throw -ErrorId 'NotFileSystemPath,MnistPS.Commands.InvokeMnistTrainingCommand'
            { $data | Invoke-MnistTraining (New-MnistNetwork) -MetricsPath 'NoSuchDrive:/metrics' } | Should -Throw -ErrorId 'DriveNotFound,MnistPS.Commands.InvokeMnistTrainingCommand'
        }
    }

    Context 'checkpoints' {
        BeforeEach {
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
            $run = @{ CheckpointPath = Join-Path $folder 'run.safetensors'; MetricsPath = Join-Path $folder 'metrics.csv' }
        }

        BeforeAll {
            # The columns that must be equal with and without an interruption: all but the times.
            function Read-Row([string]$Path) { @(Read-Line $Path).ForEach{ ($_ -split ',')[0..7] -join ',' } }
        }

        It 'are networks in files, as of each epoch, and nothing else is left beside them' {
            $counts = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 3 @run | ForEach-Object { (Import-MnistNetwork $run.CheckpointPath).EpochsTrained }
            $counts | Should -Be 1, 2, 3
            (Get-ChildItem $folder -Force).Name | Should -Be 'metrics.csv', 'run.safetensors'
        }

        It 'are written after each -CheckpointEvery epochs and the last one' {
            $counts = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 5 -CheckpointEvery 2 @run | ForEach-Object { (Import-MnistNetwork $run.CheckpointPath).EpochsTrained }
            $counts | Should -Be 0, 2, 2, 4, 5
        }

        It 'are gone on from with -Resume, which begins where there is none' {
            $options = @{ Epochs = 5; Optimizer = 'Adam'; LearningRate = 0.01; Schedule = 'OneCycle'; Shuffle = $true; Augment = 'Shift' }
            $whole = New-MnistNetwork -HiddenSize 20 -Seed 4
            $expected = $data | Invoke-MnistTraining $whole @options -MetricsPath (Join-Path $folder 'whole.csv')
            $first = $data | Invoke-MnistTraining (New-MnistNetwork -HiddenSize 20 -Seed 4) @options @run -Resume -Append | Select-Object -First 2
            $network = New-MnistNetwork -HiddenSize 20 -Seed 4
            $second = $data | Invoke-MnistTraining $network @options @run -Resume -Append
            $second.Epoch | Should -Be 2, 3, 4
            @($first) + @($second) | Join-Metrics | Should -Be @($expected | Join-Metrics)
            Get-Scores $network | Should -Be (Get-Scores $whole)
            Read-Row $run.MetricsPath | Should -Be (Read-Row (Join-Path $folder 'whole.csv'))
        }

        It 'leave a network with the same history and the same report as if nothing had happened' {
            $options = @{ Epochs = 4; BatchSize = 25; Shuffle = $true }
            $whole = New-MnistNetwork -HiddenSize 20 -Seed 4
            $null = $data | Invoke-MnistTraining $whole @options
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -HiddenSize 20 -Seed 4) @options @run | Select-Object -First 2
            $resumed = New-MnistNetwork -HiddenSize 20 -Seed 4
            $null = $data | Invoke-MnistTraining $resumed @options @run -Resume
            $reports = foreach ($network in $whole, $resumed, (Import-MnistNetwork $run.CheckpointPath)) {
                @($network.History | Join-Metrics) | Should -Be @($whole.History | Join-Metrics)
                $file = $network | Export-MnistReport (Join-Path $folder 'report.html') $data -Force -PassThru
                # Without the training time.
                (Get-Content $file -Raw) -replace '<tr><th scope="row">Time</th><td>[^<]*</td></tr>'
            }
            $reports[0] | Should -BeLike '*Training</th><td>4 epochs*'
            $reports[1] | Should -BeExactly $reports[0]
            $reports[2] | Should -BeExactly $reports[0]
        }

        It 'of a finished training say so, and give its history' {
            $metrics = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 5) -Epochs 2 @run
            $network = New-MnistNetwork -Seed 5
            $again = $data | Invoke-MnistTraining $network -Epochs 2 @run -Resume -WarningAction SilentlyContinue -WarningVariable warning
            "$warning" | Should -BeLike '*is finished, after 2 epochs*'
            $again | Join-Metrics | Should -Be @($metrics | Join-Metrics)
            $network.EpochsTrained | Should -Be 2
            @(Read-Line $run.MetricsPath) | Should -HaveCount 3
        }

        It 'of other settings are refused, by the names of those that differ' {
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 6) -Epochs 4 @run | Select-Object -First 1
            { $data | Invoke-MnistTraining (New-MnistNetwork -Seed 6) -Epochs 5 -LearningRate 0.02 @run -Resume } |
                Should -Throw '*-Epochs is 5 here and 4 there; -LearningRate is 0.02 here and 0.005 there*' -ErrorId 'CheckpointDoesNotFit,MnistPS.Commands.InvokeMnistTrainingCommand'
            { $data | Invoke-MnistTraining (New-MnistNetwork -Seed 7) -Epochs 4 @run -Resume } | Should -Throw '*its seed is 7 here and 6 there*'
            { New-BarDataset 90 | Invoke-MnistTraining (New-MnistNetwork -Seed 6) -Epochs 4 @run -Resume } | Should -Throw '*the data set is Bars (90, 784)*'
        }

        It 'and metrics that are there are kept unless -Force or -Resume is given' {
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 8) -Epochs 1 -CheckpointPath $run.CheckpointPath
            { $data | Invoke-MnistTraining (New-MnistNetwork -Seed 8) -Epochs 1 @run } | Should -Throw '*-Resume*' -ErrorId 'CheckpointFileExists,MnistPS.Commands.InvokeMnistTrainingCommand'
            $run.MetricsPath | Should -Not -Exist
            ($data | Invoke-MnistTraining (New-MnistNetwork -Seed 9) -Epochs 1 @run -Force).Epoch | Should -Be 0
            (Import-MnistNetwork $run.CheckpointPath).Seed | Should -Be 9
        }

        It 'are of one training each' {
            { $data, $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 @run } | Should -Throw -ErrorId 'OneDatasetACheckpoint,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'refuse <Name>' -ForEach @(
            @{ Name = '-Resume without one'; Options = @{ Resume = $true }; Id = 'NoCheckpointPath' }
            @{ Name = '-CheckpointEvery without one'; Options = @{ CheckpointEvery = 2 }; Id = 'NoCheckpointPath' }
            @{ Name = 'each epoch of none'; Options = @{ CheckpointEvery = 0; CheckpointPath = 'TestDrive:/none' }; Id = 'CheckpointEveryOutOfRange' }
            @{ Name = '-Resume and -Force'; Options = @{ Resume = $true; Force = $true; CheckpointPath = 'TestDrive:/none' }; Id = 'ContradictingParameters' }
            @{ Name = '-Append and -Force'; Options = @{ Append = $true; Force = $true; MetricsPath = 'TestDrive:/none' }; Id = 'ContradictingParameters' }
            @{ Name = 'a folder that is not there'; Options = @{ CheckpointPath = 'TestDrive:/no/such' }; Id = 'CheckpointFileNotWritable' }
        ) {
            $network = New-MnistNetwork
            { $data | Invoke-MnistTraining $network -Epochs 1 @Options } | Should -Throw -ErrorId "$Id,MnistPS.Commands.InvokeMnistTrainingCommand"
            $network.EpochsTrained | Should -Be 0
        }

        It 'and metrics are written by one training at a time' {
            $network = New-MnistNetwork -Seed 1
            $data | Invoke-MnistTraining $network -Epochs 1 @run | ForEach-Object {
                foreach ($name in 'CheckpointPath', 'MetricsPath') {
                    $one = @{ $name = $run[$name]; Force = $true }
                    { $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 @one } |
                        Should -Throw -ErrorId "$($name -replace 'Path', 'File')InUse,MnistPS.Commands.InvokeMnistTrainingCommand"
                }
            }
        }

        It 'do nothing with -WhatIf' {
            $network = New-MnistNetwork
            $data | Invoke-MnistTraining $network -Epochs 1 @run -WhatIf | Should -BeNullOrEmpty
            $network.EpochsTrained | Should -Be 0
            Get-ChildItem $folder | Should -BeNullOrEmpty
        }

        It 'survive a process that is killed at any moment: <Name>' -ForEach @(
            @{ Name = 'a OneCycle, shuffled and varied'; Network = '-Preset Mlp -Seed 3'; Options = '-Epochs 8 -Augment Shift, Rotate -BatchSize 50'; Every = 1 }
            @{ Name = 'early stopping in double precision'; Network = '-HiddenSize 60 -Activation Relu -DropoutRate 0.2 -Seed 5'
                Options = '-Epochs 40 -Precision Double -BatchSize 10 -ValidationCount 100 -EarlyStoppingPatience 8'; Every = 3 }
        ) {
            $script = Join-Path $folder 'train.ps1'
            Set-Content $script @"
. '$(Join-Path $PSScriptRoot 'common.ps1')'
`$null = New-BarDataset 2000 300 | Invoke-MnistTraining (New-MnistNetwork $Network) $Options -CheckpointPath '$($run.CheckpointPath)' -CheckpointEvery $Every -Resume -MetricsPath '$($run.MetricsPath)' -Append
"@
            $command = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-File', $script
            $random = [System.Random]::new()
            $kills = 0
            $ended = $false
            while (-not $ended) {
                $process = [System.Diagnostics.Process]::Start($command[0], [string[]]($command | Select-Object -Skip 1))
                try {
                    if ($kills -lt 4) {
                        # The process has read the checkpoint, or written its first one, and is in some step.
                        $begun = [datetime]::UtcNow
                        while (-not $process.HasExited -and -not (Get-ChildItem $folder -Filter '*.lock') -and ([datetime]::UtcNow - $begun).TotalSeconds -lt 60) { [System.Threading.Thread]::Sleep(5) }
                        # The first is killed at once, since a fast machine may end the training in less than a second.
                        if (-not $process.WaitForExit($kills ? $random.Next(1000) : 0)) { $process.Kill(); $kills++ }
                    }
                    $process.WaitForExit()
                    $ended = $process.ExitCode -eq 0
                    if (-not $ended) { $process.ExitCode | Should -BeIn 137, -1 -Because 'it was killed, and has not failed' }
                }
                finally { if (-not $process.HasExited) { $process.Kill() } }
            }

            $kills | Should -BeGreaterThan 0
            $whole = Join-Path $folder 'whole.csv'
            $network = Invoke-Expression "New-BarDataset 2000 300 | Invoke-MnistTraining (New-MnistNetwork $Network) $Options -MetricsPath '$whole' -PassThru"
            Read-Row $run.MetricsPath | Should -Be (Read-Row $whole)
            $survivor = Import-MnistNetwork $run.CheckpointPath
            Get-Scores $survivor | Should -Be (Get-Scores $network)
            $survivor.EpochsTrained | Should -Be $network.EpochsTrained
            (Get-ChildItem $folder -Filter 'MnistPS-*.lock') | Should -BeNullOrEmpty
        }
    }

    Context '-PassThru' {
        It 'hands out the network, and nothing else' {
            $network = New-MnistNetwork
            $output = @($data | Invoke-MnistTraining $network -Epochs 2 -PassThru)
            $output.Count | Should -Be 1
            [object]::ReferenceEquals($output[0], $network) | Should -BeTrue
            $network.EpochsTrained | Should -Be 2
        }
    }

    Context 'options' {
        It 'learns with <_>' -ForEach 'Sgd', 'Momentum', 'Nesterov', 'Adam', 'AdamW' {
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork -Loss CrossEntropy -Seed 1) -Epochs 10 -Optimizer $_ -BatchSize 10 -LearningRate 0.01)
            $metrics[-1].TrainingError | Should -BeLessThan $metrics[0].TrainingError
            $metrics[-1].TestAccuracy | Should -BeGreaterThan 0.5
        }

        It 'moves the rate as <Schedule> does' -ForEach @(
            @{ Schedule = 'Constant'; Rates = 0.01, 0.01, 0.01 }
            @{ Schedule = 'Step'; Rates = 0.01, 0.001, 0.0001 }
            @{ Schedule = 'Cosine'; Rates = 0.01, 0.0075, 0.0025 }
        ) {
            # One batch per epoch, so an epoch's rate is that of its one step: the cosine is cos² of 0, 30 and 60 degrees.
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 3 -BatchSize 100 -LearningRate 0.01 -Schedule $Schedule)
            for ($epoch = 0; $epoch -lt 3; $epoch++) { [math]::Abs($metrics[$epoch].LearningRate / $Rates[$epoch] - 1) | Should -BeLessThan 1e-12 }
        }

        It 'moves the rate up and down in one cycle' {
            $rates = @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 20 -BatchSize 100 -LearningRate 0.01 -Schedule OneCycle).LearningRate
            [math]::Abs($rates[0] / (0.01 / 25) - 1) | Should -BeLessThan 1e-12
            [math]::Abs($rates[5] / 0.01 - 1) | Should -BeLessThan 1e-12
            for ($epoch = 1; $epoch -lt 20; $epoch++) { $rates[$epoch] -gt $rates[$epoch - 1] | Should -Be ($epoch -le 5) }
            [math]::Abs($rates[19] / (0.01 / 25e4) - 1) | Should -BeLessThan 1e-9
        }

        It 'pulls weights towards 0' {
            # The outputs of a network without biases shrink with its weights.
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 20 -WeightDecay 10)
            [math]::Abs($metrics[-1].TestError - 1) | Should -BeLessThan 0.1
        }

        It 'varies the images by <_>, the same way for the same seed' -ForEach 'Shift', 'Rotate', 'Scale', 'Elastic' {
            $plain = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 | Join-Metrics
            $varied = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment $_ | Join-Metrics
            $varied | Should -Not -Be $plain
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment $_ | Join-Metrics | Should -Be $varied
        }

        It 'varies them in several ways at once' {
            $kinds = 'Shift', 'Rotate', 'Elastic', 'Scale'
            $numbers = for ($last = 0; $last -lt 4; $last++) {
                ($data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment $kinds[0..$last] | Join-Metrics) -join ' '
            }
            [System.Collections.Generic.HashSet[string]]::new([string[]]$numbers).Count | Should -Be 4 -Because 'each kind makes a difference'
        }

        It 'takes ways in one string, as other shells hand them over, and $null for none' {
            $apart = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment Rotate, Scale | Join-Metrics
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment 'Rotate, Scale' | Join-Metrics | Should -Be $apart
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment ([string[]]'Rotate,Scale') | Join-Metrics | Should -Be $apart
            { $data | Invoke-MnistTraining (New-MnistNetwork) -Optimizer ([string[]]'Sgd,Adam') } |
                Should -Throw "*more than one word*" -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.InvokeMnistTrainingCommand'
            $plain = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 | Join-Metrics
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1 -Augment $null | Join-Metrics | Should -Be $plain
        }

        It 'shuffles where it is asked to, and else only where the network says so' {
            $ordered = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -NoShuffle | Join-Metrics
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 | Join-Metrics | Should -Be $ordered
            $shuffled = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -Shuffle | Join-Metrics
            $shuffled | Should -Not -Be $ordered
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -Shuffle | Join-Metrics | Should -Be $shuffled

            $own = { New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1 }
            $shuffled = $data | Invoke-MnistTraining (& $own) -Epochs 2 -BatchSize 10 | Join-Metrics
            $data | Invoke-MnistTraining (& $own) -Epochs 2 -BatchSize 10 -Shuffle | Join-Metrics | Should -Be $shuffled
            $data | Invoke-MnistTraining (& $own) -Epochs 2 -BatchSize 10 -NoShuffle | Join-Metrics | Should -Not -Be $shuffled
        }

        It 'takes switches at their word' {
            $own = { New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1 }
            $shuffled = $data | Invoke-MnistTraining (& $own) -Epochs 1 -BatchSize 10 | Join-Metrics
            $ordered = $data | Invoke-MnistTraining (& $own) -Epochs 1 -BatchSize 10 -NoShuffle | Join-Metrics
            $data | Invoke-MnistTraining (& $own) -Epochs 1 -BatchSize 10 -Shuffle:$false | Join-Metrics | Should -Be $ordered
            $data | Invoke-MnistTraining (& $own) -Epochs 1 -BatchSize 10 -NoShuffle:$false | Join-Metrics | Should -Be $shuffled
        }

        It 'gives the same numbers with any number of threads: <Name>' -ForEach @(
            @{ Name = 'the tutorial'; Options = @{}; Network = { New-MnistNetwork -Seed 1 } }
            @{ Name = 'a convolution in batches'; Options = @{ BatchSize = 32; Augment = 'Shift', 'Elastic' }; Network = { New-MnistNetwork -Layer $convolution -Seed 1 } }
            @{ Name = 'a wide network'; Options = @{ BatchSize = 30; Precision = 'Double' }; Network = { New-MnistNetwork -HiddenSize 300, 70 -BatchNormalization -Seed 1 } }
        ) {
            $alone = $data | Invoke-MnistTraining (& $Network) -Epochs 3 -ValidationCount 10 -ThrottleLimit 1 @Options | Join-Metrics
            foreach ($threads in 2, 3, 7) {
                $data | Invoke-MnistTraining (& $Network) -Epochs 3 -ValidationCount 10 -ThrottleLimit $threads @Options | Join-Metrics | Should -Be $alone
            }
        }

        It 'agrees in both precisions, and goes on in the other one' {
            $networks = foreach ($precision in 'Single', 'Double') {
                $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
                $null = $data | Invoke-MnistTraining $network -Epochs 3 -BatchSize 10 -Precision $precision
                $network.Precision | Should -Be $precision
                $network
            }
            $errors = foreach ($network in $networks) {
                $metrics = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10 -Precision ($network.Precision -eq 'Single' ? 'Double' : 'Single')
                $metrics.Epoch | Should -Be 3
                $metrics.TestError
            }
            $networks[0].Precision | Should -Be 'Double'
            $networks[1].Precision | Should -Be 'Single'
            [math]::Abs($errors[0] / $errors[1] - 1) | Should -BeLessThan 1e-4
            [math]::Abs($errors[0] / $errors[1] - 1) | Should -BeGreaterThan 0
        }

        It 'may have a last batch that is short' {
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork -Loss CrossEntropy -Seed 1) -Epochs 5 -BatchSize 33)
            $metrics[4].TrainingError | Should -BeLessThan $metrics[0].TrainingError
        }

        It 'takes data sets one after another' {
            $epochs = @($data, $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2).Epoch
            $epochs | Should -Be 0, 1, 2, 3
        }
    }

    Context 'validation' {
        It 'measures images that are never trained on' {
            $blank = [byte[]]::new(78400)
            for ($image = 0; $image -lt 80; $image++) { $data.Training[$image].Pixels.CopyTo($blank, 784 * $image) }
            $other = [MnistPS.MnistDataset]::new('Bars', [MnistPS.ImageSet]::new($blank, [byte[]]$data.Training.Labels), $data.Test)
            $metrics = @($data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 3 -ValidationCount 20)
            $others = @($other | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 3 -ValidationCount 20)
            $others.TrainingError | Should -Be $metrics.TrainingError
            $others.TestError | Should -Be $metrics.TestError
            $others.ValidationError | Should -Not -Be $metrics.ValidationError
            foreach ($accuracy in $metrics.ValidationAccuracy) { $accuracy * 20 | Should -BeIn (0..20) }
        }

        It 'takes a share as well as a number' {
            $share = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationFraction 0.2 | Join-Metrics
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 20 | Join-Metrics | Should -Be $share
        }

        It 'ends the training when it has not been better for so long, and brings the best network back' {
            # Wrong labels: learning soon increases their error.
            $labels = [byte[]]$data.Training.Labels
            for ($image = 80; $image -lt 100; $image++) { $labels[$image] = ($labels[$image] + 1) % 10 }
            $pixels = [byte[]]::new(78400)
            for ($image = 0; $image -lt 100; $image++) { $data.Training[$image].Pixels.CopyTo($pixels, 784 * $image) }
            $misled = [MnistPS.MnistDataset]::new('Bars', [MnistPS.ImageSet]::new($pixels, $labels), $data.Test)

            $network = New-MnistNetwork -Seed 1
            $metrics = @($misled | Invoke-MnistTraining $network -Epochs 200 -ValidationCount 20 -EarlyStoppingPatience 3)
            $best = $metrics[-4]
            $metrics.Count | Should -BeLessThan 200
            foreach ($later in $metrics[-3..-1]) { $later.ValidationError | Should -BeGreaterOrEqual $best.ValidationError }
            foreach ($earlier in $metrics) { $earlier.ValidationError | Should -BeGreaterOrEqual $best.ValidationError }
            $network.EpochsTrained | Should -Be $metrics.Count

            $twin = New-MnistNetwork -Seed 1
            $null = $misled | Invoke-MnistTraining $twin -Epochs ($best.Epoch + 1) -ValidationCount 20
            Get-Scores $network | Should -Be (Get-Scores $twin)
        }
    }

    Context 'validation with a set of its own' {
        It 'measures that set, and trains on all training images as without' {
            $with, $without = (New-MnistNetwork -Seed 2), (New-MnistNetwork -Seed 2)
            $metrics = @($data | Invoke-MnistTraining $with -Epochs 3 -Validation $data.Test)
            $metrics.ValidationError | Should -Be $metrics.TestError
            $metrics.ValidationAccuracy | Should -Be $metrics.TestAccuracy
            $null = $data | Invoke-MnistTraining $without -Epochs 3
            Get-Scores $with | Should -Be (Get-Scores $without)
        }

        It 'takes <Name>' -ForEach @(
            @{ Name = 'a slice'; Make = { $data.Training[80..99] } }
            @{ Name = 'one image'; Make = { $data.Training[80] } }
            @{ Name = 'predictions, whose images they are'; Make = { @($data.Training[80..99] | Invoke-MnistPrediction (New-MnistNetwork -Seed 1)) } }
            @{ Name = 'pixels with labels'; Make = { foreach ($image in $data.Training[80..99]) { @{ Pixels = $image.Pixels; Label = $image.Label } } } }
        ) {
            $images = & $Make
            $first = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 2) -Epochs 1 -Validation $images
            $first.ValidationError | Should -BeGreaterThan 0
            $same = $data.Training[0..79] | Invoke-MnistTraining (New-MnistNetwork -Seed 2) -Epochs 1 -Validation $images
            $part = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 2) -Epochs 1 -ValidationCount 20
            if ($Name -ne 'one image') { $same.ValidationError | Should -Be $part.ValidationError }
        }

        It 'ends early by it, with the best network, and goes on from a checkpoint to the same' {
            $run = @{ Epochs = 30; LearningRate = 0.05; Validation = $data.Test; EarlyStoppingPatience = 2 }
            $whole = New-MnistNetwork -Seed 3
            $metrics = @($data | Invoke-MnistTraining $whole @run)
            $metrics.Count | Should -BeLessThan 30
            $path = Join-Path $TestDrive 'own-validation.safetensors'
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 3) @run -CheckpointPath $path | Select-Object -First 2
            $resumed = New-MnistNetwork -Seed 3
            $null = $data | Invoke-MnistTraining $resumed @run -CheckpointPath $path -Resume
            Get-Scores $resumed | Should -Be (Get-Scores $whole)
            $run.Validation = $data.Training[0..9]
            { $data | Invoke-MnistTraining (New-MnistNetwork -Seed 3) @run -CheckpointPath $path -Resume } | Should -Throw '*the data set is*' -ErrorId 'CheckpointDoesNotFit,*'
        }
    }

    Context 'without test images' {
        It 'trains on images from the pipeline as on the data set that they are from' {
            $slice, $whole = (New-MnistNetwork -Seed 4), (New-MnistNetwork -Seed 4)
            $metrics = @($data.Training[0..49] | Invoke-MnistTraining $slice -Epochs 3)
            $same = @([MnistPS.MnistDataset]::new('Slice', ($data.Training[0..49] | New-MnistDataset).Training, $data.Test) | Invoke-MnistTraining $whole -Epochs 3)
            $metrics.Count | Should -Be 3
            $metrics.TrainingError | Should -Be $same.TrainingError
            Get-Scores $slice | Should -Be (Get-Scores $whole)
        }

        It 'says nothing of tests, in <_> threads' -ForEach 1, 2 {
            foreach ($metrics in $data.Training | Invoke-MnistTraining (New-MnistNetwork -Seed 4) -Epochs 3 -ThrottleLimit $_) {
                $metrics.TestError | Should -Be $null
                $metrics.TestAccuracy | Should -Be $null
                "$metrics" | Should -Match '^Epoch: \d Training set error:\d\.\d{3} Training set accuracy:\d\.\d+$'
            }
        }

        It 'leaves the columns empty in the metrics file, and goes on with it' {
            $path = Join-Path $TestDrive 'no-test.csv'
            $network = New-MnistNetwork -Seed 4
            $null = $data.Training | Invoke-MnistTraining $network -Epochs 2 -MetricsPath $path
            $null = $data.Training | Invoke-MnistTraining $network -Epochs 1 -MetricsPath $path -Append
            $rows = @(Import-Csv $path)
            $rows.Count | Should -Be 3
            $rows.TestError | Should -Be '', '', ''
            $rows.TestAccuracy | Should -Be '', '', ''
            $rows.ValidationError | Should -Be '', '', ''
            Get-Content $path -Raw | Should -Not -Match 'NaN'
        }

        It 'shows a table with empty columns, and curves of the training images' {
            $network = New-MnistNetwork -Seed 4
            $lines = $data.Training | Invoke-MnistTraining $network -Epochs 2 | Out-String -Stream | Where-Object { $_ -match '^\s+\d' }
            $lines.Count | Should -Be 2
            $lines[0] | Should -Not -Match 'NaN'
            $plot = -join ($network | Show-MnistPlot)
            $plot | Should -Match 'Training set error'
            $plot | Should -Not -Match 'Test set'
            $picture = Join-Path $TestDrive 'no-test.svg'
            $network | Export-MnistPlot $picture
            $picture | Should -Exist
        }

        It 'ends early by validation images, and comes out of a file as it went in' {
            $network = New-MnistNetwork -Seed 4
            $metrics = @($data.Training | Invoke-MnistTraining $network -Epochs 50 -LearningRate 0.05 -ValidationCount 20 -EarlyStoppingPatience 2)
            $metrics.Count | Should -BeLessThan 50
            $path = Join-Path $TestDrive 'no-test.safetensors'
            $network | Export-MnistNetwork $path
            $back = Import-MnistNetwork $path
            $back.History[0].TestError | Should -Be $null
            @($back.History | Join-Metrics) | Should -Be @($network.History | Join-Metrics)
        }

        It 'goes on from a checkpoint to the same' {
            $path = Join-Path $TestDrive 'no-test-run.safetensors'
            $whole, $resumed = (New-MnistNetwork -Seed 5), (New-MnistNetwork -Seed 5)
            $null = $data.Training | Invoke-MnistTraining $whole -Epochs 4
            $null = $data.Training | Invoke-MnistTraining (New-MnistNetwork -Seed 5) -Epochs 4 -CheckpointPath $path | Select-Object -First 2
            $null = $data.Training | Invoke-MnistTraining $resumed -Epochs 4 -CheckpointPath $path -Resume
            Get-Scores $resumed | Should -Be (Get-Scores $whole)
        }

        It 'tells a network that gives no numbers any more' {
            $network = New-MnistNetwork -Seed 4
            { $data.Training | Invoke-MnistTraining $network -Epochs 1 -LearningRate 1e300 -BatchSize 100 } | Should -Throw -ErrorId 'TrainingDiverged,*'
            $network.EpochsTrained | Should -Be 0
        }

        It 'asks a report for predictions, since there is nothing to test with' {
            $network = New-MnistNetwork -Seed 4
            $set = $data.Training | New-MnistDataset
            $null = $set | Invoke-MnistTraining $network -Epochs 2
            $path = Join-Path $TestDrive 'no-test.html'
            { $network | Export-MnistReport $path $set } | Should -Throw -ErrorId 'NothingToMeasure,*'
            $network | Export-MnistReport $path $set -Prediction ($data.Test | Invoke-MnistPrediction $network)
            Get-Content $path -Raw | Should -Not -Match 'NaN'
        }
    }

    Context '-Calibrate' {
        BeforeAll {
            $layers = 'dense 20', 'relu', 'dense 10'
            $options = @{ Epochs = 2; BatchSize = 10; ValidationCount = 100 }
            $data = New-BarDataset -TrainingCount 200
            $plain = New-MnistNetwork -Layer $layers -Seed 1
            $plainMetrics = @($data | Invoke-MnistTraining $plain @options)
            $calibrated = New-MnistNetwork -Layer $layers -Seed 1
            $metrics = @($data | Invoke-MnistTraining $calibrated @options -Calibrate)
        }

        It 'changes no weight and no metrics, and no digit that is read' {
            $metrics.TestError | Should -Be $plainMetrics.TestError
            $metrics.ValidationError | Should -Be $plainMetrics.ValidationError
            (@($data.Test | Invoke-MnistPrediction $calibrated).Label -join '') | Should -Be (@($data.Test | Invoke-MnistPrediction $plain).Label -join '')
        }

        It 'gives the network a temperature, and a training after it takes it away' {
            $plain.Temperature | Should -BeNullOrEmpty
            $calibrated.Temperature | Should -BeGreaterThan 0
            $network = New-MnistNetwork -Layer $layers -Seed 1
            $null = $data | Invoke-MnistTraining $network @options -Calibrate
            $null = $data | Invoke-MnistTraining $network @options
            $network.Temperature | Should -BeNullOrEmpty
        }

        It 'is in the checkpoint of a finished training, and asked for by -Resume' {
            $path = Join-Path $TestDrive 'calibrated.safetensors'
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Layer $layers -Seed 1) @options -Calibrate -CheckpointPath $path
            (Import-MnistNetwork $path).Temperature | Should -Be $calibrated.Temperature
            { $data | Invoke-MnistTraining (New-MnistNetwork -Layer $layers -Seed 1) @options -CheckpointPath $path -Resume } |
                Should -Throw '*-Calibrate is False here and True there*' -ErrorId 'CheckpointDoesNotFit,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'goes on after an interruption to the same calibration' {
            $path = Join-Path $TestDrive 'interrupted.safetensors'
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Layer $layers -Seed 1) @options -Calibrate -CheckpointPath $path | Select-Object -First 1
            $network = New-MnistNetwork -Layer $layers -Seed 1
            $null = $data | Invoke-MnistTraining $network @options -Calibrate -CheckpointPath $path -Resume
            $network.Temperature | Should -Be $calibrated.Temperature
        }

        It 'is said with -Verbose' {
            $lines = $data | Invoke-MnistTraining (New-MnistNetwork -Layer $layers -Seed 1) @options -Calibrate -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$($lines[0])" | Should -BeLike '*calibrated*'
        }
    }

    Context 'a time limit' {
        It 'ends a long training after whole metrics' {
            $network = New-MnistNetwork
            $metrics = @($data | Invoke-MnistTraining $network -Epochs 1000000 -MaximumTime ([timespan]::FromSeconds(0.3)))
            $metrics.Count | Should -BeGreaterThan 0
            $metrics.Count | Should -BeLessThan 1000000
            $network.EpochsTrained | Should -Be $metrics.Count
        }

        It 'shorter than an epoch ends it with metrics for what was done' {
            $network = New-MnistNetwork
            $metrics = @($data | Invoke-MnistTraining $network -MaximumTime ([timespan]1))
            $metrics.Count | Should -Be 1
            $metrics[0].TrainingAccuracy | Should -BeIn 0, 1 -Because 'one image was trained on'
            $metrics[0].TestError | Should -BeGreaterThan 0
            $network.EpochsTrained | Should -Be 1
        }

        It 'is not met by a training that is done before' {
            @($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2 -MaximumTime 1:00).Count | Should -Be 2
        }
    }

    Context 'its progress' {
        It 'is shown to the end' {
            $shell = Start-Training (New-MnistNetwork -Seed 1) $data @{ Epochs = 3000 }
            while ($shell.InvocationStateInfo.State -eq 'Running') { [System.Threading.Thread]::Sleep(5) }
            $records = @($shell.Streams.Progress)
            $shell.Dispose()
            $records.Count | Should -BeGreaterThan 2
            $records[-1].RecordType | Should -Be 'Completed'
            for ($i = 0; $i -lt $records.Count - 1; $i++) {
                $records[$i].StatusDescription | Should -Match 'of 3000'
                $records[$i].PercentComplete | Should -BeIn (0..100)
                $records[$i].SecondsRemaining | Should -BeGreaterOrEqual -1
                if ($i) { $records[$i].PercentComplete | Should -BeGreaterOrEqual $records[$i - 1].PercentComplete }
            }

            $records[-2].PercentComplete | Should -BeGreaterThan $records[0].PercentComplete
            $records[0].SecondsRemaining | Should -Be -1 -Because 'nothing is known yet'
            $records[-2].SecondsRemaining | Should -BeGreaterOrEqual 0
        }

        It 'is taken away when <Why>' -ForEach @(
            @{ Why = 'no more metrics are wanted'; Options = @{ Epochs = 1000000; MaximumTime = [timespan]::FromSeconds(30) } }
            @{ Why = 'training diverges'; Options = @{ Epochs = 1000000; LearningRate = 1e30 } }
        ) {
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $null = $shell.AddScript({
                    param($Module, $Data, $Options)
                    Import-Module $Module
                    $ErrorActionPreference = 'SilentlyContinue'
                    foreach ($once in 1) { $Data | Invoke-MnistTraining (New-MnistNetwork) @Options | ForEach-Object { break } }
                }).AddArgument($MnistPSModule).AddArgument($data).AddArgument($Options)
            $null = $shell.Invoke()
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
            $shell.Dispose()
        }

        It 'has no more time left than the limit leaves' {
            $shell = Start-Training (New-MnistNetwork -Seed 1) $data @{ Epochs = 100000000; MaximumTime = [timespan]::FromSeconds(1) }
            while ($shell.InvocationStateInfo.State -eq 'Running') { [System.Threading.Thread]::Sleep(5) }
            foreach ($record in $shell.Streams.Progress) { $record.SecondsRemaining | Should -BeLessOrEqual 1 }
            $shell.Dispose()
        }
    }

    Context 'stopped' {
        BeforeAll { $few = New-BarDataset 10 1 }

        It 'ends at once and leaves the network usable, as of its last whole epoch' {
            $network = New-MnistNetwork -Seed 1
            $shell = Start-Training $network $data @{ Epochs = 10000000 }
            try {
                while ($network.EpochsTrained -lt 3 -and $shell.InvocationStateInfo.State -eq 'Running') { [System.Threading.Thread]::Sleep(5) }
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Stop()
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 1 -Because 'Ctrl+C is promised within 0.2 s; the rest is for a busy machine'
            }
            finally { $shell.Dispose() }

            $epochs = $network.EpochsTrained
            $epochs | Should -BeGreaterOrEqual 3
            $twin = New-MnistNetwork -Seed 1
            $null = $data | Invoke-MnistTraining $twin -Epochs $epochs
            Get-Scores $network | Should -Be (Get-Scores $twin)
            $data | Invoke-MnistTraining $network -Epochs 2 | Join-Metrics | Should -Be @($data | Invoke-MnistTraining $twin -Epochs 2 | Join-Metrics)
        }

        It 'has trained no epoch whose metrics were not handed out, whenever it is' {
            $random = [System.Random]::new()
            foreach ($time in 1..25) {
                $network = New-MnistNetwork -HiddenSize 5 -Seed 1
                $nothing = [System.Management.Automation.PSDataCollection[object]]::new()
                $nothing.Complete()
                $metrics = [System.Management.Automation.PSDataCollection[psobject]]::new()
                $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
                try {
                    $null = $shell.AddScript({
                            param($Module, $Network, $Dataset)
                            Import-Module $Module
                            $Dataset | Invoke-MnistTraining $Network -Epochs 100000000
                        }).AddArgument($MnistPSModule).AddArgument($network).AddArgument($few)
                    $null = $shell.BeginInvoke($nothing, $metrics)
                    while ($metrics.Count -eq 0 -and $shell.InvocationStateInfo.State -eq 'Running') { [System.Threading.Thread]::Sleep(1) }
                    [System.Threading.Thread]::SpinWait($random.Next(100000))
                    $shell.Stop()
                }
                finally { $shell.Dispose() }
                $network.EpochsTrained | Should -Be $metrics.Count
            }
        }

        It 'in the middle of <Where> is as it was before that epoch' -ForEach @(
            @{ Where = 'an epoch'; BatchSize = 10 }
            @{ Where = 'a batch'; BatchSize = 500 }
        ) {
            # An epoch, and so the larger batch, takes ten seconds, and on a fast machine three.
            $large = New-BarDataset 500 10
            $network = New-MnistNetwork -Layer 'pool 2', 'conv 64x3 same', 'relu', 'conv 256x13 same', 'relu', 'dense 10' -Seed 1
            $scores = Get-Scores $network
            $shell = Start-Training $network $large @{ BatchSize = $BatchSize }
            try {
                $network.EpochsTrained | Should -Be 0
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Stop()
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
            }
            finally { $shell.Dispose() }
            $network.EpochsTrained | Should -Be 0
            Get-Scores $network | Should -Be $scores
        }
    }

    Context 'bad input' {
        It 'refuses -<Parameter> <Value>' -ForEach @(
            @{ Parameter = 'Epochs'; Value = 0; Id = 'EpochsOutOfRange' }
            @{ Parameter = 'Epochs'; Value = -1; Id = 'EpochsOutOfRange' }
            @{ Parameter = 'LearningRate'; Value = 0; Id = 'LearningRateOutOfRange' }
            @{ Parameter = 'LearningRate'; Value = -0.1; Id = 'LearningRateOutOfRange' }
            @{ Parameter = 'LearningRate'; Value = [double]::NaN; Id = 'LearningRateOutOfRange' }
            @{ Parameter = 'LearningRate'; Value = [double]::PositiveInfinity; Id = 'LearningRateOutOfRange' }
            @{ Parameter = 'BatchSize'; Value = 0; Id = 'BatchSizeOutOfRange' }
            @{ Parameter = 'BatchSize'; Value = -1; Id = 'BatchSizeOutOfRange' }
            @{ Parameter = 'BatchSize'; Value = 101; Id = 'BatchSizeOutOfRange' }
            @{ Parameter = 'WeightDecay'; Value = -1e-4; Id = 'WeightDecayOutOfRange' }
            @{ Parameter = 'WeightDecay'; Value = [double]::NaN; Id = 'WeightDecayOutOfRange' }
            @{ Parameter = 'ValidationCount'; Value = -1; Id = 'ValidationLeavesNothing' }
            @{ Parameter = 'ValidationCount'; Value = 100; Id = 'ValidationLeavesNothing' }
            @{ Parameter = 'ValidationFraction'; Value = 0.999; Id = 'ValidationLeavesNothing' }
            @{ Parameter = 'ValidationFraction'; Value = 1; Id = 'ValidationFractionOutOfRange' }
            @{ Parameter = 'ValidationFraction'; Value = -0.1; Id = 'ValidationFractionOutOfRange' }
            @{ Parameter = 'ValidationFraction'; Value = [double]::NaN; Id = 'ValidationFractionOutOfRange' }
            @{ Parameter = 'ValidationFraction'; Value = 0.001; Id = 'ValidationFractionOutOfRange' }
            @{ Parameter = 'EarlyStoppingPatience'; Value = 0; Id = 'PatienceOutOfRange' }
            @{ Parameter = 'EarlyStoppingPatience'; Value = 3; Id = 'NothingToWatch' }
            @{ Parameter = 'Calibrate'; Value = $true; Id = 'CalibrationNeedsProbabilities' }
            @{ Parameter = 'MaximumTime'; Value = '0:00'; Id = 'MaximumTimeOutOfRange' }
            @{ Parameter = 'MaximumTime'; Value = '-0:01'; Id = 'MaximumTimeOutOfRange' }
            @{ Parameter = 'MaximumTime'; Value = 120; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'MaximumTime'; Value = '120'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'MaximumTime'; Value = '0,5'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'MaximumTime'; Value = ''; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Epochs'; Value = 1.5; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'LearningRate'; Value = '0,001'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'ThrottleLimit'; Value = 0; Id = 'ThrottleLimitOutOfRange' }
            @{ Parameter = 'ThrottleLimit'; Value = -1; Id = 'ThrottleLimitOutOfRange' }
            @{ Parameter = 'ThrottleLimit'; Value = 100000000; Id = 'ThrottleLimitOutOfRange' }
            @{ Parameter = 'Optimizer'; Value = 'Newton'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Schedule'; Value = 'Weekly'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Precision'; Value = 'Half'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Augment'; Value = 'Mirror'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Augment'; Value = 'Shift,Mirror'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Optimizer'; Value = 'Momentum,Nesterov'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Schedule'; Value = 'Step,Cosine'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Precision'; Value = 'Single,Double'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Network'; Value = $null; Id = 'ParameterArgumentValidationErrorNullNotAllowed' }
        ) {
            $network = New-MnistNetwork
            $arguments = @{ Network = $network }
            $arguments[$Parameter] = $Value
            { $data | Invoke-MnistTraining @arguments } | Should -Throw -ErrorId "$Id,MnistPS.Commands.InvokeMnistTrainingCommand"
            $network.EpochsTrained | Should -Be 0
        }

        It 'says what is wrong with a batch, and what to do' {
            $problem = { $data | Invoke-MnistTraining (New-MnistNetwork) -ValidationCount 20 -BatchSize 81 } | Should -Throw '*81*1 to 80*' -PassThru
            $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problem.TargetObject | Should -Be 81
        }

        It 'refuses to calibrate without images for validation' {
            { $data | Invoke-MnistTraining (New-MnistNetwork -Layer 'dense 10' -Seed 1) -Calibrate } |
                Should -Throw '*-ValidationCount 5000*' -ErrorId 'NothingToCalibrateOn,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'refuses to calibrate on <Count> images for validation' -ForEach @{ Count = 3 }, @{ Count = 99 } {
            $images = (New-BarDataset -TrainingCount 200).Training
            foreach ($arguments in @{ Validation = $images[0..($Count - 1)] }, @{ ValidationCount = $Count }) {
                $network = New-MnistNetwork -Layer 'dense 10' -Seed 1
                { $images | Invoke-MnistTraining $network @arguments -Epochs 1 -Calibrate } |
                    Should -Throw "*$Count images are for validation; 100 or more were expected. Give -ValidationCount 5000*" -ErrorId 'TooFewToCalibrateOn,MnistPS.Commands.InvokeMnistTrainingCommand'
                $network.EpochsTrained | Should -Be 0
            }
        }

        It 'refuses single images where a unit is normalised by how a batch differs' {
            $network = New-MnistNetwork -Layer 'dense 20', 'batchnorm', 'relu', 'dense 10' -Seed 1
            { $data | Invoke-MnistTraining $network -BatchSize 1 } |
                Should -Throw '*batchnorm*2 or more*' -ErrorId 'BatchSizeOutOfRange,MnistPS.Commands.InvokeMnistTrainingCommand'
            ($data | Invoke-MnistTraining (New-MnistNetwork -Layer 'conv 2x5', 'batchnorm', 'dense 10' -Seed 1) -BatchSize 1 -Epochs 1).Epoch | Should -Be 0
        }

        It 'says what a bare number would mean as a time, and what to write' {
            { $data | Invoke-MnistTraining (New-MnistNetwork) -MaximumTime 120 } | Should -Throw '*120*without a unit*0:02*'
        }

        It 'refuses a batch that does not fit into memory' {
            $black = [MnistPS.ImageSet]::new([byte[]]::new(784 * 3000), [byte[]]::new(3000))
            $network = New-MnistNetwork -Layer 'conv 1024x3 same', 'batchnorm', 'pool 4', 'dense 10' -Seed 1
            { [MnistPS.MnistDataset]::new('Black', $black, $data.Test) | Invoke-MnistTraining $network -BatchSize 3000 } |
                Should -Throw '*3000 images*smaller -BatchSize*' -ErrorId 'BatchDoesNotFit,MnistPS.Commands.InvokeMnistTrainingCommand'
            ($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1).Epoch | Should -Be 0
        }

        It 'refuses -<First> with -<Second>' -ForEach @(
            @{ First = 'Shuffle'; Second = 'NoShuffle'; Arguments = @{ Shuffle = $true; NoShuffle = $true } }
            @{ First = 'ValidationCount'; Second = 'ValidationFraction'; Arguments = @{ ValidationCount = 10; ValidationFraction = 0.1 } }
        ) {
            { $data | Invoke-MnistTraining (New-MnistNetwork) @Arguments } | Should -Throw "-$First and -$Second contradict*" -ErrorId 'ContradictingParameters,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'refuses targets of another number of classes' {
            { $data | ConvertTo-OneHot -ClassCount 12 | Invoke-MnistTraining (New-MnistNetwork) } | Should -Throw '*(100, 12)*' -ErrorId 'TargetsDoNotFit,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'refuses a set without images' {
            $none = [MnistPS.ImageSet]::new([byte[]]::new(0), [byte[]]::new(0))
            { [MnistPS.MnistDataset]::new('None', $none, $data.Test) | Invoke-MnistTraining (New-MnistNetwork) } | Should -Throw -ErrorId 'NothingToTrain,MnistPS.Commands.InvokeMnistTrainingCommand'
            { $data | Invoke-MnistTraining (New-MnistNetwork) -Validation $none } | Should -Throw -ErrorId 'NothingToValidate,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'refuses <Name> to validate with' -ForEach @(
            @{ Name = 'a part of the training images besides a set'; Make = { @{ Validation = $data.Test; ValidationCount = 5 } }; Id = 'ContradictingParameters' }
            @{ Name = 'a share of them besides a set'; Make = { @{ Validation = $data.Test; ValidationFraction = 0.1 } }; Id = 'ContradictingParameters' }
            @{ Name = 'a data set, which has two sets'; Make = { @{ Validation = $data } }; Id = 'ForeignObject'; Message = '-Validation is a MnistPS.MnistDataset; a set of images, such as $data.Training*' }
            @{ Name = 'a word'; Make = { @{ Validation = 'some' } }; Id = 'ForeignObject'; Message = '-Validation is a System.String; a set of images*' }
            @{ Name = 'a number'; Make = { @{ Validation = 3.5 } }; Id = 'ForeignObject'; Message = '-Validation is a System.Double; a set of images*Give -Validation such images.' }
            @{ Name = 'nothing'; Make = { @{ Validation = $null } }; Id = 'ParameterArgumentValidationError' }
            @{ Name = 'no image'; Make = { @{ Validation = @() } }; Id = 'NothingToValidate' }
            @{ Name = 'pixels without a label'; Make = { @{ Validation = , $data.Test[0].Pixels } }; Id = 'ImageWithoutLabel' }
        ) {
            $arguments = & $Make
            $network = New-MnistNetwork -Seed 1
            { $data | Invoke-MnistTraining $network @arguments -Epochs 1 } | Should -Throw ($Message ?? '*') -ErrorId "$Id,MnistPS.Commands.InvokeMnistTrainingCommand"
            $network.EpochsTrained | Should -Be 0
        }

        It 'passes over null and foreign objects in the pipeline' {
            $metrics = @($null, 'bars', $data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 2 -ErrorAction SilentlyContinue -ErrorVariable problems)
            $metrics.Count | Should -Be 2
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'ParameterArgumentValidationErrorNullNotAllowed,MnistPS.Commands.InvokeMnistTrainingCommand'
            $problems[1].FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.InvokeMnistTrainingCommand'
            "$($problems[1])" | Should -BeLike '*System.String*data set*'
        }

        It 'refuses to train a network that is being trained, and lets the first training go on' {
            $network = New-MnistNetwork -Seed 1
            $metrics = @($data | Invoke-MnistTraining $network -Epochs 3 | ForEach-Object {
                    { $data | Invoke-MnistTraining $network -Epochs 1 } | Should -Throw -ErrorId 'NetworkInTraining,MnistPS.Commands.InvokeMnistTrainingCommand'
                    $_
                })
            $metrics.Epoch | Should -Be 0, 1, 2
            ($data | Invoke-MnistTraining $network -Epochs 1).Epoch | Should -Be 3
        }

        It 'lets a network be trained again after a pipeline that broke' {
            $network = New-MnistNetwork
            { $data | Invoke-MnistTraining $network -Epochs 5 | ForEach-Object { throw 'oh no' } } | Should -Throw 'oh no'
            $epochs = $network.EpochsTrained
            ($data | Invoke-MnistTraining $network -Epochs 1).Epoch | Should -Be $epochs
        }
    }

    Context 'divergence' {
        It 'is answered with the rate and the decay that were given, whatever the schedule made of them' {
            $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
            { $data | Invoke-MnistTraining $network -BatchSize 10 -Optimizer Sgd -LearningRate 1e200 -Schedule OneCycle } | Should -Throw '*-LearningRate below 1E+200.'
            { $data | Invoke-MnistTraining $network -BatchSize 10 -Optimizer Sgd -LearningRate 0.01 -WeightDecay 1e300 } | Should -Throw '*-LearningRate below 0.01, or a -WeightDecay below 1E+300.'
        }

        It 'in <Where> leaves the network as it was before that epoch' -ForEach @(
            @{ Where = 'the middle of an epoch'; BatchSize = 1; Network = { New-MnistNetwork -Seed 1 } }
            @{ Where = "an epoch's last step"; BatchSize = 100; Network = { New-MnistNetwork -Seed 1 } }
            @{ Where = 'the middle of an epoch, in single precision'; BatchSize = 10; Network = { New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Loss SquaredError -Seed 1 } }
            @{ Where = 'the middle of an epoch, with convolutions'; BatchSize = 10; Network = { New-MnistNetwork -Layer 'conv 5x5', 'relu', 'pool 2', 'conv 9x3', 'relu', 'pool 2', 'dense 10' -Seed 1 } }
        ) {
            $options = @{ BatchSize = $BatchSize; Optimizer = 'Sgd' }
            $diverging = & $Network
            $null = $data | Invoke-MnistTraining $diverging -Epochs 2 -LearningRate 0.001 @options
            foreach ($threads in 1, 2) {
                $problem = { $data | Invoke-MnistTraining $diverging -LearningRate 1e200 -ThrottleLimit $threads @options } |
                    Should -Throw '*epoch 2*-LearningRate below 1E+200*' -ErrorId 'TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand' -PassThru
                $problem.CategoryInfo.Category | Should -Be 'InvalidResult'
            }
            $diverging.EpochsTrained | Should -Be 2

            $twin = & $Network
            $null = $data | Invoke-MnistTraining $twin -Epochs 2 -LearningRate 0.001 @options
            Get-Scores $diverging | Should -Be (Get-Scores $twin)
            $data | Invoke-MnistTraining $diverging -Epochs 1 -LearningRate 0.001 @options | Join-Metrics |
                Should -Be ($data | Invoke-MnistTraining $twin -Epochs 1 -LearningRate 0.001 @options | Join-Metrics)
        }
    }
}
