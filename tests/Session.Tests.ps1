# The module in users' sessions: at a terminal's prompt, in parallel runspaces, jobs and remote sessions, in strict mode and Constrained Language Mode, in
# transcripts, and from another shell.

BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/terminal.ps1
    $hasTerminal = Test-Terminal
    $hasBash = [bool](Get-Command bash -CommandType Application -ErrorAction Ignore) -and -not $IsWindows
    $hasSshd = -not $IsWindows -and (Test-Path /usr/sbin/sshd) -and [bool](Get-Command ssh, ssh-keygen -CommandType Application -ErrorAction Ignore)
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in Get-Command -Module MnistPS) {
        foreach ($name in $command.Parameters.Keys.Where{ $_ -notin $common }) { @{ Command = $command.Name; Parameter = $name } }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/terminal.ps1
    $importModule = "Import-Module '$MnistPSModule'"
    $data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20

    # The lines of a view without the columns of times.
    function Show-Untimed { ($input | Show-Object) -replace ' +\d\d:\d\d\.\d{3} +[\d,.]+$' }
}

Describe 'The completion of <Command> -<Parameter>' -ForEach $parameters {
    It 'goes on from what was begun' {
        Get-Completion "$Command -$($Parameter.Substring(0, [Math]::Min(3, $Parameter.Length)))" | Should -Contain "-$Parameter"
    }
}

Describe 'The completion of values' {
    It 'offers layers, folders and words' {
        Get-Completion 'New-MnistNetwork -Layer conv' | Should -Be "'conv 8x5'", "'conv 8x5 same'"
        $null = New-Item -ItemType Directory (Join-Path $TestDrive digits)
        Get-Completion "Get-MnistDataset $(Join-Path $TestDrive dig)" | Should -Be (Join-Path $TestDrive digits)
        Get-Completion 'Invoke-MnistTraining -Augment Shift, ro' | Should -Be 'Rotate'
    }
}

Describe 'A terminal of <Columns> columns' -Skip:(-not $hasTerminal) -ForEach @{ Columns = 80 }, @{ Columns = 200 } {
    BeforeAll {
        $terminal = Start-Terminal $Columns -Script @"
            $importModule
            `$data = Get-MnistDataset -Synthetic -TrainingCount 2000 -TestCount 10
            `$network = New-MnistNetwork -Seed 1
"@
    }

    AfterAll { Stop-Terminal $terminal }

    BeforeEach {
        Send-Terminal $terminal 'Clear-Host; "ready"'
        $null = Wait-Terminal $terminal '^ready\n> $'
    }

    It 'completes cmdlets, parameters and words by Tab' {
        foreach ($step in
            @{ Type = 'Invoke-MnistTr'; Shows = 'Invoke-MnistTraining' },
            @{ Type = ' $network -Opt'; Shows = 'Invoke-MnistTraining \$network -Optimizer' },
            @{ Type = ' nest'; Shows = 'Invoke-MnistTraining \$network -Optimizer Nesterov' },
            @{ Type = ' -EarlyS'; Shows = '-Optimizer Nesterov -EarlyStoppingPatience' }
        ) {
            Send-Terminal $terminal $step.Type -Key Tab
            # A full line wraps.
            $screen = Wait-Terminal $terminal (($step.Shows -replace ' ', '\s+') -replace '(?<=Early)', '\s*')
            $screen | Should -Match '^ready\n> Invoke-MnistTraining'
        }
        Send-Terminal $terminal -Key C-c
        $null = Wait-Terminal $terminal '> $'
    }

    It 'shows the whole progress of a training, and takes it away at Ctrl+C' {
        Send-Terminal $terminal '$data | Invoke-MnistTraining $network -Epochs 1000000 | Out-Null'
        $screen = Wait-Terminal $terminal 'Training \['
        $line = ($screen -split '\n') -match 'Training \['
        $line | Should -HaveCount 1
        $line[0] | Should -Match '^ *Training \[epoch \d+ of 1000000, training accuracy \d\.\d{3} .*\]$'
        $line[0].Length | Should -BeLessOrEqual $Columns
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Send-Terminal $terminal -Key C-c
        $screen = Wait-Terminal $terminal 'Out-Null\n+> $'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5 -Because 'Ctrl+C ends a training at once; the rest is for a busy machine'
        $screen | Should -Not -Match 'Training \[|Error|Exception'
        Send-Terminal $terminal '"trained: $($network.EpochsTrained)"; ($data | Invoke-MnistTraining $network -Epochs 1).TestAccuracy -is [double]'
        Wait-Terminal $terminal '(?m)^trained: \d+\nTrue\n> $' | Should -Not -BeNullOrEmpty
    }

    It 'shows the whole progress of a download, and leaves nothing behind at Ctrl+C' {
        # A mirror that sends a million bytes and then stalls.
        $address = "http://127.0.0.1:$(Get-FreePort)/a/path/that/is/rather/long/as/those/of/mirrors/are/mnist/"
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add($address)
        $listener.Start()
        $mirror = Start-ThreadJob {
            $response = ($using:listener).GetContext().Response
            $response.ContentLength64 = 9912422
            $response.OutputStream.Write([byte[]]::new(1000000), 0, 1000000)
            # Until the client closes the connection.
            while ($true) { $response.OutputStream.Write([byte[]]::new(1), 0, 1); $response.OutputStream.Flush(); Start-Sleep -Milliseconds 100 }
        }
        $cache = Join-Path $TestDrive "cache-$Columns"
        try {
            Send-Terminal $terminal "Get-MnistDataset -CachePath '$cache' -BaseUri $address"
            $screen = Wait-Terminal $terminal 'Downloading MNIST \[.*1\.00 of'
            $line = ($screen -split '\n') -match 'Downloading MNIST \['
            $line[0] | Should -Match '^ *Downloading MNIST \[train-images-idx3-ubyte\.gz: 1\.00 of 9\.91 MB .*\]$'
            $line[0].Length | Should -BeLessOrEqual $Columns
            Get-ChildItem $cache | Should -HaveCount 1
            Send-Terminal $terminal -Key C-c
            Wait-Terminal $terminal 'mnist/\n+> $' | Should -Not -Match 'Downloading|Error|Exception'
            Get-ChildItem $cache | Should -BeNullOrEmpty
        }
        finally {
            $listener.Close()
            $mirror | Remove-Job -Force
        }
    }

    It 'shows metrics as a table that keeps its lines' {
        Send-Terminal $terminal '$data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 100'
        $screen = Wait-Terminal $terminal '(?m)^    1 .*\n+> $'
        $screen | Should -Match '(?m)^Epoch TrainError TrainAcc ValError ValAcc TestError TestAcc   Elapsed  Images/s\n----- .* --------\n    0 .+\n    1 .+\n'
    }

    It 'shows images in colour, and as plain text where that is wanted' {
        Send-Terminal $terminal '$data.Training[0] | Show-MnistImage'
        $null = Wait-Terminal $terminal '(▀+\n)+\n*> $'
        (Get-Screen $terminal -Escape) -match "`e\[[\d;]*m.*▀" | Should -BeTrue
        Send-Terminal $terminal 'Clear-Host; $PSStyle.OutputRendering = "PlainText"; $data.Training[0] | Show-MnistImage; $data.Training[0]; "done"'
        $null = Wait-Terminal $terminal '(?m)^done\n> $'
        $plain = Get-Screen $terminal
        $plain | Should -Not -Match '▀'
        $plain | Should -Match '[-=+*#%@]{2}'
        ($plain -split '\n') -match '^( \.|[\da-f]{2}){28}$' | Should -HaveCount 28
        # PSReadLine colours the command line, so only the lines after it are checked.
        ((Get-Screen $terminal -Escape) -split '\n' | Select-Object -Skip 3 | Select-Object -SkipLast 1) -join "`n" | Should -Not -Match "`e"
        Send-Terminal $terminal '$PSStyle.OutputRendering = "Host"'
    }
}

Describe 'dotnet run --project src/MnistPS in a terminal' -Skip:(-not ($hasTerminal -and $hasBash)) {
    BeforeAll {
        # Bash gives each command a process group of its own, which Ctrl+C reaches. The module is built already.
        $terminal = Start-Terminal 120 -Script "Set-Location '$TestDrive'; `$env:PS1 = 'bash> '"
        Send-Terminal $terminal 'bash --norc --noprofile'
        $null = Wait-Terminal $terminal 'bash>$'
        $run = "dotnet run --no-build --project '$(Join-Path $RepositoryRoot src MnistPS)'"

        # The process id that PowerShell has printed.
        function Get-ShownProcess([string] $Screen) {
            $Screen -match '(?m)^process: (\d+)$' | Should -BeTrue
            $Matches[1]
            Get-Process -Id $Matches[1] | Should -Not -BeNullOrEmpty
        }
    }

    AfterAll { Stop-Terminal $terminal }

    BeforeEach {
        Send-Terminal $terminal clear
        $null = Wait-Terminal $terminal '^bash>$'
    }

    It 'ends a script at Ctrl+C, and leaves no PowerShell behind' {
        Set-Content (Join-Path $TestDrive train.ps1) '
            $data = Get-MnistDataset -Synthetic -TrainingCount 2000 -TestCount 10
            "process: $PID"
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1000000 | Out-Null
            "went on"'
        Send-Terminal $terminal "$run -- ./train.ps1"
        $id = Get-ShownProcess (Wait-Terminal $terminal '(?m)^process: \d+$[\s\S]*Training \[')
        Send-Terminal $terminal -Key C-c
        Wait-Terminal $terminal '\nbash>$' | Should -Not -Match 'went on'
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'stops the statement at Ctrl+C, and not the prompt' {
        Send-Terminal $terminal $run
        $null = Wait-Terminal $terminal 'Begin with: [\s\S]*>$'
        Send-Terminal $terminal 'function prompt { "> " }; Clear-Host; $kept = 41; "process: $PID"'
        $id = Get-ShownProcess (Wait-Terminal $terminal '^process: \d+\n> $')
        Send-Terminal $terminal 'Get-MnistDataset -Synthetic | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1000000 | Out-Null; "went on"'
        $null = Wait-Terminal $terminal 'Training \['
        Send-Terminal $terminal -Key C-c
        Wait-Terminal $terminal '"went on"\n+> $' | Should -Not -Match '(?m)^went on'
        Send-Terminal $terminal '"kept: $($kept + 1) in $PID"'
        $null = Wait-Terminal $terminal "kept: 42 in $id\n"
        Send-Terminal $terminal exit
        $null = Wait-Terminal $terminal '\nbash>$'
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'A session' {
    It 'sweeps by ForEach-Object -Parallel, with numbers as one by one' {
        $parallel = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:MnistPSModule
            $network = New-MnistNetwork -HiddenSize 8 -Seed $_
            $using:data | Invoke-MnistTraining $network -Epochs 2 -ThrottleLimit 1 -PassThru
        }
        $parallel.Seed | Sort-Object | Should -Be 1, 2, 3, 4
        foreach ($network in $parallel) {
            $network | Should -BeOfType ([MnistPS.MnistNetwork]) -Because 'runspaces share objects'
            $alone = $data | Invoke-MnistTraining (New-MnistNetwork -HiddenSize 8 -Seed $network.Seed) -Epochs 2
            $network.History | Join-Metrics | Should -Be ($alone | Join-Metrics)
        }
    }

    It 'trains in Start-ThreadJob, on its own objects' {
        $network = New-MnistNetwork -Seed 1
        $metrics = Start-ThreadJob { Import-Module $using:MnistPSModule; $using:data | Invoke-MnistTraining $using:network -Epochs 2 } | Receive-Job -Wait -AutoRemoveJob
        $metrics | Should -BeOfType ([MnistPS.EpochMetrics])
        $network.EpochsTrained | Should -Be 2
        $metrics | Join-Metrics | Should -Be ($network.History | Join-Metrics)
    }

    It 'gets copies from Start-Job, which show the same' {
        $network = New-MnistNetwork -Seed 1
        $metrics = $data | Invoke-MnistTraining $network -Epochs 2
        $predictions = $data.Test | Invoke-MnistPrediction $network
        $copies = Start-Job {
            Import-Module $using:MnistPSModule
            $data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20
            $network = New-MnistNetwork -Seed 1
            @{ Data = $data; Metrics = @($data | Invoke-MnistTraining $network -Epochs 2); Network = $network; Predictions = @($data.Test | Invoke-MnistPrediction $network); Image = $data.Test[0] }.GetEnumerator() |
                ForEach-Object { foreach ($value in $_.Value) { $value | Add-Member Part $_.Key -PassThru } }
        } | Receive-Job -Wait -AutoRemoveJob
        $of = $copies | Group-Object Part -AsHashTable
        $of.Metrics[0].pstypenames | Should -Contain 'Deserialized.MnistPS.EpochMetrics'
        $of.Metrics | Join-Metrics | Should -Be ($metrics | Join-Metrics)
        $of.Metrics | Show-Untimed | Should -BeExactly @($metrics | Show-Untimed)
        $of.Predictions | Show-Untimed | Should -BeExactly @($predictions | Show-Untimed)
        $of.Network | Show-Untimed | Should -BeExactly @($network | Show-Untimed)
        $of.Data | Show-Untimed | Should -BeExactly @($data | Show-Untimed)
        $of.Image | Show-Untimed | Should -BeExactly @($data.Test[0] | Show-Untimed)
    }

    It 'goes all the way under Set-StrictMode -Version Latest' {
        $strict = & {
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            $data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20
            $network = New-MnistNetwork -Seed 1
            @(
                $data | Show-Untimed
                $data | ConvertTo-OneHot | Invoke-MnistTraining $network -Epochs 2 -ValidationCount 20 | Show-Untimed
                $network | Show-Untimed
                $data.Test[0..2] | Invoke-MnistPrediction $network | Show-Untimed
                $data.Test[0] | Show-Untimed
                $data.Test[0] | Show-MnistImage
            )
        }
        $network = New-MnistNetwork -Seed 1
        $strict | Should -BeExactly @(
            $data | Show-Untimed
            $data | Invoke-MnistTraining $network -Epochs 2 -ValidationCount 20 | Show-Untimed
            $network | Show-Untimed
            $data.Test[0..2] | Invoke-MnistPrediction $network | Show-Untimed
            $data.Test[0] | Show-Untimed
            $data.Test[0] | Show-MnistImage
        )
    }

    It 'goes all the way in Constrained Language Mode' {
        $path = Join-Path $TestDrive constrained.csv
        $shell = [powershell]::Create()
        $shell.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
        $null = $shell.AddScript({
                param($module, $path)
                Import-Module $module
                $data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20
                $network = New-MnistNetwork -Layer 'dense 8', 'relu', 'dense 10' -Seed 1
                $data | ConvertTo-OneHot | Invoke-MnistTraining $network -Epochs 2 -Optimizer Adam -MetricsPath $path | Out-String -Width 80
                $data.Test | Invoke-MnistPrediction $network | Where-Object { $null -ne $_.IsCorrect } | Measure-Object | ForEach-Object Count
                ($data.Test[0] | Show-MnistImage).Count
                $network.EpochsTrained
            }.ToString()).AddArgument($MnistPSModule).AddArgument($path)
        $table, $rest = $shell.Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Runspace.SessionStateProxy.LanguageMode | Should -Be 'ConstrainedLanguage'
        $shell.Dispose()
        $table | Should -Match '    0 +\d\.\d{3} '
        $table | Should -Match '    1 +\d\.\d{3} '
        $rest | Should -Be 20, 15, 2
        Import-Csv $path | Should -HaveCount 2
    }

    It 'keeps tables and lines in a transcript, without progress or escape sequences' {
        $script = Join-Path $TestDrive transcript.ps1
        $log = Join-Path $TestDrive transcript.txt
        Set-Content $script @"
            $importModule
            `$null = Start-Transcript '$log'
            `$data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20
            `$data
            `$data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 20
            `$data.Training[0] | Show-MnistImage
            `$null = Stop-Transcript
"@
        $null = Invoke-PowerShell -File $script
        $LASTEXITCODE | Should -Be 0
        $lines = Get-Content $log
        $lines | Should -Contain 'The shape of training images: (100, 784) and training labels: (100,)'
        ($lines -match '^ +\d+ +\d\.\d{3} ') | Should -HaveCount 20
        ($lines -match '^0: \d') | Should -HaveCount 1
        $lines -join "`n" | Should -Not -Match "`e|Training \["
    }
}

Describe 'pwsh -File from bash' -Skip:(-not $hasBash) {
    BeforeAll {
        $script = Join-Path $TestDrive 'train it.ps1'
        Set-Content $script @"
            param([string[]]`$Augment, [double]`$LearningRate, [string]`$MetricsPath, [switch]`$Shuffle)
            `$ErrorActionPreference = 'Stop'
            $importModule
            Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20 | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 @PSBoundParameters
"@
        # Runs a bash command line in which pwsh is this PowerShell.
        function Invoke-Bash([string]$Line) {
            $command = (Get-PowerShellCommand).ForEach{ "'$_'" } -join ' '
            bash -c "pwsh() { $command `"`$@`"; }; cd '$TestDrive'; $Line" 2>&1
        }
    }

    It 'takes lists, numbers, switches and names with blanks, and writes plain text where NO_COLOR asks for it' {
        $lines = Invoke-Bash "NO_COLOR=1 pwsh -NoProfile -File 'train it.ps1' -Augment Shift,Rotate -LearningRate 0.004 -Shuffle -MetricsPath 'my metrics.csv'"
        $LASTEXITCODE | Should -Be 0
        $rows = Import-Csv (Join-Path $TestDrive 'my metrics.csv')
        $rows.LearningRate | Should -Be '0.004', '0.004'
        $expected = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -Augment Shift, Rotate -LearningRate 0.004 -Shuffle
        $rows.TestError.ForEach{ [double]$_ } | Should -Be $expected.TestError
        ($lines -match '^    [01] ') | Should -HaveCount 2
        $lines -join "`n" | Should -Not -Match "`e"
    }

    It 'ends with exit code 1 and the message where something is wrong' {
        $lines = Invoke-Bash "pwsh -NoProfile -File 'train it.ps1' -LearningRate -1"
        $LASTEXITCODE | Should -Be 1
        $lines -join ' ' | Should -Match 'LearningRate is -1'
    }

    It 'reads numbers as they are typed and writes files for machines, in a German session too' {
        $lines = Invoke-Bash "LC_ALL=de_DE.UTF-8 pwsh -NoProfile -File 'train it.ps1' -LearningRate 0.004 -MetricsPath german.csv"
        $LASTEXITCODE | Should -Be 0
        (Import-Csv (Join-Path $TestDrive german.csv)).LearningRate | Should -Be '0.004', '0.004'
        ($lines -match '^    0 +\d,\d{3} ') | Should -HaveCount 1
    }
}

Describe 'A remote session by ssh' -Skip:(-not $hasSshd) {
    BeforeAll {
        . (Join-Path $PSScriptRoot sshserver.ps1)
        $server = Start-SshServer (Join-Path $TestDrive ssh)
        $session = New-SshSession $server
        Invoke-Command $session { Import-Module $using:MnistPSModule }
    }

    AfterAll {
        if ($session) { Remove-PSSession $session }
        if ($server) { Stop-SshServer $server }
    }

    It 'trains there, and shows here what it would show there' {
        $metrics = Invoke-Command $session -HideComputerName {
            $data = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 20
            $network = New-MnistNetwork -Seed 1
            $data | Invoke-MnistTraining $network -Epochs 2 -ValidationCount 20
        }
        $metrics[0].pstypenames | Should -Contain 'Deserialized.MnistPS.EpochMetrics'
        $here = New-MnistNetwork -Seed 1
        $expected = $data | Invoke-MnistTraining $here -Epochs 2 -ValidationCount 20
        $metrics | Join-Metrics | Should -Be ($expected | Join-Metrics)
        $metrics | Show-Untimed | Should -BeExactly @($expected | Show-Untimed)
        Invoke-Command $session -HideComputerName { $network } | Show-Untimed | Should -BeExactly @($here | Show-Untimed)
        Invoke-Command $session -HideComputerName { $data.Test | Invoke-MnistPrediction $network } | Show-Untimed | Should -BeExactly @($data.Test | Invoke-MnistPrediction $here | Show-Untimed)
    }

    It 'gives errors with their ids' {
        Invoke-Command $session { New-MnistNetwork -Layer 'dense' } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidLayer,MnistPS.Commands.NewMnistNetworkCommand'
    }

    It 'takes settings from here, and gives a network back as a file' {
        $rates = 0.001, 0.004
        $rows = Invoke-Command $session { foreach ($rate in $using:rates) { ($data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -LearningRate $rate -Epochs 1).LearningRate } }
        $rows | Should -Be $rates
        $there = Join-Path $TestDrive there.network
        Invoke-Command $session { $network | Export-MnistNetwork $using:there }
        Copy-Item $there (Join-Path $TestDrive here.network) -FromSession $session
        (Import-MnistNetwork (Join-Path $TestDrive here.network)).EpochsTrained | Should -Be 2
    }
}
