# The sweeps of docs/examples. They sort and export with cmdlets that the bare engine lacks, and are skipped there.

BeforeDiscovery {
    $isBare = -not (Get-Command Export-Csv -ErrorAction Ignore)
}

BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'common.ps1'))
    $columns = 'HiddenSize', 'LearningRate', 'Epochs', 'TrainingError', 'ValidationError', 'ValidationAccuracy', 'Seconds'

    # Four runs that end, and two that diverge.
    $pairs = @{ LearningRate = 0.001, 0.01, 1e200; HiddenSize = 4, 8 }

    # The rows of those that end, made one by one.
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

    # All of rows but their time.
    function Join-Row { @($input | ForEach-Object { Join-Number $_.PSObject.Properties.Where{ $_.Name -in $columns[0..5] }.Value }) | Sort-Object }
}

Describe 'Invoke-Sweep.ps1' -Skip:$isBare {
    It 'writes a row for each pair, shows the best first, and reports those that diverge' {
        $data = New-BarDataset
        $path = [System.IO.Path]::Combine($TestDrive, 'sweep.csv')
        $output = & $RepositoryRoot/docs/examples/Invoke-Sweep.ps1 @pairs -Dataset $data -Epochs 2 -ValidationCount 20 -Path $path 2>&1
        $problems, $rows = $output.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
        $problems.FullyQualifiedErrorId | Should -Be (@('TrainingDiverged,MnistPS.Commands.InvokeMnistTrainingCommand') * 2)
        $rows[0].PSObject.Properties.Name | Should -Be $columns
        $expected = Get-Row $data
        $rows | Join-Row | Should -Be $expected
        $rows.ValidationAccuracy | Should -Be ($rows.ValidationAccuracy | Sort-Object -Descending)
        Import-Csv $path | Join-Row | Should -Be $expected
    }
}

Describe 'Invoke-RemoteSweep.ps1' -Skip:$isBare {
    BeforeAll {
        # Machines are processes here, and MNIST is a few drawn digits.
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
        $module = [System.IO.Path]::Combine($RepositoryRoot, 'MnistPS')
        $path = [System.IO.Path]::Combine($TestDrive, 'sweep.csv')
        $output = & $RepositoryRoot/docs/examples/Invoke-RemoteSweep.ps1 -Session $session -Module $module @pairs -Epochs 2 -ValidationCount 20 -Path $path 2>&1
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
