BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $data = New-BarDataset
    $network = New-MnistNetwork -HiddenSize 20 -Activation Tanh -Seed 1
    $null = $data | Invoke-MnistTraining $network -Epochs 3 -BatchSize 10
}

Describe 'Export-MnistReport' {
    It 'writes one HTML file and hands nothing out' {
        $path = Join-Path $TestDrive 'report.html'
        $network | Export-MnistReport $path $data | Should -BeNullOrEmpty
        foreach ($section in 'curves', 'training', 'confusion', 'digits', 'mistakes', 'calibration', 'card', 'note') {
            $path | Should -FileContentMatch "<section id=""$section"">"
        }
        Get-ChildItem $TestDrive -Filter 'report*' | Should -HaveCount 1
    }

    It 'hands the file out when it is told to, and takes a title as text' {
        $path = Join-Path $TestDrive 'passed.html'
        $file = Export-MnistReport -LiteralPath $path -Network $network -Dataset $data -Title 'Bars & <more>' -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be $path
        $path | Should -FileContentMatch '<title>Bars &amp; &lt;more&gt;</title>'
    }

    It 'refers to nothing outside the file, and forbids it' {
        $path = Join-Path $TestDrive 'alone.html'
        $network | Export-MnistReport $path $data
        $report = Get-Content $path -Raw
        $report | Should -Match "Content-Security-Policy"" content=""default-src 'none';"
        [regex]::Matches($report, '(?:src|href)="(?!data:|#)').Count | Should -Be 0
    }

    It 'gives the digests of the data' {
        $path = Join-Path $TestDrive 'digests.html'
        $network | Export-MnistReport $path $data
        foreach ($set in $data.Training, $data.Test) {
            $bytes = [byte[]] @($set | ForEach-Object { $_.Pixels }; $set.Labels)
            $path | Should -FileContentMatch ([System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant())
        }
    }

    It 'says the same in every culture' {
        $texts = foreach ($culture in 'en-US', 'de-DE') {
            Use-Culture $culture { $network | Export-MnistReport (Get-TestPath 'culture.html') $data -Force }
            Get-Content (Get-TestPath 'culture.html') -Raw
        }
        $texts[1] | Should -BeExactly $texts[0]
    }

    It 'gives the commands that make the same network again: <Name>' -ForEach @(
        @{ Name = 'the tutorial''s'; Make = { New-MnistNetwork -HiddenSize 30 -WeightRange 0.2 -Seed 4 }; Train = { $_ | Invoke-MnistTraining $network -Epochs 2 } }
        @{ Name = 'a preset'; Make = { New-MnistNetwork -Preset ConvNet -LabelSmoothing 0.1 -Seed 5 }; Train = { $_ | Invoke-MnistTraining $network -Epochs 2 -Augment Shift -WeightDecay 1e-3 } }
        @{ Name = 'layers, twice'; Make = { New-MnistNetwork -Layer 'dense 20', 'batchnorm', 'sigmoid', 'dense 10' -Initializer Glorot -Seed 6 }; Train = {
                $_ | Invoke-MnistTraining $network -Epochs 5 -Schedule Cosine | Select-Object -First 2
                $_ | Invoke-MnistTraining $network -Epochs 3 -ValidationFraction 0.2 -EarlyStoppingPatience 1 -NoShuffle -Precision Double
            }
        }
    ) {
        $path = Join-Path $TestDrive 'again.html'
        $digits = Get-MnistDataset -Synthetic -TrainingCount 200 -TestCount 50
        $network = & $Make
        $null = $digits | ForEach-Object $Train
        $network | Export-MnistReport $path $digits -Force
        $code = [regex]::Match((Get-Content $path -Raw), '(?s)<code>(.*)</code>').Groups[1].Value
        $command = [System.Net.WebUtility]::HtmlDecode($code -replace '</?span>')
        $again = & ([scriptblock]::Create("`$null = . {`n$command`n}`n`$network"))
        Join-Number $again.History.TestError | Should -BeExactly (Join-Number $network.History.TestError)
        Join-Number ($digits.Test[0] | Invoke-MnistPrediction $again).Scores |
            Should -BeExactly (Join-Number ($digits.Test[0] | Invoke-MnistPrediction $network).Scores)
    }

    It 'reports predictions of other images' {
        $path = Join-Path $TestDrive 'other.html'
        $predictions = $data.Training | Invoke-MnistPrediction $network
        $network | Export-MnistReport $path $data -Prediction $predictions
        $path | Should -FileContentMatch 'of 100 images that were handed over with their digits'
    }

    It 'counts predictions without a digit apart' {
        $path = Join-Path $TestDrive 'apart.html'
        $predictions = @($data.Test | Invoke-MnistPrediction $network) + @(, $data.Test[0].Pixels | Invoke-MnistPrediction $network)
        $network | Export-MnistReport $path $data -Prediction $predictions
        $path | Should -FileContentMatch 'of 50 images that were handed over'
        $path | Should -FileContentMatch '1 more had no digit'
    }

    It 'refuses predictions of which none has a digit: <Name>' -ForEach @(
        @{ Name = 'bare arrays'; Predict = { , $data.Test[0].Pixels | Invoke-MnistPrediction $network } }
        @{ Name = 'none at all'; Predict = { } }
    ) {
        $path = Join-Path $TestDrive 'bare.html'
        { $network | Export-MnistReport $path $data -Prediction @(& $Predict) } |
            Should -Throw -ErrorId 'NothingToMeasure,MnistPS.Commands.ExportMnistReportCommand'
        $path | Should -Not -Exist
    }

    It 'refuses a data set without test images, unless there are predictions' {
        $path = Join-Path $TestDrive 'untested.html'
        $untested = $data.Training | New-MnistDataset Own
        { $network | Export-MnistReport $path $untested } |
            Should -Throw "The data set 'Own' has no test images*-TrainingFraction 0.8*-Prediction*" -ErrorId 'NothingToMeasure,MnistPS.Commands.ExportMnistReportCommand'
        $path | Should -Not -Exist
        $network | Export-MnistReport $path $untested -Prediction @($data.Test | Invoke-MnistPrediction $network)
        $path | Should -Exist
    }

    It 'refuses a network without a history' {
        $path = Join-Path $TestDrive 'untrained.html'
        { New-MnistNetwork | Export-MnistReport $path $data } |
            Should -Throw '*never trained*Invoke-MnistTraining*' -ErrorId 'NetworkNotTrained,MnistPS.Commands.ExportMnistReportCommand'
        $path | Should -Not -Exist
    }

    It 'reports a single epoch, and a network from a file' {
        $path = Join-Path $TestDrive 'one.html'
        $one = New-MnistNetwork -Seed 2
        $null = $data | Invoke-MnistTraining $one -Epochs 1
        $one | Export-MnistNetwork (Join-Path $TestDrive 'one.network')
        Import-MnistNetwork (Join-Path $TestDrive 'one.network') | Export-MnistReport $path $data
        $path | Should -FileContentMatch '<title>epoch 0, training: '
        $path | Should -FileContentMatch 'New-MnistNetwork</span> <span>-HiddenSize</span> <span>100</span>'
    }

    It 'says that nothing came down the pipeline' {
        $path = Join-Path $TestDrive 'nothing.html'
        { @() | Export-MnistReport $path $data } | Should -Throw '*No network came*$network | Export-MnistReport file.html $data' -ErrorId 'NoNetwork,MnistPS.Commands.ExportMnistReportCommand'
        $path | Should -Not -Exist
    }

    It 'takes the data set down the pipeline as well' {
        $path = Join-Path $TestDrive 'piped.html'
        $data | Export-MnistReport $path -Network $network
        $path | Should -FileContentMatch ([regex]::Escape($network.Seed))
        Export-MnistReport $path -Force -Network $network -Dataset $data -PassThru | Should -BeOfType System.IO.FileInfo
    }

    It 'asks for the data set where only a network comes' {
        $path = Join-Path $TestDrive 'no-data.html'
        $problems = @(try { $network | Export-MnistReport $path -ErrorAction SilentlyContinue -ErrorVariable found; $found } catch { $found; $_ })
        "$problems" | Should -BeLike '*Dataset*'
        $path | Should -Not -Exist
    }

    It 'writes nothing where it is asked what it would do' {
        $path = Join-Path $TestDrive 'what-if.html'
        $network | Export-MnistReport $path $data -WhatIf -PassThru | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'leaves a file that is there, unless it is told to replace it' {
        $path = Join-Path $TestDrive 'there.html'
        Set-Content $path 'mine'
        { $network | Export-MnistReport $path $data } |
            Should -Throw '*there already*-Force*' -ErrorId 'ReportFileExists,MnistPS.Commands.ExportMnistReportCommand'
        Get-Content $path | Should -Be 'mine'
        $network | Export-MnistReport $path $data -Force
        $path | Should -FileContentMatch '<section id="card">'
    }

    It 'refuses the ending of another format' {
        { $network | Export-MnistReport (Join-Path $TestDrive 'report.pdf') $data } |
            Should -Throw "*ends in '.pdf'*.html was expected*" -ErrorId 'NotHtml,MnistPS.Commands.ExportMnistReportCommand'
    }

    It 'is shown where the system has something to open it with' -Skip:(-not $IsLinux) {
        $opened = Join-Path $TestDrive 'opened.txt'
        $tools = New-Item (Join-Path $TestDrive 'tools') -ItemType Directory
        Set-Content (Join-Path $tools 'xdg-open') "#!/bin/sh`nprintf %s ""`$1"" > '$opened'"
        chmod +x (Join-Path $tools 'xdg-open')
        $before = $env:PATH
        $env:PATH = "$tools$([System.IO.Path]::PathSeparator)$before"
        try {
            $path = Join-Path $TestDrive 'shown.html'
            $network | Export-MnistReport $path $data -Show
            for ($i = 0; $i -lt 50 -and -not (Get-Content $opened -ErrorAction Ignore); $i++) { Start-Sleep -Milliseconds 100 }
            Get-Content $opened | Should -Be ([uri]::new($path).AbsoluteUri)
        }
        finally { $env:PATH = $before }
    }

    It 'says where it cannot write: <Name>' -ForEach @(
        @{ Name = 'no such folder'; Path = { Join-Path $TestDrive 'no' 'such.html' }; Id = 'ReportFileNotWritable' }
        @{ Name = 'a folder'; Path = { "$TestDrive" }; Id = 'ReportFileNotWritable' }
        @{ Name = 'no file system'; Path = { 'Env:report.html' }; Id = 'NotFileSystemPath' }
    ) {
        { $network | Export-MnistReport (& $Path) $data -Force } | Should -Throw "*$(& $Path)*" -ErrorId "$Id,MnistPS.Commands.ExportMnistReportCommand"
    }
}
