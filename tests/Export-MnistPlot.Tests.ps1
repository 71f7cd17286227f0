BeforeDiscovery {
    # Where fontconfig lists no Korean font, no letters can be drawn.
    $hasKoreanFont = -not (Get-Command fc-list -ErrorAction Ignore) -or [bool](fc-list :lang=ko)
    # Other versions of the graphics library, which the specs' project downloads.
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget/packages')
    $native = $IsWindows ? 'skiasharp.nativeassets.win32' : $IsMacOS ? 'skiasharp.nativeassets.macos' : 'skiasharp.nativeassets.linux.nodependencies'
    $others = foreach ($version in '2.88.9', '4.155.0') {
        @{
            Version = $version
            Managed = Join-Path $packages "skiasharp/$version/lib"
            Native  = Join-Path $packages "$native/$version/runtimes"
        }
    }

    $mayHideFonts = $false
    if ($IsLinux -and (Get-Command unshare -ErrorAction Ignore)) {
        unshare --mount true 2>$null
        $mayHideFonts = $LASTEXITCODE -eq 0 -and (Test-Path /usr/share/fonts)
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $data = New-BarDataset
    $network = New-MnistNetwork -HiddenSize 12 -Seed 3
    $metrics = @($data | Invoke-MnistTraining $network -Epochs 4)
    $predictions = @($data.Test | Invoke-MnistPrediction $network)

    # The width and height in a PNG's header (https://www.w3.org/TR/png-3/#11IHDR).
    function Get-PngSize([string]$Path) {
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        [System.Convert]::ToHexString($bytes[0..7]) | Should -Be '89504E470D0A1A0A' -Because "$Path is a PNG"
        foreach ($at in 16, 20) { [System.Buffers.Binary.BinaryPrimitives]::ReadInt32BigEndian([byte[]]$bytes[$at..($at + 3)]) }
    }

    # The colours of a picture, such as 'FFFFFF', with their pixel counts, read by the library that has drawn it.
    function Get-PngColor([string]$Path) {
        $bitmap = Read-Bitmap $Path
        $counts = @{}
        foreach ($pixel in $bitmap.Pixels) { $counts["$pixel".Substring(3).ToUpperInvariant()]++ }
        $bitmap.Dispose()
        $counts
    }

    # The texts of an SVG, in order.
    function Get-SvgText([string]$Path) { ([xml](Get-Content $Path -Raw)).GetElementsByTagName('text').ForEach{ $_.InnerText.Trim() } }

    # Runs a script in a process of its own, and returns its output.
    function Invoke-Fresh([string]$Script, [string[]]$Before = @()) {
        $file = Get-TestPath "$([guid]::NewGuid()).ps1"
        Set-Content $file "`$ErrorActionPreference = 'Stop'`n$Script"
        $first, $rest = @($Before) + @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-File', $file
        & $first @rest 2>&1 | ForEach-Object { "$_" }
    }

    $importModule = "Import-Module '$MnistPSModule'"
}

Describe 'Export-MnistPlot' {
    Context 'curves' {
        It 'of a network are its history: training and test side by side, errors and accuracies' {
            $network | Export-MnistPlot (Get-TestPath 'network.svg')
            $texts = Get-SvgText (Get-TestPath 'network.svg')
            $texts | Should -Contain 'Training set error'
            $texts | Should -Contain 'Test set error'
            $texts | Should -Contain 'Training set accuracy'
            $texts | Should -Contain 'Test set accuracy'
            $texts | Should -Not -Contain 'Validation set error'
            @($texts -eq 'Epoch').Count | Should -Be 2

            # Each panel names its last value. The test panel has that of the test, unlike the tutorial, which has that of training.
            $texts | Should -Contain $metrics[-1].TestAccuracy.ToString('0.000', [cultureinfo]::InvariantCulture)
            $texts | Should -Contain $metrics[-1].TrainingError.ToString('0.000', [cultureinfo]::InvariantCulture)
        }

        It 'are the same of metrics, of a network, of copies, and of a CSV in any culture' {
            $metrics | Export-MnistPlot (Get-TestPath 'metrics.svg') -Title One
            $expected = Get-Content (Get-TestPath 'metrics.svg') -Raw
            $network | Export-MnistPlot (Get-TestPath 'same.svg') -Title One -Force
            Get-Content (Get-TestPath 'same.svg') -Raw | Should -BeExactly $expected

            $metrics | Select-Object * | Export-MnistPlot (Get-TestPath 'same.svg') -Title One -Force
            Get-Content (Get-TestPath 'same.svg') -Raw | Should -BeExactly $expected
            foreach ($name in 'en-US', 'de-DE') {
                Use-Culture $name {
                    $metrics | Export-Csv (Get-TestPath "$name.csv") -UseCulture
                    $metrics | Export-Csv (Get-TestPath "$name-comma.csv")
                }
            }
            Get-Content (Get-TestPath 'de-DE.csv') -Raw | Should -Match '"0,\d+";'
            foreach ($file in 'en-US.csv', 'de-DE.csv', 'de-DE-comma.csv') {
                Get-TestPath $file | Export-MnistPlot (Get-TestPath 'same.svg') -Title One -Force
                Get-Content (Get-TestPath 'same.svg') -Raw | Should -BeExactly $expected -Because "$file was given as a path"
                Get-Item (Get-TestPath $file) | Export-MnistPlot (Get-TestPath 'same.svg') -Title One -Force
                Get-Content (Get-TestPath 'same.svg') -Raw | Should -BeExactly $expected -Because "$file was given as a file"
            }
            Import-Csv (Get-TestPath 'de-DE-comma.csv') | Export-MnistPlot (Get-TestPath 'same.svg') -Title One -Force
            Get-Content (Get-TestPath 'same.svg') -Raw | Should -BeExactly $expected
        }

        It 'have validation where there is some' {
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 20 | Export-MnistPlot (Get-TestPath 'validation.svg')
            Get-SvgText (Get-TestPath 'validation.svg') | Should -Contain 'Validation set accuracy'
        }

        It 'of several runs are lines of their own, with a legend' {
            $rows = foreach ($rate in 0.001, 0.01, 0.1) {
                $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -LearningRate $rate -Epochs 2 |
                    Add-Member -NotePropertyName Rate -NotePropertyValue $rate -PassThru
            }
            $rows | Export-MnistPlot (Get-TestPath 'sweep.png') -Group Rate -Width 600
            $rows | Export-MnistPlot (Get-TestPath 'sweep.svg') -Group Rate
            $texts = Get-SvgText (Get-TestPath 'sweep.svg')
            foreach ($text in 'Rate', '0.001', '0.01', '0.1') { $texts | Should -Contain $text }
            $svg = Get-Content (Get-TestPath 'sweep.svg') -Raw

            # One line per run and panel, and one in the legend.
            foreach ($color in '#2F6FDE', '#E8710A', '#0F9D76') { [regex]::Matches($svg, "<path fill=`"none`" stroke=`"$color`"").Count | Should -Be 5 }
            $colors = Get-PngColor (Get-TestPath 'sweep.png')
            foreach ($color in '2F6FDE', 'E8710A', '0F9D76') { $colors[$color] | Should -BeGreaterThan 50 }
        }

        It 'of several networks or files are named after them' {
            $other = New-MnistNetwork -Seed 9
            $null = $data | Invoke-MnistTraining $other -Epochs 2
            $network, $other | Export-MnistPlot (Get-TestPath 'networks.svg')
            $texts = Get-SvgText (Get-TestPath 'networks.svg')
            foreach ($text in "$network, seed 3", "$other, seed 9") { $texts | Should -Contain $text }
            $metrics | Export-Csv (Get-TestPath 'first.csv')
            $other.History | Export-Csv (Get-TestPath 'second.csv')
            Get-ChildItem $TestDrive -Filter *st.csv | Export-MnistPlot (Get-TestPath 'one-file.svg')
            Get-Item (Get-TestPath 'first.csv'), (Get-TestPath 'second.csv') | Export-MnistPlot (Get-TestPath 'files.svg')
            $texts = Get-SvgText (Get-TestPath 'files.svg')
            $texts | Should -Contain 'first'
            $texts | Should -Contain 'second'
            Get-SvgText (Get-TestPath 'one-file.svg') | Should -Not -Contain 'first'
        }

        It 'of one epoch are points' {
            $metrics[0] | Export-MnistPlot (Get-TestPath 'one.png') -Width 800
            $colors = Get-PngColor (Get-TestPath 'one.png')
            $colors['2F6FDE'] | Should -BeGreaterThan 8
            $colors['E8710A'] | Should -BeGreaterThan 8
            $metrics[0] | Export-MnistPlot (Get-TestPath 'one.svg')

            # One point per panel, and no line.
            [regex]::Matches((Get-Content (Get-TestPath 'one.svg') -Raw), '<ellipse ').Count | Should -Be 4
        }

        It 'are within the picture where another program counts in percent' {
            0..3 | ForEach-Object { [pscustomobject]@{ Epoch = $_; TestAccuracy = 90 + $_ } } | Export-MnistPlot (Get-TestPath 'percent.png')
            $colors = Get-PngColor (Get-TestPath 'percent.png')
            $fractions = 0..3 | ForEach-Object { [pscustomobject]@{ Epoch = $_; TestAccuracy = 0.9 + $_ / 100 } }
            $fractions | Export-MnistPlot (Get-TestPath 'fractions.png')
            $line = (Get-PngColor (Get-TestPath 'fractions.png')).GetEnumerator().Where{ $_.Key -eq '2F6FDE' }
            $line | Should -Not -BeNullOrEmpty
            foreach ($one in $line) { $colors[$one.Key] | Should -BeGreaterThan 500 }
        }

        It 'leave out what is not finite, and say so' {
            $rows = $metrics | Select-Object *
            $rows[1].TestError = [double]::NaN
            $rows[2].TrainingError = [double]::PositiveInfinity
            $rows | Export-MnistPlot (Get-TestPath 'nan.svg') -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -Match '^2 numbers are not finite'
            Get-Content (Get-TestPath 'nan.svg') -Raw | Should -Not -Match 'NaN|Infinity|∞'
        }
    }

    Context 'other plots' {
        It 'has the counts of a confusion matrix, of predictions, their copies and their summary' {
            $predictions | Export-MnistPlot (Get-TestPath 'confusion.svg')
            $texts = Get-SvgText (Get-TestPath 'confusion.svg')
            $right = @($predictions.Where{ $_.IsCorrect }).Count
            $texts | Should -Contain "$right of 50 images read right, accuracy $(($right / 50).ToString('0.0000', [cultureinfo]::InvariantCulture))"
            foreach ($group in $predictions | Group-Object Expected, Label) { $texts | Should -Contain "$($group.Count)" }
            foreach ($text in 'read as', 'written', 'recall', 'precision') { $texts | Should -Contain $text }
            $expected = Get-Content (Get-TestPath 'confusion.svg') -Raw
            $predictions | Export-Csv (Get-TestPath 'predictions.csv')
            Import-Csv (Get-TestPath 'predictions.csv') | Export-MnistPlot (Get-TestPath 'confusion-same.svg')
            Get-Content (Get-TestPath 'confusion-same.svg') -Raw | Should -BeExactly $expected
            $summary = $predictions | Measure-MnistPrediction
            foreach ($same in $summary, $summary.ConfusionMatrix) {
                $same | Export-MnistPlot (Get-TestPath 'confusion-same.svg') -Force
                Get-Content (Get-TestPath 'confusion-same.svg') -Raw | Should -BeExactly $expected
            }
        }

        It 'has room for each number in the smallest picture' {
            $predictions | Export-MnistPlot (Get-TestPath 'small.svg') -Width 240 -Height 240
            $percents = ([xml](Get-Content (Get-TestPath 'small.svg') -Raw)).GetElementsByTagName('text').Where{ $_.InnerText.Trim() -match '%$' }
            $row = @(($percents | Group-Object y).Where{ $_.Count -gt 1 }[0].Group | Sort-Object { [double]$_.x })
            $row.Count | Should -BeGreaterThan 2

            # A digit is wider than half an em.
            for ($i = 1; $i -lt $row.Count; $i++) {
                $width = 0.55 * $row[$i - 1].'font-size' * $row[$i - 1].InnerText.Trim().Length
                [double]$row[$i].x - $row[$i - 1].x | Should -BeGreaterThan $width
            }
        }

        It 'counts a pair that is taken for another as often as it was' {
            $summary = $data.Test | Invoke-MnistPrediction (New-MnistNetwork -Seed 1) | Measure-MnistPrediction
            $pairs = @($summary.MostConfused)
            $wrong = $summary.Count - $summary.CorrectCount
            $wrong | Should -BeGreaterThan $pairs.Count -Because 'some pair has to come more than once'
            $pairs | Export-MnistPlot (Get-TestPath 'pairs.svg')
            Get-SvgText (Get-TestPath 'pairs.svg') | Should -Contain "0 of $wrong images read right, accuracy 0.0000"
        }

        It 'draws the weights of the first layer, one picture a unit' {
            $network | Export-MnistPlot (Get-TestPath 'weights.svg') -Kind Weights
            [regex]::Matches((Get-Content (Get-TestPath 'weights.svg') -Raw), '<use |<image ').Count | Should -BeGreaterOrEqual 12
            $texts = Get-SvgText (Get-TestPath 'weights.svg')
            $texts[0] | Should -Be 'Weights of dense 12'
            $texts[1] | Should -Match '^12 units after 4 epochs'
        }

        It 'draws weights that are not trained yet' {
            New-MnistNetwork -Preset ConvNet -Seed 1 | Export-MnistPlot (Get-TestPath 'filters.svg') -Kind Weights
            (Get-SvgText (Get-TestPath 'filters.svg'))[1] | Should -Match '^16 filters after 0 epochs'
        }

        It 'draws images with their labels, ink on paper' {
            $data.Test[0..5] | Export-MnistPlot (Get-TestPath 'images.svg')
            Get-SvgText (Get-TestPath 'images.svg') | Select-Object -Skip 2 | Should -Be $data.Test[0..5].Label
            $data.Test | Export-MnistPlot (Get-TestPath 'images.png') -Width 300
            (Get-PngColor (Get-TestPath 'images.png'))['FFFFFF'] | Should -BeGreaterThan 5000
        }

        It 'says what a mistake was' {
            $wrong = New-MnistNetwork -Seed 1
            $mistakes = @($data.Test | Invoke-MnistPrediction $wrong | Where-Object { -not $_.IsCorrect } | Select-Object -First 3)
            $mistakes | Export-MnistPlot (Get-TestPath 'mistakes.svg') -Kind Images
            Get-SvgText (Get-TestPath 'mistakes.svg') | Select-Object -Skip 2 | Should -Be $mistakes.ForEach{ "$($_.Label), was $($_.Expected)" }
        }

        It 'draws each pixel in its colour, whatever the size' {
            $pixels = [byte[]]::new(784)
            $pixels[0] = $pixels[783] = 255
            $image = [MnistPS.ImageSet]::new($pixels, [byte[]]::new(1))
            foreach ($theme in @{ Theme = 'Light'; Ink = '15181D' }, @{ Theme = 'Dark'; Ink = 'F4F6F8' }) {
                $image | Export-MnistPlot (Get-TestPath 'corners.png') -Theme $theme.Theme -Width 1000 -Height 1000 -Force
                $colors = Get-PngColor (Get-TestPath 'corners.png')
                $colors.Keys | Should -Contain $theme.Ink
            }
        }

        It 'draws as many pictures as it can in little more time than curves' {
            $many = [MnistPS.ImageSet]::new([byte[]]::new(400 * 784), [byte[]]::new(400))
            $curves, $images = { $network | Export-MnistPlot (Get-TestPath 'time.png') -Width 1120 -Height 1120 -Force }, { $many | Export-MnistPlot (Get-TestPath 'time.png') -Width 1120 -Height 1120 -Force }
            & $curves
            & $images
            $ratios = foreach ($pair in 1..5) { (Measure-Command $images).TotalSeconds / (Measure-Command $curves).TotalSeconds }
            ($ratios | Sort-Object)[2] | Should -BeLessThan 10
        }

        It 'draws the first 400 of many images, and says so' {
            [MnistPS.ImageSet]::new([byte[]]::new(401 * 784), [byte[]]::new(401)) |
                Export-MnistPlot (Get-TestPath 'many.png') -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings[0].Message | Should -Match '^The first 400 of 401 images'
        }

        It 'draws a sweep of learning rates, and the rate that it suggests' {
            $sweep = $data | Find-MnistLearningRate (New-MnistNetwork -Seed 1) -Steps 30
            $sweep | Export-MnistPlot (Get-TestPath 'found.svg')
            $rate = $sweep.SuggestedRate.ToString('G3', [cultureinfo]::InvariantCulture)
            Get-SvgText (Get-TestPath 'found.svg') | Should -Contain "suggested $rate"
        }

        It 'draws the steps of a sweep' {
            $steps = foreach ($power in -5..0) { [pscustomobject]@{ Rate = [math]::Pow(10, $power); SmoothedLoss = 2 - 0.3 * [math]::Min(5 + $power, 3) } }
            $steps | Export-MnistPlot (Get-TestPath 'sweep-rates.svg')
            $texts = Get-SvgText (Get-TestPath 'sweep-rates.svg')
            $texts | Should -Contain 'Learning rate'
            foreach ($decade in '1E-5', '0.001', '1') { $texts | Should -Contain $decade }
        }
    }

    Context 'the picture' {
        It 'is <Width> by <Height> for <Words>' -ForEach @(
            @{ Words = '-Width 600 -Height 300'; Arguments = @{ Width = 600; Height = 300 }; Width = 600; Height = 300 }
            @{ Words = '-Width 560'; Arguments = @{ Width = 560 }; Width = 560; Height = 375 }
            @{ Words = '-Height 1500'; Arguments = @{ Height = 1500 }; Width = 2240; Height = 1500 }
            @{ Words = 'nothing'; Arguments = @{}; Width = 1120; Height = 750 }
        ) {
            $metrics | Export-MnistPlot (Get-TestPath 'size.png') -Force @Arguments
            Get-PngSize (Get-TestPath 'size.png') | Should -Be $Width, $Height
            $metrics | Export-MnistPlot (Get-TestPath 'size.svg') -Force @Arguments
            $svg = ([xml](Get-Content (Get-TestPath 'size.svg') -Raw)).DocumentElement
            $svg.width, $svg.height | Should -Be "$Width", "$Height"
        }

        It 'is <Theme>, on <Background>' -ForEach @(
            @{ Theme = 'Light'; Background = 'FFFFFF'; Line = '2F6FDE' }
            @{ Theme = 'Dark'; Background = '14171C'; Line = '6BA4FF' }
        ) {
            $metrics | Export-MnistPlot (Get-TestPath 'theme.png') -Theme $Theme -Width 400 -Force
            $colors = Get-PngColor (Get-TestPath 'theme.png')
            ($colors.GetEnumerator() | Sort-Object Value -Descending)[0].Key | Should -Be $Background
            $colors[$Line] | Should -BeGreaterThan 50
        }

        It 'has a title with letters of a system font' -Skip:(-not $hasKoreanFont) {
            $metrics | Export-MnistPlot (Get-TestPath 'korean.svg') -Title '손글씨 숫자'
            -join (Get-SvgText (Get-TestPath 'korean.svg')) | Should -Match '^손글씨 ?숫자|^\p{IsHangulSyllables}'
        }

        It 'has a title' {
            $metrics | Export-MnistPlot (Get-TestPath 'title.svg') -Title 'Fünf & <drei>' -Force
            (Get-SvgText (Get-TestPath 'title.svg'))[0] | Should -BeExactly 'Fünf & <drei>'
            $metrics | Export-MnistPlot (Get-TestPath 'none.svg') -Title ''
            (Get-SvgText (Get-TestPath 'none.svg'))[0] | Should -Match '^4 epochs'
        }

        It 'is handed out with -PassThru, and else nothing' {
            $file = $metrics | Export-MnistPlot (Get-TestPath 'pass.png') -PassThru
            $file | Should -BeOfType ([System.IO.FileInfo])
            $file.FullName | Should -Be (Get-Item (Get-TestPath 'pass.png')).FullName
            $metrics | Export-MnistPlot (Get-TestPath 'pass.png') -Force | Should -BeNullOrEmpty
        }

        It 'is not drawn with -WhatIf' {
            $metrics | Export-MnistPlot (Get-TestPath 'what.png') -WhatIf
            Get-TestPath 'what.png' | Should -Not -Exist
        }

        It 'goes where the session is' {
            Push-Location $TestDrive
            try { $metrics | Export-MnistPlot here.png } finally { Pop-Location }
            Get-TestPath 'here.png' | Should -Exist
        }

        It 'leaves no other file behind' {
            $folder = New-Item (Get-TestPath 'folder') -ItemType Directory
            $metrics | Export-MnistPlot (Join-Path $folder 'a.png')
            (Get-ChildItem $folder).Name | Should -Be 'a.png'
        }

        It 'has its name as it is given by -LiteralPath, and -Path resolves wildcards' {
            $metrics | Export-MnistPlot -LiteralPath (Get-TestPath 'run[1].png')
            Get-ChildItem $TestDrive -Filter 'run*' | Should -HaveCount 1
            { $metrics | Export-MnistPlot (Get-TestPath 'run[1].png') -Force } | Should -Throw '*-LiteralPath*' -ErrorId 'NotOnePath,MnistPS.Commands.ExportMnistPlotCommand'
            $metrics | Export-MnistPlot (Get-TestPath 'run?1?.png') -Width 300 -Force
            (Get-PngSize (Get-TestPath 'run[1].png'))[0] | Should -Be 300
        }
    }

    Context 'bad input' {
        It 'says that nothing came' {
            { @() | Export-MnistPlot (Get-TestPath 'nothing.png') } |
                Should -Throw 'Nothing came down the pipeline*' -ErrorId 'NothingCame,MnistPS.Commands.ExportMnistPlotCommand'
            { Export-MnistPlot (Get-TestPath 'nothing.png') } | Should -Throw -ErrorId 'NothingCame,MnistPS.Commands.ExportMnistPlotCommand'
            Get-TestPath 'nothing.png' | Should -Not -Exist
        }

        It 'passes over what is foreign, and draws the rest' {
            $null, 5, $metrics[0], $predictions[0], $data, $metrics[1] | Export-MnistPlot (Get-TestPath 'foreign.svg') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems.Count | Should -Be 4
            foreach ($problem in $problems) { $problem.FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ExportMnistPlotCommand' }
            $problems[1].Exception.Message | Should -Match 'metrics, a metrics CSV, a network, predictions or images'
            $problems[2].Exception.Message | Should -Match 'metrics, a row or the path of a metrics CSV'
            (Get-SvgText (Get-TestPath 'foreign.svg'))[1] | Should -Match '^2 epochs'
        }

        It 'draws nothing where all is foreign' {
            5, 6 | Export-MnistPlot (Get-TestPath 'all-foreign.png') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems.Count | Should -Be 2
            Get-TestPath 'all-foreign.png' | Should -Not -Exist
        }

        It 'refuses a network without a history, and says what it can do' {
            New-MnistNetwork | Export-MnistPlot (Get-TestPath 'untrained.png') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'NetworkWithoutHistory,MnistPS.Commands.ExportMnistPlotCommand'
            $problems[0].Exception.Message | Should -Match '-Kind Weights'
            Get-TestPath 'untrained.png' | Should -Not -Exist
        }

        It 'refuses metrics without a finite number' {
            { [pscustomobject]@{ Epoch = 0; TestError = [double]::NaN; TestAccuracy = 'NaN' } | Export-MnistPlot (Get-TestPath 'all-nan.png') } |
                Should -Throw '*finite*' -ErrorId 'NothingToPlot,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'refuses predictions without labels, and counts them apart among others' {
            $bare = @(, $data.Test[0].Pixels | Invoke-MnistPrediction $network)
            { $bare | Export-MnistPlot (Get-TestPath 'bare.png') } | Should -Throw 'None of the 1 predictions*' -ErrorId 'PredictionsWithoutLabel,MnistPS.Commands.ExportMnistPlotCommand'
            @($bare) + $predictions | Export-MnistPlot (Get-TestPath 'some.svg') -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings[0].Message | Should -Match '^1 predictions do not say'
            (Get-SvgText (Get-TestPath 'some.svg'))[1] | Should -Match 'of 50 images'
        }

        It 'says what is no number in a row of metrics, and what is no digit in one of predictions' {
            [pscustomobject]@{ Epoch = '0'; TestError = 'lots' } | Export-MnistPlot (Get-TestPath 'row.png') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].Exception.Message | Should -Match "TestError is 'lots'"
            [pscustomobject]@{ Expected = '12'; Label = '3' } | Export-MnistPlot (Get-TestPath 'row.png') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'NotADigit,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'says why a file is no metrics CSV: <Name>' -ForEach @(
            @{ Name = 'not there'; Content = $null; Id = 'MetricsFileNotFound'; Message = '*no metrics file*' }
            @{ Name = 'empty'; Content = ''; Id = 'NotAMetricsFile'; Message = '*empty*' }
            @{ Name = 'a web page'; Content = '<html></html>'; Id = 'NotAMetricsFile'; Message = '*names no column Epoch*' }
            @{ Name = 'a header alone'; Content = 'Epoch,TestError'; Id = 'NotAMetricsFile'; Message = '*no line has an epoch*' }
            @{ Name = 'too many columns'; Content = "Epoch,TestError`n0,0,5"; Id = 'NotAMetricsFile'; Message = '*line 2 has 3 columns*' }
            @{ Name = 'no number'; Content = "Epoch,TestError`n0,much"; Id = 'NotAMetricsFile'; Message = "*line 2, TestError is 'much'*" }
        ) {
            $csv = Get-TestPath "$Name.csv"
            if ($null -ne $Content) { Set-Content $csv $Content -NoNewline }
            $csv | Export-MnistPlot (Get-TestPath 'csv.png') -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be "$Id,MnistPS.Commands.ExportMnistPlotCommand"
            $problems[0].Exception.Message | Should -BeLike $Message
            $problems[0].Exception.Message | Should -BeLike "*$csv*"
        }

        It 'refuses a file that is there, before anything is trained' {
            $path = Get-TestPath 'precious.png'
            Set-Content $path precious
            $script:trained = $false
            { & { $script:trained = $true; $metrics } | Export-MnistPlot $path } | Should -Throw '*-Force*' -ErrorId 'PictureFileExists,MnistPS.Commands.ExportMnistPlotCommand'
            $script:trained | Should -BeFalse
            Get-Content $path | Should -Be precious
            $metrics | Export-MnistPlot $path -Force
            Get-PngSize $path | Should -HaveCount 2
        }

        It 'refuses to write <Name>' -ForEach @(
            @{ Name = 'in a folder that is not there'; File = 'no/such.png'; Id = 'PictureFileNotWritable' }
            @{ Name = 'over a folder'; File = 'folder.png'; Id = 'PictureFileNotWritable' }
            @{ Name = 'an ending that it does not know'; File = 'curves.bmp'; Id = 'UnknownPictureFormat' }
            @{ Name = 'a name without an ending'; File = 'curves'; Id = 'UnknownPictureFormat' }
        ) {
            $null = New-Item (Get-TestPath 'folder.png') -ItemType Directory -Force
            foreach ($force in $false, $true) {
                { $metrics | Export-MnistPlot (Get-TestPath $File) -Force:$force } | Should -Throw "*$File*" -ErrorId "$Id,MnistPS.Commands.ExportMnistPlotCommand"
            }
        }

        It 'refuses a name that no file can have' {
            { $metrics | Export-MnistPlot "a`0.png" } | Should -Throw '*cannot be written*Null character*' -ErrorId 'PictureFileNotWritable,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'refuses to write where the system does' -Skip:(-not $IsLinux) {
            { $metrics | Export-MnistPlot /proc/curves.png } | Should -Throw "*'/proc/curves.png' cannot be written*" -ErrorId 'PictureFileNotWritable,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'refuses -<Parameter> <Value>' -ForEach @(
            @{ Parameter = 'Width'; Value = 239; Limit = 240 }
            @{ Parameter = 'Width'; Value = 8193; Limit = 8192 }
            @{ Parameter = 'Height'; Value = 0; Limit = 240 }
            @{ Parameter = 'Height'; Value = -5; Limit = 240 }
        ) {
            $size = @{ $Parameter = $Value }
            { $metrics | Export-MnistPlot (Get-TestPath 'size.png') @size } | Should -Throw "*$Limit*" -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'refuses a group that is not there, or that has nothing to tell apart' {
            $metrics[0] | Export-MnistPlot (Get-TestPath 'group.png') -Group Rate -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'GroupNotFound,MnistPS.Commands.ExportMnistPlotCommand'
            $problems[0].Exception.Message | Should -Match "no property 'Rate'.*LearningRate"
            $predictions[0] | Export-MnistPlot (Get-TestPath 'group.png') -Group Label -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'GroupWithoutRuns,MnistPS.Commands.ExportMnistPlotCommand'
        }

        It 'refuses a second network for one plot of weights' {
            $network, $network | Export-MnistPlot (Get-TestPath 'two.png') -Kind Weights -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'OneNetworkAPlot,MnistPS.Commands.ExportMnistPlotCommand'
        }
    }

    Context 'the graphics library' {
        BeforeAll {
            $makeMetrics = '$metrics = foreach ($epoch in 0..2) { [pscustomobject]@{ Epoch = $epoch; TestError = 1 - $epoch / 4; TestAccuracy = $epoch / 4 } }'
            & ([scriptblock]::Create($makeMetrics + '; $metrics | Export-MnistPlot (Get-TestPath reference.png)'))
            $reference = (Get-FileHash (Get-TestPath 'reference.png')).Hash
        }

        It 'is not loaded by the import, by training, or by a plot in the terminal' {
            Invoke-Fresh @"
                $importModule
                $makeMetrics
                `$null = New-MnistNetwork; `$null = `$metrics | Show-MnistPlot
                [System.Runtime.Loader.AssemblyLoadContext]::All.Name -join ' '
                [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ `$_.GetName().Name } -match 'Skia|ScottPlot|Imaging|HarfBuzz|Avalonia'
"@ | Should -Not -Match 'Skia|ScottPlot|Imaging|HarfBuzz|Avalonia'
        }

        It 'does not meet SkiaSharp <Version> of another module' -ForEach $others {
            if (-not (Test-Path $Managed) -or -not (Test-Path $Native)) { Set-ItResult -Skipped -Because "SkiaSharp $Version is not among the downloaded packages"; return }
            $folder = New-Item (Get-TestPath "skia-$Version") -ItemType Directory
            $best = 'net10.0', 'net9.0', 'net8.0', 'net6.0', 'netstandard2.0' | Where-Object { Test-Path (Join-Path $Managed "$_/SkiaSharp.dll") } | Select-Object -First 1
            Copy-Item (Join-Path $Managed "$best/SkiaSharp.dll") $folder
            $rid = $IsMacOS ? 'osx' : [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
            Copy-Item (Join-Path $Native "$rid/native/libSkiaSharp.*") $folder
            $lines = @(Invoke-Fresh @"
                Add-Type -Path '$folder/SkiaSharp.dll'
                `$other = [SkiaSharp.SKBitmap]::new(7, 5)
                $importModule
                $makeMetrics
                `$metrics | Export-MnistPlot '$TestDrive/skia-$Version.png'
                `$again = [SkiaSharp.SKBitmap]::new(8, 6)
                "`$(`$other.Width) `$(`$again.Height) `$([SkiaSharp.SKBitmap].Assembly.GetName().Version.ToString(2))"
"@)
            $lines | Should -Be "7 6 $($Version -replace '\.\d+$')"
            (Get-FileHash (Get-TestPath "skia-$Version.png")).Hash | Should -Be $reference
        }

        It 'draws in parallel from the first picture on' {
            Invoke-Fresh @"
                1..4 | ForEach-Object -Parallel {
                    $importModule
                    $makeMetrics
                    `$metrics | Export-MnistPlot "$TestDrive/parallel-`$_.png"
                } -ThrottleLimit 4
"@ | Should -BeNullOrEmpty
            foreach ($i in 1..4) { (Get-FileHash (Get-TestPath "parallel-$i.png")).Hash | Should -Be $reference }
        }

        It 'draws the same text where no font is installed' -Skip:(-not $mayHideFonts) {
            Invoke-Fresh "if (Get-ChildItem /usr/share/fonts) { 'fonts are there' }; $importModule; $makeMetrics; `$metrics | Export-MnistPlot '$TestDrive/fontless.png'; `$metrics | Export-MnistPlot '$TestDrive/fontless-korean.png' -Title 손글씨" -Before 'unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /usr/share/fonts && exec "$@"', 'sh' |
                Should -BeNullOrEmpty
            (Get-FileHash (Get-TestPath 'fontless.png')).Hash | Should -Be $reference
            Get-PngSize (Get-TestPath 'fontless-korean.png') | Should -HaveCount 2
        }

        It 'says what is missing where its native part is <Name>, and all else goes on' -ForEach @(
            @{ Name = 'not there'; Break = { param($Runtimes) Get-ChildItem $Runtimes | Remove-Item -Recurse }; Message = "*there is no '*libSkiaSharp*" }
            @{ Name = 'for other platforms'; Break = { param($Runtimes) Get-ChildItem $Runtimes | Rename-Item -NewName { "other-$($_.Name)" } }; Message = '*draws on other-*' }
            @{ Name = 'damaged'; Break = { param($Runtimes) Get-ChildItem $Runtimes -Recurse -File | Set-Content -Value damaged }; Message = '*cannot be loaded*' }
        ) {
            $copy = Join-Path $TestDrive $Name 'MnistPS'
            Copy-Item $module.ModuleBase $copy -Recurse
            & $Break (Join-Path $copy 'bin' 'Imaging' 'runtimes')
            $lines = @(Invoke-Fresh @"
                Import-Module '$copy'
                $makeMetrics
                try { `$metrics | Export-MnistPlot '$TestDrive/broken.png' } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }
                (New-MnistNetwork).EpochsTrained
                @(`$metrics | Show-MnistPlot).Count
"@)
            $lines | Should -HaveCount 4
            $lines[0] | Should -Be 'ImagingNotAvailable,MnistPS.Commands.ExportMnistPlotCommand'
            $lines[1] | Should -BeLike "*$([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)*Show-MnistPlot*"
            $lines[1] | Should -BeLike $Message
            $lines[2] | Should -Be 0
            [int]$lines[3] | Should -BeGreaterThan 8
            Get-TestPath 'broken.png' | Should -Not -Exist
        }

        It 'comes with its licences and with parts for every platform that is promised' {
            $folder = Join-Path $module.ModuleBase bin Imaging
            (Get-ChildItem (Join-Path $folder 'runtimes')).Name | Sort-Object | Should -Be 'linux-arm64', 'linux-musl-x64', 'linux-x64', 'osx', 'win-arm64', 'win-x64'
            $notices = Get-Content (Join-Path $folder 'THIRD-PARTY-NOTICES.md') -Raw
            foreach ($file in Get-ChildItem $folder -Filter *.dll | Where-Object Name -NotLike 'MnistPS*') { $notices | Should -Match ([regex]::Escape($file.Name)) }
            $notices | Should -Match 'Open Font License'
        }
    }
}
