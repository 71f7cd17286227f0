# The examples of docs/examples.

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
}

Describe 'Start-Tutorial.ps1' {
    BeforeAll {
        # A few synthetic digits instead of MNIST.
        function Get-MnistDataset { MnistPS\Get-MnistDataset -Synthetic -TrainingCount 60 -TestCount 40 }
        $script = Join-Path $RepositoryRoot docs examples Start-Tutorial.ps1
    }

    It 'writes metrics and, beside them, their curves, and says so' {
        $path = (New-Item (Join-Path $TestDrive run) -ItemType Directory).FullName
        $output = @(& $script -Epochs 3 -MetricsPath (Join-Path $path numbers.csv))
        Get-Content (Join-Path $path numbers.csv) | Should -HaveCount 4
        $output[-1] | Should -BeLike "*$(Join-Path $path numbers.csv)*$(Join-Path $path curves.png)*"
        [byte[]] $bytes = [System.IO.File]::ReadAllBytes((Join-Path $path curves.png))
        [System.Convert]::ToHexString($bytes[0..7]) | Should -Be '89504E470D0A1A0A'
        @($output -like 'Epoch: *') | Should -HaveCount 3
        @($output -match '^Test accuracy: [0-9.]+ ?% \([0-9]+ of 40\)$') | Should -HaveCount 1
        @($output -match '^  image [0-9]+: [0-9] read as [0-9]$') | Should -HaveCount 5
    }

    It 'writes both where it stands, a second time too' {
        Push-Location (New-Item (Join-Path $TestDrive here) -ItemType Directory)
        try { $output = 1, 2 | ForEach-Object { @(& $script -Epochs 1)[-1] } } finally { Pop-Location }
        $output | Should -Be (@('The metrics are in metrics.csv, and their curves in curves.png.') * 2)
        Join-Path $TestDrive here metrics.csv | Should -Exist
        Join-Path $TestDrive here curves.png | Should -Exist
    }

    It 'goes on where the platform has no part that draws, and says why' {
        $bare = Join-Path $TestDrive bare
        $null = New-Item $bare -ItemType Directory
        Copy-Item (Get-Module MnistPS).ModuleBase (Join-Path $bare MnistPS) -Recurse
        Remove-Item (Join-Path $bare MnistPS bin Imaging runtimes) -Recurse
        $output = Invoke-PowerShell -Command "
            Import-Module '$(Join-Path $bare MnistPS MnistPS.psd1)'
            function Get-MnistDataset { MnistPS\Get-MnistDataset -Synthetic -TrainingCount 20 -TestCount 10 }
            & '$script' -Epochs 1 -MetricsPath '$(Join-Path $bare metrics.csv)'"
        $LASTEXITCODE | Should -Be 0
        $output -join "`n" | Should -Match 'metrics\.csv\. Their curves could not be drawn: .'
        Join-Path $bare curves.png | Should -Not -Exist
    }
}

Describe 'Measure-Accuracy.ps1' {
    BeforeAll {
        # A few bars instead of MNIST. Terminal output is collected.
        $bars = New-BarDataset
        $drawn = New-BarDataset 150
        function Get-MnistDataset([switch] $Synthetic) { if ($Synthetic) { $drawn } else { $bars } }
        $shown = [System.Collections.Generic.List[string]]::new()
        function Out-Default { foreach ($line in $input) { $shown.Add($line) } }
        $script = Join-Path $RepositoryRoot docs examples Measure-Accuracy.ps1

        function Get-Accuracy($Data, [int] $Seed) {
            $network = New-MnistNetwork -HiddenSize 8 -Activation Relu -Seed $Seed
            @($Data | Invoke-MnistTraining $network -Epochs 3 -BatchSize 20)[-1].TestAccuracy
        }
    }

    BeforeEach { $shown.Clear() }

    It 'trains once a seed, and gives the median of what the last epochs read' {
        $expected = @(foreach ($seed in 1..3) { Get-Accuracy $bars $seed })
        $median = & $script -Network @{ HiddenSize = 8; Activation = 'Relu' } -Training @{ BatchSize = 20 } -Epochs 3 -Seed 1, 2, 3
        $shown | Should -HaveCount 3
        foreach ($i in 0..2) { $shown[$i] | Should -Match ([regex]::Escape(('seed {0}: test accuracy {1:P2} after 3 epochs' -f ($i + 1), $expected[$i]))) }
        $median | Should -Match ([regex]::Escape(('median of 3: {0:P2}, ' -f ($expected | Sort-Object)[1])))
    }

    It 'takes the mean of the two in the middle, and a list in one string' {
        $expected = (Get-Accuracy $bars 4), (Get-Accuracy $bars 5)
        $expected[0] | Should -Not -Be $expected[1]
        & $script -Network @{ HiddenSize = 8; Activation = 'Relu' } -Training @{ BatchSize = 20 } -Epochs 3 -Seed '4,5' |
            Should -Match ([regex]::Escape(('median of 2: {0:P2}, ' -f (($expected[0] + $expected[1]) / 2))))
    }

    It 'trains on drawn digits and reads MNIST' {
        $expected = Get-Accuracy ([MnistPS.MnistDataset]::new('Both', $drawn.Training, $bars.Test)) 6
        $expected | Should -Not -Be (Get-Accuracy $bars 6)
        & $script -Network @{ HiddenSize = 8; Activation = 'Relu' } -Training @{ BatchSize = 20 } -Epochs 3 -Seed 6 -FromSynthetic |
            Should -Match ([regex]::Escape(('median of 1: {0:P2}, ' -f $expected)))
    }
}

Describe 'Measure-Rejection.ps1' {
    BeforeAll {
        # MNIST is a hundred drawn digits here.
        $drawn = Get-MnistDataset -Synthetic -TrainingCount 600 -TestCount 100
        function Get-MnistDataset { $drawn }
        $script = Join-Path $RepositoryRoot docs examples Measure-Rejection.ps1
    }

    It 'compares three scores of each seed, as a network of it has them' {
        $rows = @(& $script -Preset Mlp -Seed '1,2' -ValidationCount 100 -DrawingCount 50 -Training @{ Epochs = 2; BatchSize = 50 })
        $rows.Score | Should -Be 'before', 'temperature', 'Confidence', 'before', 'temperature', 'Confidence'

        $network = New-MnistNetwork -Preset Mlp -Seed 2
        $null = $drawn | Invoke-MnistTraining $network -Epochs 2 -BatchSize 50 -ValidationCount 100 -Calibrate
        $digits = @($drawn.Test | Invoke-MnistPrediction $network)
        $others = @([MnistPS.SyntheticScribbles]::Draw(50, 1) | Invoke-MnistPrediction $network)
        $rows[5].Temperature | Should -Be ('{0:0.00}' -f $network.Temperature)
        $rows[5].DigitsBelowHalf | Should -Be ('{0:P2}' -f ($digits.Where{ $_.Confidence -lt 0.5 }.Count / 100))

        # One of a hundred digits may be below the threshold, and the next one is it.
        $threshold = ($digits.Confidence | Sort-Object)[1]
        $rows[5].Rejected | Should -Be ('{0:P1}' -f ($others.Where{ $_.Confidence -lt $threshold }.Count / 50))
        $pairs = foreach ($digit in $digits) { foreach ($other in $others) { $digit.Confidence -gt $other.Confidence ? 1 : $digit.Confidence -eq $other.Confidence ? 0.5 : 0 } }
        $rows[5].Auroc | Should -Be ('{0:0.000}' -f ($pairs | Measure-Object -Average).Average)

        # Without its calibration the network is the same.
        $plain = New-MnistNetwork -Preset Mlp -Seed 2
        $null = $drawn | Invoke-MnistTraining $plain -Epochs 2 -BatchSize 50 -ValidationCount 100
        $below = @($drawn.Test | Invoke-MnistPrediction $plain).Where{ $_.Confidence -lt 0.5 }.Count
        $rows[3].DigitsBelowHalf | Should -Be ('{0:P2}' -f ($below / 100))
    }
}
