BeforeDiscovery {
    # tests/terminals/terminal.py emulates the terminal.
    $hasTerminal = -not $IsWindows -and (Get-Command python3 -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # Output in a real terminal would be in colour.
    $colorWish = $env:NO_COLOR
    $env:NO_COLOR = '1'

    # A full image, one with a diagonal, and two empty ones.
    $pixels = [byte[]]::new(4 * 784)
    for ($i = 0; $i -lt 784; $i++) { $pixels[$i] = 255 }
    for ($i = 0; $i -lt 28; $i++) { $pixels[784 + 29 * $i] = 200 }
    $set = [MnistPS.ImageSet]::new($pixels, [byte[]](8, 1, 0, 9))

    # The titles above the images, in order, at any terminal width.
    function Get-Title { process { foreach ($match in [regex]::Matches($_, '\d+: \d')) { $match.Value } } }
}

AfterAll {
    $env:NO_COLOR = $colorWish
}

Describe 'Show-MnistImage' {
    Context 'one image' {
        It 'has a line with index and label, and a line for two rows of pixels' {
            $lines = $set[0] | Show-MnistImage
            $lines.Count | Should -Be 15
            $lines[0] | Should -Be '0: 8'
            foreach ($line in $lines[1..14]) { $line | Should -BeExactly ('@' * 28) }
        }

        It 'is darker where there is more ink' {
            $lines = $set[1] | Show-MnistImage
            $lines[0] | Should -Be '1: 1'
            $lines[1] | Should -BeExactly '--'
            $lines[14] | Should -BeExactly ((' ' * 26) + '--')
        }

        It 'is made of strings' {
            $set[1] | Show-MnistImage | Should -BeOfType ([string])
        }
    }

    Context 'several images' {
        It 'come in order, from the pipeline, by name or by position' {
            $set | Show-MnistImage | Get-Title | Should -Be '0: 8', '1: 1', '2: 0', '3: 9'
            $set[3], $set[1] | Show-MnistImage | Get-Title | Should -Be '3: 9', '1: 1'
            Show-MnistImage -InputObject $set | Get-Title | Should -Be '0: 8', '1: 1', '2: 0', '3: 9'
            Show-MnistImage $set[3], $set[1] | Get-Title | Should -Be '3: 9', '1: 1'
        }

        It 'stand side by side' {
            $lines = [MnistPS.TerminalImage]::Draw([MnistPS.MnistImage[]]$set[1, 0], $false)
            $lines.Count | Should -Be 15
            $lines[0] | Should -BeExactly ('1: 1' + (' ' * 26) + '0: 8')
            $lines[1] | Should -BeExactly ('--' + (' ' * 28) + ('@' * 28))
        }

        It 'are <Images> in <Columns> columns' -ForEach @(
            @{ Columns = 0; Images = 1 }
            @{ Columns = 57; Images = 1 }
            @{ Columns = 58; Images = 2 }
            @{ Columns = 80; Images = 2 }
            @{ Columns = 118; Images = 4 }
        ) {
            [MnistPS.TerminalImage]::CountPerRow($Columns) | Should -Be $Images
        }
    }

    Context 'in colour' {
        It 'draws half blocks, the upper pixel over the lower one' {
            $lines = [MnistPS.TerminalImage]::Draw([MnistPS.MnistImage[]]@(, $set[1]), $true)
            $e = [char]27
            $lines.Count | Should -Be 15
            $lines[1] | Should -BeExactly ("$e[38;2;200;200;200m$e[48;2;0;0;0m▀$e[38;2;0;0;0m$e[48;2;200;200;200m▀$e[48;2;0;0;0m" + ('▀' * 26) + "$e[0m")
        }

        It 'is <Used> where <Where>' -ForEach @(
            @{ Used = $true; Where = 'a terminal knows it'; Arguments = $null, 'Host', $true, $true }
            @{ Used = $true; Where = 'NO_COLOR is empty'; Arguments = '', $null, $true, $true }
            @{ Used = $false; Where = 'NO_COLOR is set'; Arguments = '1', 'Host', $true, $true }
            @{ Used = $false; Where = 'the session is in plain text'; Arguments = $null, 'PlainText', $true, $true }
            @{ Used = $false; Where = 'the lines go elsewhere'; Arguments = $null, 'Host', $false, $true }
            @{ Used = $false; Where = 'the terminal knows none'; Arguments = $null, 'Host', $true, $false }
        ) {
            $noColor, $rendering, $isShown, $knowsColor = $Arguments
            [MnistPS.TerminalImage]::MayHaveColor($noColor, $rendering, $isShown, $knowsColor) | Should -Be $Used
        }

        It 'is not used for a command behind it' {
            $set[1] | Show-MnistImage | Should -Not -Match ([char]27)
        }
    }

    Context 'what was read of images' {
        BeforeAll {
            $network = New-MnistNetwork -Layer 'dense 10' -Seed 1
            $predictions = @($set | Invoke-MnistPrediction $network)
            $wrong = @($predictions | Where-Object IsCorrect -EQ $false)[0]
        }

        It 'has what was read below, and what it was where that was wrong' {
            $lines = $wrong | Show-MnistImage
            $lines.Count | Should -Be 16
            $lines[0] | Should -BeExactly "$($wrong.Index): $($wrong.Expected)"
            $lines[15] | Should -BeExactly "$($wrong.Label), was $($wrong.Expected)"
            ($predictions | Measure-MnistPrediction).Mistakes[0] | Show-MnistImage | Select-Object -Last 1 | Should -Match '^\d, was \d$'
        }

        It 'has no more than that where the digit is not known' {
            $bare = , $set[1].Pixels | Invoke-MnistPrediction $network
            $lines = $bare | Show-MnistImage
            $lines[0] | Should -BeExactly '0:'
            $lines[5] | Should -BeExactly "$(' ' * 8)--"
            $lines[15] | Should -BeExactly "$($bare.Label)"
        }

        It 'stands side by side with other images' {
            $lines = $set[0], $wrong | Show-MnistImage -Renderer Ascii
            $lines | Select-Object -Last 1 | Should -BeLike "*$($wrong.Label), was $($wrong.Expected)"
        }

        It 'has both labels where one is in doubt' {
            $issue = @(Get-MnistDataset -Synthetic -TrainingCount 200 -TestCount 1 | Find-MnistLabelIssue Mlp -FoldCount 2 -Epochs 2 -Seed 7)[0]
            $lines = $issue | Show-MnistImage
            $lines[15] | Should -BeExactly "labelled $($issue.GivenLabel), read as $($issue.SuggestedLabel)"
        }
    }

    Context 'a renderer' {
        BeforeAll {
            $e = [char]27

            # The named groups of a pattern that the whole text matches.
            function Split-Match([string]$Text, [string]$Pattern) {
                $match = [regex]::Match($Text, $Pattern)
                $match.Success | Should -BeTrue -Because "'$Text' is like '$Pattern'"
                , $match.Groups
            }

            # The chunks of a PNG by name, if its lengths add up.
            function Read-Png([byte[]]$Bytes) {
                $chunks = @{}
                for ($at = 8; $at -lt $Bytes.Length; $at += $length + 12) {
                    $length = [System.BitConverter]::ToInt32([byte[]]$Bytes[($at + 3)..$at], 0)
                    $chunks[[System.Text.Encoding]::ASCII.GetString($Bytes, $at + 4, 4)] = $Bytes[($at + 8)..($at + 11 + $length)]
                }
                $chunks
            }

            # Grey and alpha values in turn, each row after its filter byte 0.
            function Expand-Zlib([byte[]]$Bytes) {
                $zlib = [System.IO.Compression.ZLibStream]::new([System.IO.MemoryStream]::new($Bytes), [System.IO.Compression.CompressionMode]::Decompress)
                $all = [System.IO.MemoryStream]::new()
                $zlib.CopyTo($all)
                , $all.ToArray()
            }
        }

        It 'is Ascii or HalfBlock as it is asked for' {
            $set[1] | Show-MnistImage -Renderer Ascii | Should -Be ($set[1] | Show-MnistImage)
            ($set[1] | Show-MnistImage -Renderer HalfBlock)[14] | Should -BeLike "*$e``[48;2;200;200;200m▀$e``[0m"
            Show-MnistImage $set[1] -Renderer halfblock | Should -Match '▀|^1: 1$'
        }

        It 'gives Kitty a PNG over 28 columns and 14 lines, and asks for no answer' {
            $lines = $set[1] | Show-MnistImage -Renderer Kitty
            $lines.Count | Should -Be 2
            $lines[0] | Should -BeExactly '1: 1'
            $parts = Split-Match $lines[1] "^${e}_Ga=T,f=100,q=2,c=28,r=14,m=0;(?<data>[A-Za-z\d+/=]+)$e\\$"
            $png = [System.Convert]::FromBase64String($parts['data'].Value)
            [System.Convert]::ToHexString($png[0..7]) | Should -Be '89504E470D0A1A0A'
            $chunks = Read-Png $png
            # Each chunk ends with its checksum: these two are zlib.crc32's.
            [System.Convert]::ToHexString($chunks.IHDR) | Should -Be '0000001C0000001C0804000000D804171F'
            [System.Convert]::ToHexString($chunks.IEND) | Should -Be 'AE426082'
            $pixels = Expand-Zlib $chunks.IDAT
            $pixels.Length | Should -Be (28 * 57)
            foreach ($row in 0..27) {
                $pixels[57 * $row] | Should -Be 0
                $pixels[57 * $row + 1 + 2 * $row] | Should -Be 200
                $pixels[57 * $row + 2 + 2 * $row] | Should -Be 255
            }
        }

        It 'gives Kitty no piece over 4096 characters, and images side by side with clear paper between' {
            $noise = [byte[]]::new(8 * 784)
            [System.Random]::new(1).NextBytes($noise)
            $many = [MnistPS.ImageSet]::new($noise, [byte[]]::new(8))
            foreach ($picture in $many | Show-MnistImage -Renderer Kitty | Where-Object { $_ -match 'f=100' }) {
                $pieces = [regex]::Matches($picture, "${e}_G(?<control>[^;]*);(?<data>[^$e]*)$e\\")
                ($pieces.Value -join '') | Should -BeExactly $picture
                $count = [int]($pieces[0].Groups['control'].Value -replace '^.*c=(\d+),.*$', '$1')
                foreach ($piece in $pieces) { $piece.Groups['data'].Value.Length | Should -BeLessOrEqual 4096 }
                $pieces[-1].Groups['control'].Value | Should -BeLike '*m=0'
                foreach ($piece in $pieces | Select-Object -SkipLast 1) { $piece.Groups['control'].Value | Should -BeLike '*m=1' }
                $chunks = Read-Png ([System.Convert]::FromBase64String($pieces.ForEach{ $_.Groups['data'].Value } -join ''))
                $pixels = Expand-Zlib $chunks.IDAT
                $pixels.Length | Should -Be (28 * (1 + 2 * $count))
                if ($count -gt 28) { $pixels[1 + 2 * 28 + 1] | Should -Be 0 }
            }
        }

        It 'gives iTerm2 the same PNG with its size' {
            $line = ($set[1] | Show-MnistImage -Renderer ITerm)[1]
            $parts = Split-Match $line "^$e\]1337;File=inline=1;size=(?<size>\d+);width=28;height=14;preserveAspectRatio=0:(?<data>[A-Za-z\d+/=]+)$([char]7)$"
            $png = [System.Convert]::FromBase64String($parts['data'].Value)
            $png.Length | Should -Be $parts['size'].Value
            (Read-Png $png).Keys | Sort-Object | Should -Be 'IDAT', 'IEND', 'IHDR'
        }

        It 'gives sixels that show the image' {
            $line = ($set[1] | Show-MnistImage -Renderer Sixel)[1]
            $parts = Split-Match $line "^${e}P0;1;0q`"1;1;(?<width>\d+);(?<height>\d+)(?<colors>(#\d+;2;\d+;\d+;\d+)+)(?<bands>.*)$e\\$"
            $width = [int]$parts['width'].Value
            $height = [int]$parts['height'].Value
            $width | Should -Be 280
            $height | Should -Be 276
            $colors = @{}
            foreach ($color in [regex]::Matches($parts['colors'].Value, '#(\d+);2;(\d+)')) { $colors[$color.Groups[1].Value] = [int]$color.Groups[2].Value }

            # Each pixel's grey in percent, painted band by band, colour by colour.
            $canvas = [int[]]::new($width * $height)
            [array]::Fill($canvas, -1)
            $top = 0
            foreach ($band in $parts['bands'].Value.TrimEnd('-').Split('-')) {
                foreach ($layer in $band.TrimEnd('$').Split('$')) {
                    $color, $columns = (Split-Match $layer '^#(\d+)([^#]*)$')[1, 2].Value
                    $percent = $colors[$color]
                    $x = 0
                    foreach ($run in [regex]::Matches($columns, '!(\d+)(.)|(.)')) {
                        $count = $run.Groups[1].Success ? [int]$run.Groups[1].Value : 1
                        $bits = [int][char]($run.Groups[1].Success ? $run.Groups[2].Value : $run.Groups[3].Value) - 63
                        for ($row = 0; $row -lt 6; $row++) {
                            if ($bits -band (1 -shl $row)) { [array]::Fill($canvas, $percent, ($top + $row) * $width + $x, $count) }
                        }
                        $x += $count
                    }
                    $x | Should -Be $width
                }
                $top += 6
            }
            $top | Should -Be $height
            $canvas | Should -Not -Contain -1
            foreach ($row in 0..27) {
                $y = [int][math]::Floor(($row + 0.5) * $height / 28)
                [math]::Abs($canvas[$y * $width + 10 * $row + 5] - 78) | Should -BeLessOrEqual 4
                $canvas[$y * $width + 10 * ((1 + $row) % 28) + 5] | Should -Be 0
            }
        }

        It 'is refused where the session would take its escape sequences out: <_>' -ForEach 'Sixel', 'Kitty', 'ITerm', 'HalfBlock' {
            $renderer = $_
            $before = $PSStyle.OutputRendering
            try {
                $PSStyle.OutputRendering = 'PlainText'
                { $set[0] | Show-MnistImage -Renderer $renderer } | Should -Throw '*PlainText*-Renderer Ascii*' -ErrorId 'RendererNeedsEscapes,MnistPS.Commands.ShowMnistImageCommand'
                ($set[0] | Show-MnistImage -Renderer Ascii).Count | Should -Be 15
                ($set[0] | Show-MnistImage -Renderer Auto).Count | Should -Be 15
            }
            finally { $PSStyle.OutputRendering = $before }
        }

        It 'that there is not is refused' {
            { $set[0] | Show-MnistImage -Renderer Vga } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MnistPS.Commands.ShowMnistImageCommand'
        }
    }

    Context 'in a terminal' -Skip:(-not $hasTerminal) {
        BeforeAll {
            $e = [char]27
            $question = "${e}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA$e\$e[16t$e[c"
            $blocks = "$e[38;2;200;200;200m$e[48;2;0;0;0m▀"
            # What a kind of terminal shows of a script in which $image is an image, and the keys that reach the prompt afterwards. A far one, over SSH,
            # has a second for its response: a busy machine may need more than a fifth of one.
            function Invoke-InTerminal([string]$Kind, [string]$Script, [switch]$Far) {
                $path = Join-Path $TestDrive "$Kind.ps1"
                Set-Content $path @"
                    foreach (`$name in 'NO_COLOR', 'TMUX', 'STY', 'ZELLIJ', 'TERM_PROGRAM', 'LC_TERMINAL', 'MNISTPS_RENDERER', 'SSH_CONNECTION', 'SSH_TTY') { Remove-Item "env:`$name" -ErrorAction Ignore }
                    `$env:TERM = 'xterm-256color'
                    if ($([int][bool]$Far)) { `$env:SSH_CONNECTION = '192.0.2.1 50000 192.0.2.2 22' }
                    `$PSStyle.OutputRendering = 'Host'
                    Import-Module '$MnistPSModule'
                    `$pixels = [byte[]]::new(784)
                    for (`$i = 0; `$i -lt 28; `$i++) { `$pixels[29 * `$i] = 200 }
                    `$image = [MnistPS.ImageSet]::new(`$pixels, [byte[]]1)[0]
                    $Script
                    Start-Sleep -Milliseconds 700
                    "KEYS=`$(-join `$(while ([Console]::KeyAvailable) { [Console]::ReadKey(`$true).KeyChar }))="
"@
                & python3 (Join-Path $PSScriptRoot terminals terminal.py) $Kind @(Get-PowerShellCommand) -NoProfile -File $path | ConvertFrom-Json
            }
        }

        It 'of Kitty draws by its protocol, and is asked once a process' {
            $seen = Invoke-InTerminal kitty '$image | Show-MnistImage; $image | Show-MnistImage' -Far
            $seen.asked | Should -Be 1
            $seen.shown.Contains($question) | Should -BeTrue
            [regex]::Matches($seen.shown, "${e}_Ga=T,f=100").Count | Should -Be 2
            $seen.shown | Should -Match 'KEYS=='
        }

        It 'of attribute 4 draws sixels of its cells, 9 by 18 pixels' {
            $seen = Invoke-InTerminal sixel '$image | Show-MnistImage' -Far
            $seen.shown | Should -Match "${e}P0;1;0q`"1;1;252;252#"
            $seen.shown | Should -Match 'KEYS=='
        }

        It 'of attribute 42 draws half blocks' {
            $seen = Invoke-InTerminal forty-two '$image | Show-MnistImage' -Far
            $seen.asked | Should -Be 1
            $seen.shown.Contains($blocks) | Should -BeTrue
            $seen.shown | Should -Match 'KEYS=='
        }

        It 'that is silent draws half blocks after a moment, and the next time at once' {
            $seen = Invoke-InTerminal silent @'
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $image | Show-MnistImage
                $first = $clock.ElapsedMilliseconds
                $clock.Restart()
                $image | Show-MnistImage
                "TIMES=$first=$($clock.ElapsedMilliseconds)="
'@
            $seen.asked | Should -Be 1
            $seen.shown.Contains($blocks) | Should -BeTrue
            $first, $second = [int[]][regex]::Match($seen.shown, 'TIMES=(\d+)=(\d+)=').Groups[1, 2].Value
            $first | Should -BeGreaterOrEqual 200
            $first | Should -BeLessThan 5000
            $second | Should -BeLessThan 200
        }

        It 'that answers late draws half blocks, and its answer does not come to the prompt' {
            $seen = Invoke-InTerminal late '$image | Show-MnistImage'
            $seen.shown.Contains($blocks) | Should -BeTrue
            $seen.shown | Should -Match 'KEYS=='
            $seen.shown.IndexOf('i=31;OK') | Should -BeLessThan 0
        }

        It 'keeps what is typed before the question and between the answers' {
            $seen = Invoke-InTerminal typist '$image | Show-MnistImage' -Far
            $seen.shown | Should -Match "${e}_Ga=T,f=100"
            $seen.shown | Should -Match 'KEYS=abcde='
        }

        It 'is not asked where something else says how to draw' {
            $seen = Invoke-InTerminal silent @'
                $env:TMUX = 'tmux,1,0'; 'tmux'; $image | Show-MnistImage; $env:TMUX = ''
                $env:STY = '1.pts'; 'screen'; $image | Show-MnistImage; $env:STY = ''
                $env:ZELLIJ = '0'; 'zellij'; $image | Show-MnistImage; $env:ZELLIJ = ''
                $env:TERM_PROGRAM = 'iTerm.app'; 'iterm'; $image | Show-MnistImage; $env:TERM_PROGRAM = ''
                $env:LC_TERMINAL = 'iTerm2'; 'far iterm'; $image | Show-MnistImage; $env:LC_TERMINAL = ''
                $env:TERM = 'dumb'; 'dumb'; $image | Show-MnistImage; $env:TERM = 'xterm'
                $env:NO_COLOR = '1'; 'no color'; $image | Show-MnistImage; $env:NO_COLOR = ''
                $env:MNISTPS_RENDERER = 'kitty'; 'wish'; $image | Show-MnistImage
                'parameter'; $image | Show-MnistImage -Renderer Ascii
                'behind'; $image | Show-MnistImage | ForEach-Object { $_ }
                $env:MNISTPS_RENDERER = 'vga'
                try { $image | Show-MnistImage } catch { "ERROR=$($_.FullyQualifiedErrorId)=" }
                'end'
'@
            $seen.asked | Should -Be 0
            $part = @{}
            $lines = $seen.shown -split "`r?`n"
            foreach ($line in $lines) {
                if ($line -match '(tmux|screen|zellij|far iterm|iterm|dumb|no color|wish|parameter|behind|end)$' -and $line.Length -lt 30) { $name = $Matches[1] }
                elseif ($name) { $part[$name] += $line }
            }
            foreach ($name in 'tmux', 'screen', 'zellij') { $part[$name].Contains($blocks) | Should -BeTrue -Because $name }
            foreach ($name in 'iterm', 'far iterm') { $part[$name] | Should -Match "${e}\]1337;File=inline=1" }
            foreach ($name in 'dumb', 'no color', 'parameter', 'behind') { $part[$name] | Should -BeLike '0: 1--*' }
            $part['wish'] | Should -Match "${e}_Ga=T,f=100"
            $seen.shown | Should -Match 'ERROR=UnknownRenderer,MnistPS.Commands.ShowMnistImageCommand='
        }
    }

    Context 'a sample' {
        BeforeAll {
            $sixtyThousand = [MnistPS.ImageSet]::new([byte[]]::new(60000 * 784), [byte[]]::new(60000))
        }

        It "is NumPy's choice for the seed" {
            $expected = '43428: 0', '57133: 0', '6514: 0', '37231: 0', '41521: 0'
            Show-MnistImage -InputObject $sixtyThousand -Sample 5 -Seed 147197952744 | Get-Title | Should -Be $expected
            $sixtyThousand | Show-MnistImage -Sample 5 -Seed 147197952744 | Get-Title | Should -Be $expected
        }

        It 'without a seed is another one each time' {
            $first, $second = 1, 2 | ForEach-Object { ($sixtyThousand | Show-MnistImage -Sample 5 | Get-Title) -join ' ' }
            $first | Should -Not -Be $second
        }

        It 'without a seed holds no image twice' {
            $titles = @($set | Show-MnistImage -Sample 4 | Get-Title)
            foreach ($title in '0: 8', '1: 1', '2: 0', '3: 9') { $titles | Should -Contain $title }
        }
    }

    Context 'what it draws' {
        It 'is an array of 784 too, as <Name>' -ForEach @(
            @{ Name = 'bytes'; Make = { , $set[0].Pixels } }
            @{ Name = 'numbers from 0 to 1'; Make = { , [double[]]@($set[0].Pixels | ForEach-Object { $_ / 255 }) } }
            @{ Name = 'rows out of JSON'; Make = { $pixels = $set[0].Pixels; , (ConvertFrom-Json (ConvertTo-Json @(for ($row = 0; $row -lt 28; $row++) { , @($pixels[(28 * $row)..(28 * $row + 27)] | ForEach-Object { $_ / 255 }) }))) } }
        ) {
            $expected = @($set[0] | Show-MnistImage)
            $lines = @(& $Make | Show-MnistImage)
            $lines.Count | Should -Be 15
            $lines[0] | Should -BeLike '0:*'
            $lines[1..14] | Should -Be $expected[1..14]
            @(Show-MnistImage (& $Make))[1..14] | Should -Be $expected[1..14]
        }

        It 'is a prediction too, which knows its image' {
            $predictions = @($set | Invoke-MnistPrediction (New-MnistNetwork -Seed 1))
            # The captions are below.
            @($predictions[1, 3] | Show-MnistImage) | Select-Object -SkipLast 1 | Should -Be @($set[1, 3] | Show-MnistImage)
            @(Show-MnistImage $predictions[1]) | Select-Object -SkipLast 1 | Should -Be @($set[1] | Show-MnistImage)
        }
    }

    Context 'bad input' {
        It 'passes over null and foreign objects in the pipeline' {
            $set[0], $null, 'eight', $set[1] | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems |
                Get-Title | Should -Be '0: 8', '1: 1'
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ShowMnistImageCommand'
            $problems[1].CategoryInfo.Category | Should -Be 'InvalidType'
            $problems[1].TargetObject | Should -Be 'eight'
            $problems[1].Exception.Message | Should -Be 'A System.String came down the pipeline; an image or a set of them, such as $data.Test, an array of 784 bytes or of 784 numbers from 0 to 1 (with a comma before it, so that it comes as one: , $pixels), or a prediction, was expected. It was passed over.'
        }

        It 'says once that pixels came without a comma' {
            $set[0].Pixels | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageInPieces,MnistPS.Commands.ShowMnistImageCommand'
            $problems[0].Exception.Message | Should -BeLike 'Numbers came one by one;*Put a comma before an array*: , $pixels (this is said once).'
        }

        It 'says of an array that is no image how long it is' {
            , [byte[]]::new(783) | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -Be 'WrongImageLength,MnistPS.Commands.ShowMnistImageCommand'
            $problems[0].Exception.Message | Should -Be 'The array has 783 numbers; an image has 784, 28 rows of 28.'
        }

        It 'draws the images among numbers' {
            Show-MnistImage 1, $set[1], 2 -ErrorAction SilentlyContinue -ErrorVariable problems | Get-Title | Should -Be '1: 1'
            $problems.Count | Should -Be 1
        }

        It 'refuses a sample larger than the set' {
            { $set | Show-MnistImage -Sample 5 } | Should -Throw '*sample of 5*from 4*' -ErrorId 'SampleOutOfRange,MnistPS.Commands.ShowMnistImageCommand'
        }

        It 'refuses a sample of <_>' -ForEach 0, -1 {
            $size = $_
            { $set | Show-MnistImage -Sample $size } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.ShowMnistImageCommand'
        }

        It 'refuses a negative seed' {
            { $set | Show-MnistImage -Sample 1 -Seed -1 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.ShowMnistImageCommand'
        }
    }
}
