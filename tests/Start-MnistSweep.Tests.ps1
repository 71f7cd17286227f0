# Sweeps: grids, samples, halving, files of runs, and sessions.

BeforeDiscovery {
    $hasSshd = -not $IsWindows -and (Test-Path /usr/sbin/sshd) -and [bool](Get-Command ssh, ssh-keygen -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset
    $settings = @{ HiddenSize = 4, 8; LearningRate = 0.001, 0.01; Epochs = 2; Activation = 'Relu'; ValidationCount = 20 }

    # What a run gives where it is trained by hand.
    function Get-Expected([int] $HiddenSize, [double] $LearningRate) {
        $network = New-MnistNetwork -HiddenSize $HiddenSize -Activation Relu -Seed 1
        $last = @($data | Invoke-MnistTraining $network -LearningRate $LearningRate -Epochs 2 -ValidationCount 20)[-1]
        Join-Number $HiddenSize, $LearningRate, 2, $last.TrainingError, $last.ValidationError, $last.ValidationAccuracy
    }

    # A row without its time and place.
    function Join-Row {
        process { Join-Number $_.HiddenSize, $_.LearningRate, $_.EpochsTrained, $_.TrainingError, $_.ValidationError, $_.ValidationAccuracy }
    }

    $expected = @(foreach ($size in 4, 8) { foreach ($rate in 0.001, 0.01) { Get-Expected $size $rate } }) | Sort-Object
}

Describe 'Start-MnistSweep' {
    It 'trains each combination, and emits a row a run with its seed and settings' {
        $rows = @($data | Start-MnistSweep $settings)
        $rows | Join-Row | Sort-Object | Should -Be $expected
        $rows[0].PSObject.Properties.Name | Should -Be @(
            'Dataset', 'Activation', 'Epochs', 'HiddenSize', 'LearningRate', 'ValidationCount', 'Seed',
            'EpochsTrained', 'TrainingError', 'TrainingAccuracy', 'ValidationError', 'ValidationAccuracy', 'Elapsed', 'Computer', 'Error')
        $rows.Seed | Should -Be @(1, 1, 1, 1)
        $rows.Computer | Should -Be (@([System.Environment]::MachineName) * 4)
        $rows.Elapsed | ForEach-Object { $_ | Should -BeGreaterThan ([timespan]::Zero) }
    }

    It 'keeps the order of an ordered dictionary, and sets a tenth of the images aside if nothing else is said' {
        $row = $data | Start-MnistSweep ([ordered] @{ Seed = 5; Layer = , ('dense 10'); Epochs = 1 })
        $row.PSObject.Properties.Name[0..4] | Should -Be 'Dataset', 'Seed', 'Layer', 'Epochs', 'ValidationFraction'
        $network = New-MnistNetwork -Layer 'dense 10' -Seed 5
        $metrics = $data | Invoke-MnistTraining $network -Epochs 1 -ValidationFraction 0.1
        Join-Number $row.ValidationError | Should -Be (Join-Number $metrics.ValidationError)
    }

    It 'takes settings that are arrays' {
        $rows = @($data | Start-MnistSweep @{ HiddenSize = 4, (8, 4); Epochs = 1; Activation = 'Relu' } -ThrottleLimit 1)
        $rows.HiddenSize.Count | Should -Be 3
        $rows[1].HiddenSize | Should -Be 8, 4
    }

    It 'takes any dictionary' {
        $dictionary = [System.Collections.Generic.Dictionary[string, object]]::new()
        foreach ($name in 'epochs', 'hiddensize') { $dictionary[$name] = 2 }
        $row = $data | Start-MnistSweep $dictionary
        $row.PSObject.Properties.Name[1, 2] | Should -BeExactly 'Epochs', 'HiddenSize'
    }

    It 'takes the layers of a run as an array in an array, or as a string' {
        $array, $string = foreach ($layers in ('dense 8', 'relu', 'dense 10'), 'dense 8, relu, dense 10') {
            $data | Start-MnistSweep @{ Layer = , $layers; Epochs = 1 }
        }
        Join-Number $array.ValidationError | Should -Be (Join-Number $string.ValidationError)
    }

    It 'emits rows as they come, and ends at once when nobody wants more' {
        $many = $settings.Clone()
        $many.HiddenSize = 1..400
        $first = $data | Start-MnistSweep $many -Confirm:$false | Select-Object -First 2
        $first | Should -HaveCount 2
    }

    It 'reports a run that fails, gives it a row, and goes on' {
        $rows = @($data | Start-MnistSweep @{ HiddenSize = 4, 8; LearningRate = 0.001, 1e200; Epochs = 2; Activation = 'Relu'; ValidationCount = 20 } -ErrorVariable problems -ErrorAction SilentlyContinue)
        $problems.FullyQualifiedErrorId | Should -Be (@('SweepRunFailed,MnistPS.Commands.StartMnistSweepCommand') * 2)
        $rows | Should -HaveCount 4
        $failed = @($rows | Where-Object Error)
        $failed.LearningRate | Should -Be 1e200, 1e200
        $failed[0].Error | Should -BeLike '*diverged*'
        $failed[0].ValidationAccuracy | Should -BeNullOrEmpty
    }

    It 'sweeps each data set of the pipeline, with the same sample' {
        $other = $data.Training[0..59] | New-MnistDataset Few
        $grid = @{ HiddenSize = 1..6; LearningRate = 0.001, 0.002, 0.004; Epochs = 1; Activation = 'Relu' }
        $rows = @($data, $other | Start-MnistSweep $grid -Sample 3)
        @($rows.Dataset | Select-Object -Unique) | Should -HaveCount 2
        $first, $second = foreach ($group in $rows | Group-Object Dataset) { , @($group.Group | ForEach-Object { "$($_.HiddenSize) $($_.LearningRate)" } | Sort-Object) }
        $second | Should -Be $first
    }

    It 'trains a sample of the combinations, the same for the same seed' {
        $grid = @{ HiddenSize = 1..6; LearningRate = 0.001, 0.002, 0.004; Epochs = 1; Activation = 'Relu' }
        $first, $second = foreach ($i in 1, 2) { , @($data | Start-MnistSweep $grid -Sample 4 -SampleSeed 3 | ForEach-Object { "$($_.HiddenSize) $($_.LearningRate)" } | Sort-Object) }
        $first | Should -HaveCount 4
        @($first | Select-Object -Unique) | Should -HaveCount 4
        $second | Should -Be $first
    }

    It 'shows a table of settings and accuracies' {
        $table = $data | Start-MnistSweep @{ HiddenSize = 4; Epochs = 1; Activation = 'Relu' } | Out-String -Stream
        @($table -match '^Epochs Validation +Elapsed Computer +Settings') | Should -HaveCount 1
        @($table -match '^ +1 +[0-9.]+ ?% +00:0\S+ \S+ +Activation Relu; Epochs 1; HiddenSize 4') | Should -HaveCount 1
    }

    Context 'with -Halving' {
        It 'trains all for a third of the epochs first, and the best third of them for all' {
            $grid = [ordered] @{ HiddenSize = 2, 4, 8; LearningRate = 0.001, 0.004, 0.01; Epochs = 9; Activation = 'Relu'; ValidationCount = 20 }
            $rows = @($data | Start-MnistSweep $grid -Halving)
            $rows.EpochsTrained | Should -Be (@(1) * 9 + @(3) * 3 + @(9))
            $best = $rows[0..8] | Sort-Object @{ Expression = 'ValidationAccuracy'; Descending = $true }, ValidationError -Stable | Select-Object -First 3
            $rows[9..11] | ForEach-Object { "$($_.HiddenSize) $($_.LearningRate)" } | Sort-Object |
                Should -Be ($best | ForEach-Object { "$($_.HiddenSize) $($_.LearningRate)" } | Sort-Object)
        }

        It 'wants one number of epochs' {
            foreach ($grid in @{ HiddenSize = 4 }, @{ HiddenSize = 4; Epochs = 3, 9 }) {
                { $data | Start-MnistSweep $grid -Halving } | Should -Throw -ErrorId 'HalvingNeedsEpochs,MnistPS.Commands.StartMnistSweepCommand'
            }
        }
    }

    Context 'with -Path' {
        It 'writes a row a run, and does what is missing when it is started again' {
            $path = Join-Path $TestDrive runs.csv
            $rows = @($data | Start-MnistSweep $settings -Path $path)
            Import-Csv $path | Join-Row | Sort-Object | Should -Be $expected

            # A kill leaves two rows and half of one.
            $lines = [System.IO.File]::ReadAllLines($path)
            [System.IO.File]::WriteAllText($path, ($lines[0..2] -join "`n") + "`n" + $lines[3].Substring(0, 20))
            $again = @($data | Start-MnistSweep $settings -Path $path)
            $again | Join-Row | Sort-Object | Should -Be $expected
            Import-Csv $path | Join-Row | Sort-Object | Should -Be $expected
            [System.IO.File]::ReadAllLines($path)[0..2] | Should -BeExactly $lines[0..2]
            $rows[0].PSObject.Properties.Name | Should -Be (Import-Csv $path)[0].PSObject.Properties.Name
        }

        It 'takes more values into the same file' {
            $path = Join-Path $TestDrive more.csv
            $null = $data | Start-MnistSweep $settings -Path $path
            $more = $settings.Clone()
            $more.HiddenSize = 4, 8, 6
            @($data | Start-MnistSweep $more -Path $path) | Should -HaveCount 6
            Import-Csv $path | Should -HaveCount 6
        }

        It 'trains anew on another data set of the same name' {
            $path = Join-Path $TestDrive same.csv
            $one = @{ HiddenSize = 4; Epochs = 1; Activation = 'Relu' }
            $first = $data.Training[0..49] | New-MnistDataset | Start-MnistSweep $one -Path $path
            $second = $data.Training[50..99] | New-MnistDataset | Start-MnistSweep $one -Path $path
            $second.Dataset | Should -Not -Be $first.Dataset
            Join-Number $second.TrainingError | Should -Not -Be (Join-Number $first.TrainingError)
            Import-Csv $path | Should -HaveCount 2
        }

        It 'tries a failed run again, and no other' {
            $path = Join-Path $TestDrive failed.csv
            $grid = @{ HiddenSize = 4; LearningRate = 0.001, 1e200; Epochs = 2; Activation = 'Relu' }
            $null = $data | Start-MnistSweep $grid -Path $path -ErrorAction Ignore

            # As if the failed run had lacked memory: with a rate that does not diverge.
            [System.IO.File]::WriteAllText($path, [System.IO.File]::ReadAllText($path).Replace('1E+200', '0.002'))
            $grid.LearningRate = 0.001, 0.002
            $rows = @($data | Start-MnistSweep $grid -Path $path)
            $rows.LearningRate | Sort-Object | Should -Be 0.001, 0.002
            $rows | Where-Object Error | Should -BeNullOrEmpty
            @(Import-Csv $path).LearningRate | Sort-Object | Should -Be '0.001', '0.002', '0.002'
            $null = $data | Start-MnistSweep $grid -Path $path
            Import-Csv $path | Should -HaveCount 3
        }

        It 'keeps the rows of a sweep that is stopped' {
            $path = Join-Path $TestDrive stopped.csv
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$MnistPSModule'; Get-MnistDataset -Synthetic -TrainingCount 500 -TestCount 10 |
                    Start-MnistSweep @{ HiddenSize = 100; Seed = 1..900; Epochs = 5; Activation = 'Relu' } -Path '$path'").BeginInvoke()
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                while (-not ((Test-Path $path) -and @(Get-Content $path).Count -gt 3) -and $watch.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 20 }
                $shell.Stop()
            }
            finally { $shell.Dispose() }
            $rows = @(Import-Csv $path)
            $rows.Count | Should -BeGreaterThan 2
            $rows.Count | Should -BeLessThan 900
            $rows.EpochsTrained | Select-Object -Unique | Should -Be 5
        }

        It 'can be read again: a row has the settings of its network' {
            $path = Join-Path $TestDrive again.csv
            $null = $data | Start-MnistSweep @{ Layer = 'dense 10', 'dense 8, relu, dense 10'; LearningRate = 0.004; Epochs = 2; Seed = 3 } -Path $path
            foreach ($row in Import-Csv $path) {
                $network = New-MnistNetwork -Layer $row.Layer -Seed $row.Seed
                $metrics = $data | Invoke-MnistTraining $network -LearningRate $row.LearningRate -Epochs $row.Epochs -ValidationFraction $row.ValidationFraction
                Join-Number $metrics[-1].ValidationError | Should -Be $row.ValidationError
            }
        }

        It 'refuses a file that another sweep writes' {
            $path = Join-Path $TestDrive busy.csv
            { $data | Start-MnistSweep $settings -Path $path | ForEach-Object { $data | Start-MnistSweep $settings -Path $path } } |
                Should -Throw -ErrorId 'SweepFileInUse,MnistPS.Commands.StartMnistSweepCommand'
        }

        It 'refuses the file of another sweep, and leaves it' {
            $path = Join-Path $TestDrive other.csv
            Set-Content $path 'a,b'
            { $data | Start-MnistSweep $settings -Path $path } | Should -Throw -ErrorId 'SweepFileDoesNotFit,MnistPS.Commands.StartMnistSweepCommand'
            Get-Content $path | Should -Be 'a,b'
        }
    }

    Context 'with -PassThru' {
        It 'emits the best network instead of the rows' {
            $path = Join-Path $TestDrive best.csv
            $network = $data | Start-MnistSweep $settings -PassThru -Path $path
            $network | Should -BeOfType ([MnistPS.MnistNetwork])
            $best = Import-Csv $path | Sort-Object @{ Expression = { [double] $_.ValidationAccuracy }; Descending = $true }, { [double] $_.ValidationError } | Select-Object -First 1
            Join-Number $network.History[-1].ValidationError | Should -Be $best.ValidationError
            $network.Layers[0].Layer | Should -Be "dense $($best.HiddenSize)"
        }

        It 'trains it once more where the file had its run' {
            $path = Join-Path $TestDrive best.csv
            $before = Get-Content $path -Raw
            $network = $data | Start-MnistSweep $settings -PassThru -Path $path
            $network.EpochsTrained | Should -Be 2
            Get-Content $path -Raw | Should -BeExactly $before
        }

        It 'emits one for each data set' {
            $other = $data.Training[0..59] | New-MnistDataset Few
            $networks = @($data, $other | Start-MnistSweep $settings -PassThru)
            $networks | Should -HaveCount 2
            foreach ($pair in @(($data, $networks[0]), ($other, $networks[1]))) {
                $alone = $pair[0] | Start-MnistSweep $settings -PassThru
                Join-Number $pair[1].History[-1].ValidationError | Should -Be (Join-Number $alone.History[-1].ValidationError)
            }
        }
    }

    Context 'with bad input' {
        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a setting that is none'; Grid = @{ Hidden = 4 }; Id = 'SweepSettingsDoNotFit' }
            @{ Name = 'what a sweep decides itself'; Grid = @{ ThrottleLimit = 1 }; Id = 'SweepSettingsDoNotFit' }
            @{ Name = 'a validation set, which is no text'; Grid = @{ Validation = 1 }; Id = 'SweepSettingsDoNotFit' }
            @{ Name = 'a setting without a value'; Grid = @{ HiddenSize = @() }; Id = 'SweepSettingEmpty' }
            @{ Name = 'more combinations than can be counted'; Grid = @{ HiddenSize = 1..10000; LearningRate = 1..10000; BatchSize = 1..10000; Epochs = 1..10000 }; Id = 'SweepTooLarge' }
        ) {
            { $data | Start-MnistSweep $Grid } | Should -Throw -ErrorId "$Id,MnistPS.Commands.StartMnistSweepCommand"
        }

        It 'names <Name> at once, before the first run' -ForEach @(
            @{ Name = 'names and types that are wrong'; Grid = @{ Hidden = 4; LearningRate = 0.1, '0,1'; Epochs = 'two'; Activation = 'Rela' }
                Parts = "'Hidden' is no setting*", "LearningRate '0,1': *point*", "Epochs 'two': *", "Activation 'Rela': *Relu, LeakyRelu, Tanh, Sigmoid*"
            }
            @{ Name = 'values out of range'; Grid = @{ HiddenSize = 4, 0, 99999; DropoutRate = 2; LearningRate = 0.1, -1; Epochs = 0; BatchSize = 500; EarlyStoppingPatience = 0 }
                Parts = '-HiddenSize has 0;*', '-HiddenSize has 99999;*', '-DropoutRate is 2;*', '-LearningRate is -1;*', '-Epochs is 0;*', '-BatchSize is 500; 1 to 90 *', '-EarlyStoppingPatience is 0;*'
            }
            @{ Name = 'settings that contradict each other in some runs'; Grid = @{ Preset = 'Tutorial', 'Mlp'; HiddenSize = $null, 4; ValidationCount = 5; ValidationFraction = 0.1 }
                Parts = '-Preset Mlp *-HiddenSize*', '-ValidationCount and -ValidationFraction *'
            }
            @{ Name = 'layers that are values of their own'; Grid = @{ Layer = 'dense 64', 'relu', 'dense 10'; Epochs = 1 }
                Parts = "*dense 64 (64)*such as 'dense 64, relu, dense 10'.", "*relu (28, 28, 1)*such as 'dense 64, relu, dense 10'."
            }
        ) {
            $path = Join-Path $TestDrive none.csv
            $problem = $null
            $rows = try { $data | Start-MnistSweep $Grid -Path $path } catch { $problem = $_ }
            $rows | Should -BeNullOrEmpty
            $path | Should -Not -Exist
            $problem.FullyQualifiedErrorId | Should -Be 'SweepSettingsDoNotFit,MnistPS.Commands.StartMnistSweepCommand'
            $lines = @($problem.Exception.Message -split '\r?\n- ' | Select-Object -Skip 1)
            $lines | Should -HaveCount $Parts.Count
            foreach ($part in $Parts) { @($lines -like $part) | Should -HaveCount 1 -Because "one of these is '$part': $lines" }
        }

        It 'lists ten faults and says that there are more' {
            $problem = try { $data | Start-MnistSweep @{ HiddenSize = -100..-1 } } catch { $_ }
            ($problem.Exception.Message -split '\r?\n')[-2, -1] | Should -BeLike '- *' -Because $problem
            ($problem.Exception.Message -split '\r?\n') | Should -HaveCount 12
            ($problem.Exception.Message -split '\r?\n')[-1] | Should -Be '- and more.'
        }

        It 'says how many runs a million are where nobody can be asked' {
            $script = "Import-Module '$MnistPSModule'
                try { Get-MnistDataset -Synthetic -TrainingCount 20 -TestCount 5 | Start-MnistSweep @{ HiddenSize = 1..1000; Seed = 1..1000 } } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
            $output = @(Invoke-PowerShell -Command $script)
            $output[0] | Should -Be 'ManySweepRuns,MnistPS.Commands.StartMnistSweepCommand'
            $output[1] | Should -BeLike 'The settings have 1000000 combinations*-Force*'
        }

        It 'does nothing with -WhatIf' {
            $path = Join-Path $TestDrive whatif.csv
            $data | Start-MnistSweep $settings -Path $path -WhatIf | Should -BeNullOrEmpty
            $path | Should -Not -Exist
        }
    }
}

Describe 'Start-MnistSweep in sessions by ssh' -Skip:(-not $hasSshd) {
    BeforeAll {
        . (Join-Path $PSScriptRoot sshserver.ps1)
        $server = Start-SshServer (Join-Path $TestDrive ssh)
        $small = New-BarDataset -TrainingCount 400 -TestCount 10
        $eight = @{ HiddenSize = 4, 6, 8, 10; LearningRate = 0.001, 0.004; Epochs = 100; Activation = 'Relu' }

        # Lets the process of a session end in the middle of one of its runs. PowerShell 7.6.9 itself ends with a broken pipe if ssh ends as it writes, which is
        # between two runs: SSHClientSessionTransportManager.CloseConnection flushes what could not be written, on a thread of its own.
        function Set-LastRun($Session, [int] $Run) {
            Invoke-Command $Session {
                $global:runsLeft = $using:Run
                function global:Invoke-MnistTraining {
                    if (--$global:runsLeft -eq 0) {
                        Start-Sleep -Milliseconds 300
                        Stop-Process -Id $PID -Force
                    }
                    $input | MnistPS\Invoke-MnistTraining @args
                }
            }
        }

        $alone = @($small | Start-MnistSweep $eight -ThrottleLimit 1 | Join-Row) | Sort-Object
    }

    AfterAll { if ($server) { Stop-SshServer $server } }

    It 'spreads the runs, each exactly once' {
        $session = @((New-SshSession $server), (New-SshSession $server))
        try {
            $path = Join-Path $TestDrive two.csv
            $rows = @($small | Start-MnistSweep $eight -Session $session -Module $MnistPSModule -Path $path)
            $rows | Join-Row | Sort-Object | Should -Be $alone
            Import-Csv $path | Join-Row | Sort-Object | Should -Be $alone
            $network = $small | Start-MnistSweep @{ HiddenSize = 4; Epochs = 1; Activation = 'Relu' } -Session $session -Module $MnistPSModule -PassThru
            $network | Should -BeOfType ([MnistPS.MnistNetwork])
            Invoke-Command $session { Get-Variable MnistPSSweepData -Scope Global -ErrorAction Ignore } | Should -BeNullOrEmpty
        }
        finally { Remove-PSSession $session }
    }

    It 'gives the runs of a session that is killed to the other' {
        $session = @((New-SshSession $server), (New-SshSession $server))
        try {
            Set-LastRun $session[1] 1
            $path = Join-Path $TestDrive killed.csv
            $rows = @($small | Start-MnistSweep $eight -Session $session -Module $MnistPSModule -Path $path -WarningVariable warnings -WarningAction SilentlyContinue)
            $rows | Join-Row | Sort-Object | Should -Be $alone
            Import-Csv $path | Join-Row | Sort-Object | Should -Be $alone
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike "*is lost, and its run goes to another one*"
        }
        finally { Remove-PSSession $session }
    }

    It 'ends with an error when all are lost, and goes on from its file' {
        $session = @(New-SshSession $server)
        $path = Join-Path $TestDrive lost.csv
        $rows = [System.Collections.Generic.List[object]]::new()
        Set-LastRun $session[0] 3
        {
            $small | Start-MnistSweep $eight -Session $session -Module $MnistPSModule -Path $path -WarningAction SilentlyContinue | ForEach-Object { $rows.Add($_) }
        } | Should -Throw -ErrorId 'SweepSessionsLost,MnistPS.Commands.StartMnistSweepCommand'
        $rows | Should -HaveCount 2
        Import-Csv $path | Should -HaveCount 2
        @($small | Start-MnistSweep $eight -Path $path) | Join-Row | Sort-Object | Should -Be $alone
        Import-Csv $path | Should -HaveCount 8
    }

    It 'leaves out a session that is closed when it is given' {
        $session = @((New-SshSession $server), (New-SshSession $server))
        try {
            Remove-PSSession $session[0]
            $two = @{ HiddenSize = 4, 8; Epochs = 1; Activation = 'Relu' }
            $rows = @($small | Start-MnistSweep $two -Session $session -Module $MnistPSModule -WarningVariable warnings -WarningAction SilentlyContinue)
            $rows.HiddenSize | Sort-Object | Should -Be 4, 8
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike "$($session[0].Name) *is lost*Closed; Opened was expected."
        }
        finally { Remove-PSSession $session[1] }
    }

    It 'brings the class names of the data set to the best network' {
        $session = New-SshSession $server
        try {
            $named = $small.Training | New-MnistDataset Bars -ClassName ('a'..'j')
            $network = $named | Start-MnistSweep @{ HiddenSize = 4; Epochs = 1; Activation = 'Relu' } -Session $session -Module $MnistPSModule -PassThru
            $network.ClassNames | Should -Be ('a'..'j')
        }
        finally { Remove-PSSession $session }
    }

    It 'says of a session without the module that it is of no use' {
        $session = New-SshSession $server
        try {
            { $small | Start-MnistSweep $eight -Session $session -Module NoSuchModule -WarningVariable script:warnings -WarningAction SilentlyContinue } |
                Should -Throw -ErrorId 'SweepSessionsLost,MnistPS.Commands.StartMnistSweepCommand'
            $script:warnings[0] | Should -BeLike '*NoSuchModule*'
        }
        finally { Remove-PSSession $session }
    }
}
