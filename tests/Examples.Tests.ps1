# The examples of docs/examples.

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $columns = 'HiddenSize', 'LearningRate', 'Epochs', 'TrainingError', 'ValidationError', 'ValidationAccuracy', 'Seconds'

    # Four runs that finish, and two that diverge.
    $pairs = @{ LearningRate = 0.001, 0.01, 1e200; HiddenSize = 4, 8 }

    # The rows of the finished runs, one by one.
    function Get-Row($Data) {
        $rows = foreach ($size in $pairs.HiddenSize) {
            foreach ($rate in $pairs.LearningRate[0..1]) {
                $network = New-MnistNetwork -HiddenSize $size -Activation Relu -Seed 1
                $last = @($Data | Invoke-MnistTraining $network -LearningRate $rate -Epochs 2 -ValidationCount 20)[-1]
                Join-Number $size, $rate, 2, $last.TrainingError, $last.ValidationError, $last.ValidationAccuracy
            }
        }
        $rows | Sort-Object
    }

    # The rows without their times.
    function Join-Row { @($input | ForEach-Object { Join-Number $_.PSObject.Properties.Where{ $_.Name -in $columns[0..5] }.Value }) | Sort-Object }
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

Describe 'Invoke-Sweep.ps1' {
    It 'writes a row for each pair, shows the best first, and reports those that diverge' {
        $data = New-BarDataset
        $path = Join-Path $TestDrive sweep.csv
        $output = & $RepositoryRoot/docs/examples/Invoke-Sweep.ps1 @pairs -Dataset $data -Epochs 2 -ValidationCount 20 -Path $path 2>&1
        $problems, $rows = $output.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
        $problems.FullyQualifiedErrorId | Should -Be (@('TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand') * 2)
        $rows[0].PSObject.Properties.Name | Should -Be $columns
        $expected = Get-Row $data
        $rows | Join-Row | Should -Be $expected
        $rows.ValidationAccuracy | Should -Be ($rows.ValidationAccuracy | Sort-Object -Descending)
        Import-Csv $path | Join-Row | Should -Be $expected
    }

    It 'writes a file for the spreadsheets of the session, which -UseCulture reads' {
        $path = Join-Path $TestDrive german.csv
        Use-Culture de-DE {
            $rows = & $RepositoryRoot/docs/examples/Invoke-Sweep.ps1 -LearningRate 0.001 -HiddenSize 4 -Dataset (New-BarDataset) -Epochs 2 -ValidationCount 20 -Path $path
            $read = Import-Csv $path -UseCulture
            [double]::Parse($read.TrainingError) | Should -Be $rows.TrainingError
            $read.LearningRate | Should -BeExactly '0,001'
        }
    }
}

Describe 'Invoke-RemoteSweep.ps1' {
    BeforeAll {
        # Processes instead of machines, and a few synthetic digits instead of MNIST.
        function New-ProcessSession {
            [CmdletBinding()] param()
            $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
            $runspace.Open()
            [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $PSCmdlet)
        }

        $session = @((New-ProcessSession), (New-ProcessSession))
        Invoke-Command -Session $session { function global:Get-MnistDataset { MnistPS\Get-MnistDataset -Synthetic -TrainingCount 60 -TestCount 5 } }
    }

    AfterAll {
        if ($session) { Remove-PSSession $session }
    }

    It 'writes a row for each pair, shows the best first, and reports those that diverge' {
        $path = Join-Path $TestDrive sweep.csv
        $output = & $RepositoryRoot/docs/examples/Invoke-RemoteSweep.ps1 -Session $session -Module $MnistPSModule @pairs -Epochs 2 -ValidationCount 20 -Path $path 2>&1
        $problems, $rows = $output.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
        $problems.FullyQualifiedErrorId | Should -Be (@('TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand') * 2)
        $rows[0].PSObject.Properties.Name | Should -Be (@('Machine') + $columns)
        $rows.Machine | Should -Be (@([System.Environment]::MachineName) * 4)
        $expected = Get-Row (Get-MnistDataset -Synthetic -TrainingCount 60 -TestCount 5)
        $rows | Join-Row | Should -Be $expected
        $rows.ValidationAccuracy | Should -Be ($rows.ValidationAccuracy | Sort-Object -Descending)
        Import-Csv $path | Join-Row | Should -Be $expected
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
