# Every command of the README, run as it is written.

BeforeDiscovery {
    . $PSScriptRoot/common.ps1
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    $readme = Get-Content (Join-Path $RepositoryRoot README.md) -Raw
    $blocks = @([regex]::Matches($readme, '(?ms)^```(?<language>\w+)\n(?<code>.*?)^```') | ForEach-Object {
        @{ Language = $_.Groups['language'].Value; Code = $_.Groups['code'].Value.Trim() }
    })

    function Invoke-Block([string] $Code, [string] $Location = $RepositoryRoot) {
        # In the repository, as for a reader, and with MNIST from the tests' folder.
        $cache = $env:MNISTPS_CACHE
        Push-Location $Location
        $env:MNISTPS_CACHE = $MnistPath
        try {
            # An installed module is imported by its own name, and a session holds only one version.
            . ([scriptblock]::Create(($env:MNISTPS_TEST_MODULE ? $Code.Replace('Import-Module ./MnistPS', "Import-Module '$MnistPSModule'") : $Code)))
        }
        finally {
            $env:MNISTPS_CACHE = $cache
            Pop-Location
        }
    }
}

Describe 'README' {
    It 'has the two commands that continuous integration runs' {
        $commands = @($blocks.Where{ $_.Language -eq 'sh' }.Code)
        $ci = Get-Content (Join-Path $RepositoryRoot .ci run) -Raw

        $commands | Should -HaveCount 2
        foreach ($command in $commands) {
            $ci | Should -Match "(?m)^$([regex]::Escape($command)) "
        }
    }

    # Windows locks the files of a loaded module, as this one is.
    It 'has a build line that builds the module' -Skip:$IsWindows {
        $build = @($blocks.Where{ $_.Language -eq 'powershell' -and $_.Code -eq './build.ps1' })

        $build | Should -HaveCount 1
        $null = Invoke-Block $build[0].Code
        "$RepositoryRoot/MnistPS/bin/MnistPS.dll" | Should -Exist
    }

    It 'has lines that train the tutorial''s network and show its mistakes' -Skip:(-not $MnistPath) {
        $code = @($blocks.Code.Where{ $_ -like 'Import-Module*' })

        $code | Should -HaveCount 1
        Remove-Item "$RepositoryRoot/metrics2.csv" -ErrorAction Ignore
        $output = @(Invoke-Block $code[0])
        $mistakes = @($output | Where-Object { $_ -is [MnistPS.Prediction] })
        $mistakes | Should -HaveCount 5
        $mistakes[0].Index | Should -Be 1
        $rows = Get-Content "$RepositoryRoot/metrics2.csv"
        Remove-Item "$RepositoryRoot/metrics2.csv"
        $rows | Should -HaveCount 21
        $rows[20] | Should -Match '0\.784'
    }

    It 'shows what those lines print, but for times' -Skip:(-not $MnistPath) {
        $shown = @($blocks.Where{ $_.Language -eq 'text' }.Code -split "`n")
        $data = Get-MnistDataset -TrainingCount 1000 -TestCount 1000 -CachePath $MnistPath
        $metrics = $data | Invoke-MnistTraining -Network (New-MnistNetwork -Seed 884736743)
        $printed = ($metrics | Out-String -Width 80).Trim("`r", "`n") -split "`r?`n"
        foreach ($line in $shown.Where{ $_ -ne '    …' }) { $printed -replace '^(.{59}).*', '$1' | Should -Contain ($line -replace '^(.{59}).*', '$1') }
    }

    It 'has lines that show what came of it' {
        $code = @($blocks.Code.Where{ $_ -like '*Show-MnistPlot*' })

        $code | Should -HaveCount 1
        $data = New-BarDataset
        $network = New-MnistNetwork -Seed 1
        $null = $data | Invoke-MnistTraining -Network $network -Epochs 2
        $predictions = $data.Test | Invoke-MnistPrediction -Network $network
        $output = @(Invoke-Block $code[0] -Location $TestDrive)
        $output -like 'Training set error*' | Should -Not -BeNullOrEmpty
        @($output | Where-Object { $_ -is [MnistPS.PredictionSummary] }) | Should -HaveCount 1
        foreach ($name in 'curves2.png', 'report.html') { Join-Path $TestDrive $name | Should -Exist }
    }

    It 'has lines that train a convolutional network to ninety-nine in a hundred, and make a page of it' -Skip:(-not $MnistPath) {
        $code = @($blocks.Code.Where{ $_ -like '*-Preset ConvNet*' })

        $code | Should -HaveCount 1
        $metrics = @(Invoke-Block $code[0] -Location $TestDrive)
        $metrics[-1].TestAccuracy | Should -BeGreaterThan 0.99
        Join-Path $TestDrive draw.html | Should -Exist
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
        # An earlier run may have left a file in the repository.
        $predictions = @(Invoke-Block $code[0] -Location $TestDrive)
        "$TestDrive/digits.safetensors" | Should -Exist
        $predictions | Should -HaveCount 5
        Join-Number $predictions.Confidence | Should -Be (Join-Number ($data.Test[0..4] | Invoke-MnistPrediction -Network $network).Confidence)
    }

    It 'writes no file that another of its lines has written' {
        # The main command's files, and those of the lines. An existing file is not replaced.
        $files = @([regex]::Match($readme, 'writes `([\w.]+)` and `([\w.]+)`').Groups[1, 2].Value) +
            @($blocks.Where{ $_.Language -eq 'powershell' }.Code | Select-String '(?:-MetricsPath|Export-Mnist\w+) ([\w.]+)' -AllMatches | ForEach-Object { $_.Matches.ForEach{ $_.Groups[1].Value } })
        $files | Should -HaveCount 7
        $files | Should -Be @($files | Select-Object -Unique)
    }

    It 'names every cmdlet and links to its page' {
        foreach ($name in (Get-Command -Module MnistPS).Name) { $readme.Contains("[``$name``](docs/en-US/$name.md)") | Should -BeTrue -Because "it is to have a link to $name" }
    }

    It 'has no link into nowhere' {
        $links = [regex]::Matches($readme, '\]\((?!https:)([^)#]+)|(?:src|srcset)="([^"]+)"').ForEach{ $_.Groups[1].Value + $_.Groups[2].Value }
        $links.Count | Should -BeGreaterThan 20
        foreach ($link in $links) { Join-Path $RepositoryRoot $link | Should -Exist }
    }

    It 'can be read in one go' {
        (Get-Content (Join-Path $RepositoryRoot README.md)).Count | Should -BeLessThan 120
    }

    It 'has no other code than that' {
        @($blocks.Where{ $_.Language -notin 'sh', 'powershell', 'text' }) | Should -HaveCount 0
        @($blocks.Where{ $_.Language -eq 'text' }) | Should -HaveCount 1
        @($blocks.Where{ $_.Language -eq 'powershell' }) | Should -HaveCount 6
    }
}
