# Every command of the README, run as it stands there.

BeforeDiscovery {
    . $PSScriptRoot/common.ps1
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    # What pwsh has and the bare engine lacks, as far as the README's lines need it; in pwsh these are its own.
    if (-not (Get-Command -Name Export-Csv -ErrorAction Ignore)) {
        function Export-Csv([Parameter(Position = 0)] [string] $Path, [Parameter(ValueFromPipeline)] $InputObject) {
            begin { $rows = @() }
            process { $rows += $InputObject }
            end {
                $names = @($rows[0].psobject.Properties.Name)
                [System.IO.File]::WriteAllLines("$PWD/$Path", [string[]] (@($names -join ',') + @($rows | ForEach-Object { $row = $_; $names.ForEach{ $row.$_ } -join ',' })))
            }
        }

        function Select-Object([Parameter(ValueFromPipeline)] $InputObject, [int] $First) {
            begin { $seen = 0 }
            process { if ($seen++ -lt $First) { $InputObject } }
        }
    }

    $readme = [System.IO.File]::ReadAllText("$RepositoryRoot/README.md")
    $blocks = @([regex]::Matches($readme, '(?ms)^```(?<language>\w+)\n(?<code>.*?)^```') | ForEach-Object {
        @{ Language = $_.Groups['language'].Value; Code = $_.Groups['code'].Value.Trim() }
    })

    function Invoke-Block([string] $Code, [string] $Location = $RepositoryRoot) {
        # In the repository, where a reader stands, and with MNIST where the tests have it.
        $here = $PWD.Path
        $cache = $env:MNISTPS_CACHE
        $null = $ExecutionContext.SessionState.Path.SetLocation($Location)
        $env:MNISTPS_CACHE = $MnistPath
        try {
            . ([scriptblock]::Create($Code))
        }
        finally {
            $env:MNISTPS_CACHE = $cache
            $null = $ExecutionContext.SessionState.Path.SetLocation($here)
        }
    }
}

Describe 'README' {
    It 'has the two commands that continuous integration runs' {
        $commands = @($blocks.Where{ $_.Language -eq 'sh' }.Code)
        $ci = [System.IO.File]::ReadAllText("$RepositoryRoot/.ci/run")

        $commands | Should -HaveCount 2
        foreach ($command in $commands) {
            $ci | Should -Match "(?m)^$([regex]::Escape($command)) "
        }
    }

    It 'has a build line that builds the module' {
        $build = @($blocks.Where{ $_.Language -eq 'powershell' -and $_.Code -eq './build.ps1' })

        $build | Should -HaveCount 1
        $null = Invoke-Block $build[0].Code
        "$RepositoryRoot/MnistPS/bin/MnistPS.dll" | Should -Exist
    }

    It 'has lines that train the document''s network and show its mistakes' -Skip:(-not $MnistPath) {
        $code = @($blocks.Code.Where{ $_ -like 'Import-Module*' })

        $code | Should -HaveCount 1
        $output = @(Invoke-Block $code[0])
        $mistakes = @($output | Where-Object { $_ -is [MnistPS.Prediction] })
        $mistakes | Should -HaveCount 5
        $mistakes[0].Index | Should -Be 1
        "$RepositoryRoot/metrics.csv" | Should -Exist
        $rows = [System.IO.File]::ReadAllLines("$RepositoryRoot/metrics.csv")
        [System.IO.File]::Delete("$RepositoryRoot/metrics.csv")
        $rows | Should -HaveCount 21
        $rows[20] | Should -Match '0[.,]784'
    }

    It 'has lines that train a convolutional network to ninety-nine in a hundred' -Skip:(-not $MnistPath) {
        $code = @($blocks.Code.Where{ $_ -like '*-Preset ConvNet*' })

        $code | Should -HaveCount 1
        $metrics = @(Invoke-Block $code[0])
        $metrics[-1].TestAccuracy | Should -BeGreaterThan 0.99
    }

    It 'has lines that train layers of one''s own' -Skip:(-not $MnistPath) {
        $code = @($blocks.Code.Where{ $_ -like '*-Layer*' })

        $code | Should -HaveCount 1
        $metrics = @(Invoke-Block ('$data = Get-MnistDataset -TrainingCount 7000 -TestCount 500' + "`n" + $code[0]))
        $metrics | Should -HaveCount 2
        $metrics[1].ValidationAccuracy | Should -BeGreaterThan 0.5
    }

    It 'has lines that keep a network in a file' {
        $code = @($blocks.Code.Where{ $_ -like '*Export-MnistNetwork*' })

        $code | Should -HaveCount 1
        $data = New-BarDataset
        $network = New-MnistNetwork -Seed 1
        $null = $data | Invoke-MnistTraining -Network $network -Epochs 1
        # A reader may have left one in the repository.
        $predictions = @(Invoke-Block $code[0] -Location $TestDrive)
        "$TestDrive/digits.network" | Should -Exist
        $predictions | Should -HaveCount 5
        Join-Number $predictions.Confidence | Should -Be (Join-Number ($data.Test[0..4] | Invoke-MnistPrediction -Network $network).Confidence)
    }

    It 'has no other code than that' {
        @($blocks.Where{ $_.Language -notin 'sh', 'powershell', 'text' }) | Should -HaveCount 0
        @($blocks.Where{ $_.Language -eq 'powershell' }) | Should -HaveCount 5
    }
}
