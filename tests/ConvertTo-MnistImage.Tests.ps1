BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $digit = (Get-MnistDataset -Synthetic -TrainingCount 1 -TestCount 1 -Seed 5).Training[0]
    $folder = Join-Path $TestDrive pictures
    $null = New-Item -ItemType Directory $folder

    # The graphics library is loaded when the first picture is asked for; a file of two letters that begin a BMP is none.
    ConvertTo-MnistImage -InputObject ([byte[]](0x42, 0x4D) + [byte[]]::new(30)) -ErrorAction SilentlyContinue
    $skia = [System.Runtime.Loader.AssemblyLoadContext]::All.Where{ $_.Name -eq 'MnistPS.Imaging' }.Assemblies.Where{ $_.GetName().Name -eq 'SkiaSharp' }[0]

    # The digit in dark on light, each of its pixels eight by eight large, in a format of Skia's; null draws an empty sheet.
    function New-Picture([string]$Name, $Image = $digit, [string]$Format = 'Png', [switch]$Light, [int]$Scale = 8, [int]$Count = 1) {
        $bitmap = $skia.GetType('SkiaSharp.SKBitmap')::new(28 * $Count, 28, $false)
        $color = $skia.GetType('SkiaSharp.SKColor')
        for ($y = 0; $y -lt 28; $y++) {
            for ($x = 0; $x -lt 28 * $Count; $x++) {
                $ink = $Image ? $Image[$y, ($x % 28)] : 0
                $value = $Light ? $ink : 255 - $ink
                $bitmap.SetPixel($x, $y, $color::new($value, $value, $value))
            }
        }
        $size = $skia.GetType('SkiaSharp.SKImageInfo')::new(28 * $Scale * $Count, 28 * $Scale)
        $large = $bitmap.Resize($size, $skia.GetType('SkiaSharp.SKSamplingOptions')::Default)
        $data = $large.Encode($skia.GetType('SkiaSharp.SKEncodedImageFormat')::$Format, 95)
        $path = Join-Path $folder $Name
        [System.IO.File]::WriteAllBytes($path, $data.ToArray())
        $path
    }

    # The digit in dark on light as a PNG that Skia does not write (ISO/IEC 15948): grey with 16 bit, or a palette with 8 bit or 1.
    function New-Png([int]$Depth, [int]$Color, [int]$Scale = 8) {
        $rows = [System.IO.MemoryStream]::new()
        $zlib = [System.IO.Compression.ZLibStream]::new($rows, [System.IO.Compression.CompressionLevel]::Fastest, $true)
        for ($y = 0; $y -lt 28 * $Scale; $y++) {
            $zlib.WriteByte(0)
            $bits = 0
            for ($x = 0; $x -lt 28 * $Scale; $x++) {
                $ink = $digit[[math]::Floor($y / $Scale), [math]::Floor($x / $Scale)]
                if ($Depth -eq 16) { $zlib.WriteByte(255 - $ink); $zlib.WriteByte(17) }
                elseif ($Depth -eq 8) { $zlib.WriteByte($ink) }
                else {
                    $bits = 2 * $bits + [int]($ink -ge 128)
                    if ($x % 8 -eq 7) { $zlib.WriteByte($bits); $bits = 0 }
                }
            }
        }
        $zlib.Dispose()
        $big = { param($number) $bytes = [BitConverter]::GetBytes([uint]$number); [array]::Reverse($bytes); , $bytes }
        $png = [System.IO.MemoryStream]::new()
        $png.Write([byte[]](0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10))
        $chunk = {
            param($name, [byte[]]$content)
            $body = [byte[]]([System.Text.Encoding]::ASCII.GetBytes($name) + $content)
            $crc = [uint]::MaxValue
            foreach ($byte in $body) {
                $crc = $crc -bxor $byte
                foreach ($bit in 1..8) { $crc = $crc -band 1 ? ($crc -shr 1) -bxor 0xEDB88320u : $crc -shr 1 }
            }
            $png.Write((& $big $content.Count)); $png.Write($body); $png.Write((& $big ($crc -bxor [uint]::MaxValue)))
        }
        & $chunk IHDR ([byte[]]((& $big (28 * $Scale)) + (& $big (28 * $Scale)) + $Depth, $Color, 0, 0, 0))
        if ($Depth -eq 8) { & $chunk PLTE ([byte[]]@(0..255 | ForEach-Object { @(255 - $_) * 3 })) }
        if ($Depth -eq 1) { & $chunk PLTE ([byte[]](255, 250, 240, 20, 30, 120)) }
        & $chunk IDAT $rows.ToArray()
        & $chunk IEND ([byte[]]::new(0))
        , $png.ToArray()
    }

    # A file of characters, a byte each.
    function New-File([string]$Name, [string]$Content) {
        $path = Join-Path $folder $Name
        [System.IO.File]::WriteAllBytes($path, [System.Text.Encoding]::Latin1.GetBytes($Content))
        $path
    }

    # The mean absolute difference of a pixel, of 255, to the digit where that lies best: it may be centred a pixel apart.
    function Get-Difference($Image) {
        $least = 255
        foreach ($down in -1..1) {
            foreach ($right in -1..1) {
                $sum = 0
                for ($y = 2; $y -lt 26; $y++) { for ($x = 2; $x -lt 26; $x++) { $sum += [math]::Abs($Image[$y, $x] - $digit[($y + $down), ($x + $right)]) } }
                $least = [math]::Min($least, $sum / 784)
            }
        }
        $least
    }

    $plain = New-Picture plain.png
}

Describe 'ConvertTo-MnistImage' {
    It 'gives the digit of a <Format> back' -ForEach @{ Format = 'Png' }, @{ Format = 'Jpeg' }, @{ Format = 'Webp' } {
        $image = ConvertTo-MnistImage (New-Picture "a.$Format" -Format $Format)
        $image | Should -BeOfType ([MnistPS.MnistImage])
        Get-Difference $image | Should -BeLessThan 10
        $image.Label | Should -BeNullOrEmpty
    }

    It 'says where it comes from, also in a prediction' {
        $image = ConvertTo-MnistImage $plain
        $image.Source.Path | Should -Be $plain
        $image.Source.Left | Should -BeGreaterThan 16
        $image.Source.Width + $image.Source.Left | Should -BeLessThan 208
        [math]::Max($image.Source.Width, $image.Source.Height) | Should -BeGreaterOrEqual 140
        "$($image.Source)" | Should -BeLike 'plain.png, * × * at (*, *)'
        $network = New-MnistNetwork -Seed 1
        ($image | Invoke-MnistPrediction $network).GetImage().Source.Path | Should -Be $plain
        $digit.Source | Should -BeNullOrEmpty
    }

    It 'finds out whether the ink is light, and says so' {
        $light = New-Picture light.png -Light
        $verbose = ConvertTo-MnistImage $light -Verbose 4>&1
        "$verbose" | Should -BeLike '*Light ink*'
        Get-Difference (ConvertTo-MnistImage $light) | Should -BeLessThan 10
        Get-Difference (ConvertTo-MnistImage $light -Ink Light) | Should -BeLessThan 10
        Get-Difference (ConvertTo-MnistImage $plain -Ink Dark) | Should -BeLessThan 10
    }

    It 'takes files, paths with wildcards, rows of a CSV and bytes' {
        $null = New-Picture wild1.png; $null = New-Picture wild2.png
        @(Get-ChildItem $folder -Filter wild*.png | ConvertTo-MnistImage).Source.Path | Split-Path -Leaf | Should -Be 'wild1.png', 'wild2.png'
        @(ConvertTo-MnistImage (Join-Path $folder wild?.png)).Index | Should -Be 0, 1
        @(Join-Path $folder wild*.png | ConvertTo-MnistImage) | Should -HaveCount 2
        ([pscustomobject]@{ Path = $plain; Label = '7' } | ConvertTo-MnistImage).Label | Should -Be 7
        (ConvertTo-MnistImage $plain -Label 3).Label | Should -Be 3
        $bytes = [System.IO.File]::ReadAllBytes($plain)
        $expected = (ConvertTo-MnistImage $plain).Pixels
        (ConvertTo-MnistImage -InputObject $bytes).Pixels | Should -Be $expected
        (, $bytes | ConvertTo-MnistImage).Pixels | Should -Be $expected
        (, $bytes | ConvertTo-MnistImage).Source.Path | Should -BeNullOrEmpty
    }

    It 'takes grey values with two dimensions, in rows, and as fractions' {
        $grey = [byte[, ]]::new(56, 56); $rows = [System.Collections.Generic.List[object]]::new(); $shares = [double[, ]]::new(56, 56)
        for ($y = 0; $y -lt 56; $y++) {
            $row = [int[]]::new(56)
            for ($x = 0; $x -lt 56; $x++) { $row[$x] = $grey[$y, $x] = 255 - $digit[($y -shr 1), ($x -shr 1)]; $shares[$y, $x] = $grey[$y, $x] / 255 }
            $rows.Add($row)
        }
        foreach ($values in $grey, $shares, $rows.ToArray()) { Get-Difference (ConvertTo-MnistImage -InputObject $values) | Should -BeLessThan 10 }
        $shares[3, 3] = 1.5
        { ConvertTo-MnistImage -InputObject $shares -ErrorAction Stop } | Should -Throw '*is 1.5; a whole number from 0*' -ErrorId 'PixelOutOfRange,*'
    }

    It 'takes names as they stand: <_>' -ForEach '[1] a.png', '손글씨 숫자.png', 'a  b''s.png' {
        $path = New-Picture $_
        (ConvertTo-MnistImage -LiteralPath $path).Source.Path | Should -Be $path
        (Get-Item -LiteralPath $path | ConvertTo-MnistImage).Source.Path | Should -Be $path
    }

    It 'reads several digits as one, and warns' {
        $null = ConvertTo-MnistImage (New-Picture two.png -Count 2) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*two.png*2 digits*read as one*'
    }

    It 'warns of a digit that the border cuts, and not of one that touches the border' {
        # From row 12 on, the upper part of the digit is outside of the picture. Row 7 is the digit's first.
        $warned = foreach ($first in 12, 7) {
            $grey = [byte[, ]]::new(4 * (28 - $first), 112)
            for ($y = 0; $y -lt 4 * (28 - $first); $y++) {
                for ($x = 0; $x -lt 112; $x++) { $grey[$y, $x] = 240 - $digit[(($y -shr 2) + $first), ($x -shr 2)] * 0.8 }
            }
            $null = ConvertTo-MnistImage -InputObject $grey -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings"
        }
        $warned[0] | Should -BeLike "*'input 1' runs into the border of the picture*leave paper around the digit.*"
        $warned[1] | Should -BeNullOrEmpty
    }

    It 'warns of digits that -Split leaves out because the border cuts them' {
        # Four ones, and the upper half of a zero at the lower border.
        $grey = [byte[, ]]::new(300, 600)
        for ($y = 0; $y -lt 300; $y++) {
            for ($x = 0; $x -lt 600; $x++) {
                $isOne = $y -ge 100 -and $y -lt 210 -and $x % 110 -ge 60 -and $x % 110 -lt 68 -and $x -lt 440
                $isZero = $y -ge 250 -and $x -ge 470 -and $x -lt 528 -and ($y -lt 258 -or $x -lt 478 -or $x -ge 520)
                $grey[$y, $x] = $isOne -or $isZero ? 30 : 240
            }
        }
        $digits = ConvertTo-MnistImage -InputObject $grey -Split -WarningVariable warnings -WarningAction SilentlyContinue
        $digits.Count | Should -Be 4
        "$warnings" | Should -BeLike "At the border of 'input 1', digits are cut and were left out: 1, by the left and top pixel: (470, 250).*"
    }

    It 'says of -Ink that is not there what is' {
        $grey = [byte[, ]]::new(200, 200)
        for ($y = 0; $y -lt 200; $y++) {
            for ($x = 0; $x -lt 200; $x++) { $grey[$y, $x] = $x -ge 95 -and $x -lt 105 -and $y -ge 40 -and $y -lt 160 ? 30 : 240 }
        }
        { ConvertTo-MnistImage -InputObject $grey -Ink Light -ErrorAction Stop } |
            Should -Throw "Nothing is written on 'input 1': no light strokes*There is dark ink: leave -Ink out, or give -Ink Dark." -ErrorId 'NothingWritten,*'
    }

    It 'warns of -Ink that is fainter than the other' {
        # The paper between the strokes of the dark digit counts as light ink.
        $null = ConvertTo-MnistImage (New-Picture ring.png) -Ink Light -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*Dark ink is more distinct than Light ink. Light ink was read, because -Ink names it.*'
    }

    It 'reads the first picture of a file that shows several, and says so' {
        # GIF89a with 128 greys. A code is a byte as long as the table is cleared in time: every 100 pixels (W3C, GIF89a, appendix F).
        $side = 112
        $bytes = [System.Collections.Generic.List[byte]]::new()
        $bytes.AddRange([System.Text.Encoding]::ASCII.GetBytes('GIF89a')); $bytes.AddRange([byte[]]($side, 0, $side, 0, 0xE6, 0, 0))
        for ($i = 0; $i -lt 128; $i++) { $bytes.AddRange([byte[]](@(2 * $i) * 3)) }
        foreach ($frame in 1, 2) {
            $bytes.AddRange([byte[]](0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, $side, 0, $side, 0, 0, 7))
            for ($start = 0; $start -lt $side * $side; $start += 100) {
                $end = [math]::Min($start + 100, $side * $side)
                $bytes.Add($end - $start + 1); $bytes.Add(0x80)
                for ($i = $start; $i -lt $end; $i++) {
                    $y = [math]::Floor($i / $side) -shr 2; $x = ($i % $side) -shr 2
                    $bytes.Add($frame -eq 1 ? (255 - $digit[$y, $x]) -shr 1 : 127)
                }
            }
            $bytes.AddRange([byte[]](1, 0x81, 0))
        }
        $bytes.Add(0x3B)
        $path = Join-Path $folder moving.gif
        [System.IO.File]::WriteAllBytes($path, $bytes.ToArray())
        $image = ConvertTo-MnistImage $path -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Difference $image | Should -BeLessThan 10
        "$warnings" | Should -BeLike "*moving.gif' shows 2 pictures one after the other; the first was read.*"
    }

    It 'reads a JPEG in CMYK' {
        # A bar of 4 by 28 pixels in 40 by 40, in four channels as printers have them.
        $jpeg = '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0NB8nOT04MjwuMzQy/8AAFAgAKAAoBEMRAE0RAFkRAEsRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAIBgf/' +
        'xAAkEAEAAQMBCAMAAAAAAAAAAAAAAQIFBhMDBAcREjiEtBQhIv/aAA4EQwBNAFkASwAAPwDv7v7v7v4AAz91zbHbJkO5WC43DRue/afx9ho7Srr665op/UUzTHOqJj7mAGgAAAAAT/xT7hcK8H26wFAAAAAAJ/4p9wuFeD7dYCgAAAAAE/8AFPuFwrwf' +
        'brAUAAAAAAz91wnHb3kO5X+42/Wue46fx9vrbSno6K5rp/MVRTPKqZn7iQGgAH//2Q=='
        $path = Join-Path $folder cmyk.jpg
        [System.IO.File]::WriteAllBytes($path, [Convert]::FromBase64String($jpeg))
        $image = ConvertTo-MnistImage $path
        $image.Source.Height | Should -BeIn (26..32)
        $image.Source.Width | Should -BeIn (3..8)
        $image[14, 14] + $image[14, 13] | Should -BeGreaterThan 250
        $image[14, 2] | Should -Be 0
    }

    It 'reads a PNG with <Name>' -ForEach @(
        @{ Name = 'grey values of 16 bit'; Depth = 16; Color = 0 }
        @{ Name = 'a palette'; Depth = 8; Color = 3 }
        @{ Name = 'two colours'; Depth = 1; Color = 3 }
    ) {
        $path = Join-Path $folder "$Depth-$Color.png"
        [System.IO.File]::WriteAllBytes($path, (New-Png -Depth $Depth -Color $Color))
        Get-Difference (ConvertTo-MnistImage $path) | Should -BeLessThan ($Depth -eq 1 ? 25 : 10)
    }

    It 'says that a crossword is no digit: every <Step>th square black' -ForEach @{ Step = 5; Warning = '*does not look like a digit*' }, @{ Step = 7; Warning = '*there seem to be 2 digits*' } {
        # Eleven rules each way, and a digit in each of the other squares.
        $side = 420
        $grey = [byte[, ]]::new($side, $side)
        for ($y = 0; $y -lt $side; $y++) {
            for ($x = 0; $x -lt $side; $x++) {
                $column = [math]::Floor(($x - 10) / 40); $row = [math]::Floor(($y - 10) / 40)
                $across = $x - 10 - 40 * $column; $down = $y - 10 - 40 * $row
                $isInside = $x -ge 10 -and $y -ge 10 -and $x -lt 412 -and $y -lt 412
                $grey[$y, $x] = -not $isInside ? 240 : $across -lt 2 -or $down -lt 2 -or (7 * $row + 3 * $column) % $Step -eq 0 ? 40 :
                $across -ge 6 -and $across -lt 34 -and $down -ge 6 -and $down -lt 34 ? 240 - $digit[($down - 6), ($across - 6)] * 0.8 : 240
            }
        }
        $null = ConvertTo-MnistImage -InputObject $grey -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike $Warning
        $null = ConvertTo-MnistImage $plain -WarningVariable none
        $none | Should -BeNullOrEmpty
    }

    It 'says that a file must not be read' {
        $path = Get-UnreadableFile
        if (-not $path) { Set-ItResult -Skipped -Because 'there is no file that this user must not read' }
        @($path, $plain | ConvertTo-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems) | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -Be 'PictureFileNotReadable,MnistPS.Commands.ConvertToMnistImageCommand'
        "$problems" | Should -BeLike "The picture file '$path' cannot be read: Access to the path '$path' is denied. Give -Path one that you may read."
        $problems[0].TargetObject | Should -Be $path
    }

    It 'hands out the images of ten thousand files one by one, in the same memory, and tells how far it is' {
        $many = Join-Path $TestDrive many
        $null = New-Item -ItemType Directory $many
        $bytes = [System.IO.File]::ReadAllBytes((New-Picture small.png -Scale 1))
        foreach ($i in 1..10000) { [System.IO.File]::WriteAllBytes((Join-Path $many "$i.png"), $bytes) }
        $state = @{ Read = 0; Early = 0; Late = 0; Last = Join-Path $many 10000.png }
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript({
                    param($module, $folder, $state)
                    Import-Module $module
                    1..10000 | ForEach-Object { Join-Path $folder "$_.png" } | ConvertTo-MnistImage -Ink Dark | ForEach-Object {
                        # With the first image the last file goes: it is not opened before.
                        if (++$state.Read -eq 1) { Remove-Item $state.Last }
                        if ($state.Read -eq 1000) { $state.Early = [GC]::GetTotalMemory($true) }
                        if ($state.Read -eq 9999) { $state.Late = [GC]::GetTotalMemory($true) }
                    }
                }).AddArgument($MnistPSModule).AddArgument($many).AddArgument($state).Invoke()
            $state.Read | Should -Be 9999
            $shell.Streams.Error | Should -HaveCount 1
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'PictureFileNotFound,MnistPS.Commands.ConvertToMnistImageCommand'
            $shell.Streams.Error[0].TargetObject | Should -Be $state.Last
            # The pixels alone of 9000 images are 7 MB.
            $state.Late - $state.Early | Should -BeLessThan 1MB
            $told = $shell.Streams.Progress.Where{ $_.RecordType -eq 'Processing' -and $_.Activity -notlike 'Import*' }
            $told.Count | Should -BeGreaterThan 1
            $told[-1].StatusDescription | Should -BeLike "*read, now *.png"
        } finally { $shell.Dispose() }
    }

    It 'says what is wrong and goes on: <Name>' -ForEach @(
        @{ Name = 'no such file'; Id = 'PictureFileNotFound'; Advice = 'Give -Path one'; Make = { Join-Path $folder none.png } }
        @{ Name = 'no picture'; Id = 'NotAPicture'; Advice = 'JPEG, WebP, BMP or GIF was expected. Give a photo'; Make = { New-File text.png 'hello' } }
        @{ Name = 'an empty file'; Id = 'NotAPicture'; Advice = 'JPEG, WebP, BMP or GIF was expected. Give a photo'; Make = { New-File empty.png '' } }
        @{ Name = 'a folder'; Id = 'PictureFileNotReadable'; Advice = 'Give -Path one'; Make = { $folder } }
        @{ Name = 'an empty sheet'; Id = 'NothingWritten'; Advice = 'expected. Take it nearer'; Make = { New-Picture sheet.png -Image $null } }
        @{ Name = 'all black'; Id = 'NothingWritten'; Advice = 'expected. Take it nearer'; Make = { New-Picture black.png -Image $null -Light } }
        @{ Name = 'a photo as HEIC'; Id = 'PictureNotSupported'; Advice = 'Save it as JPEG'; Make = { New-File a.heic "`0`0`0`u{18}ftypheic`0`0`0`0" } }
        @{ Name = 'an AVIF'; Id = 'PictureNotSupported'; Advice = 'magick photo.avif photo.jpg'; Make = { New-File a.avif "`0`0`0`u{1c}ftypavif`0`0`0`0" } }
        @{ Name = 'a TIFF, little-endian'; Id = 'PictureNotSupported'; Advice = 'magick scan.tif scan.png'; Make = { New-File a.tif "II*`0`u{8}`0`0`0" } }
        @{ Name = 'a TIFF, big-endian'; Id = 'PictureNotSupported'; Advice = 'magick scan.tif scan.png'; Make = { New-File b.tif "MM`0*`0`0`0`u{8}" } }
        @{ Name = 'a PDF'; Id = 'PictureNotSupported'; Advice = 'pdftoppm -r 300 -png'; Make = { New-File a.pdf "%PDF-1.7`n" } }
        @{ Name = 'an SVG'; Id = 'PictureNotSupported'; Advice = 'export it as PNG'; Make = { New-File a.svg '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>' } }
        @{ Name = 'one that is cut off'; Id = 'DamagedPicture'; Advice = 'A whole picture was expected; take all of its bytes'; Make = { $path = Join-Path $folder cut.png; $bytes = [System.IO.File]::ReadAllBytes($plain); [System.IO.File]::WriteAllBytes($path, $bytes[0..($bytes.Length / 2)]); $path } }
        @{ Name = 'a JPEG that is cut off'; Id = 'DamagedPicture'; Advice = 'A whole picture was expected; take all of its bytes'; Make = { $path = Join-Path $folder cut.jpg; $bytes = [System.IO.File]::ReadAllBytes((New-Picture whole.jpg -Format Jpeg)); [System.IO.File]::WriteAllBytes($path, $bytes[0..($bytes.Length / 2)]); $path } }
        @{ Name = 'a PNG with nothing but its header'; Id = 'NotAPicture'; Advice = 'A whole picture was expected; take all of its bytes'; Make = { $path = Join-Path $folder header.png; [System.IO.File]::WriteAllBytes($path, [System.IO.File]::ReadAllBytes($plain)[0..40]); $path } }
        @{ Name = 'one that is as large as its header says'; Id = 'PictureTooLarge'; Advice = 'Make it smaller'; Make = {
                # A BMP of 30 000 by 30 000 pixels, of which there are none.
                $header = [byte[]](0x42, 0x4D) + [BitConverter]::GetBytes(54) + [BitConverter]::GetBytes(0) + [BitConverter]::GetBytes(54) + [BitConverter]::GetBytes(40) +
                [BitConverter]::GetBytes(30000) + [BitConverter]::GetBytes(30000) + [byte[]](1, 0, 24, 0) + [byte[]]::new(24)
                $path = Join-Path $folder large.bmp; [System.IO.File]::WriteAllBytes($path, $header); $path
            }
        }
        @{ Name = 'one pixel'; Id = 'PictureTooSmall'; Advice = 'Give the picture as it was taken'; Make = {
                $header = [byte[]](0x42, 0x4D) + [BitConverter]::GetBytes(58) + [BitConverter]::GetBytes(0) + [BitConverter]::GetBytes(54) + [BitConverter]::GetBytes(40) +
                [BitConverter]::GetBytes(1) + [BitConverter]::GetBytes(1) + [byte[]](1, 0, 24, 0) + [byte[]]::new(28)
                $path = Join-Path $folder one.bmp; [System.IO.File]::WriteAllBytes($path, $header); $path
            }
        }
    ) {
        $path = & $Make
        $images = @($path, $plain | ConvertTo-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems)
        $images | Should -HaveCount 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,MnistPS.Commands.ConvertToMnistImageCommand"
        "$($problems[0])" | Should -BeLike "*$([WildcardPattern]::Escape($path))*$Advice*"
        $problems[0].TargetObject | Should -Be $path
    }

    It 'calls what came without a file by its number: <Name>' -ForEach @(
        @{ Name = 'bytes of no picture'; Make = { [byte[]](1..50) }; Id = 'NotAPicture'; Message = "'input 2' is no picture: it begins with 01 02 03 04*GIF was expected. Give a photo*" }
        @{ Name = 'bytes of a TIFF'; Make = { [byte[]](77, 77, 0, 42) + [byte[]]::new(20) }; Id = 'PictureNotSupported'; Message = "'input 2' is a TIFF picture*magick*" }
        @{ Name = 'bytes that are cut off'; Make = { [System.IO.File]::ReadAllBytes($plain)[0..500] }; Id = '*'; Message = "'input 2' *A whole picture was expected; take all of its bytes*" }
        @{ Name = 'numbers in a row'; Make = { , [double[]](1, 2) }; Id = 'NotAPicture'; Message = "'input 2' is a System.Double``[``]; the bytes of a picture file*" }
        @{ Name = 'a small table'; Make = { , [byte[, ]]::new(4, 4) }; Id = 'PictureTooSmall'; Message = "'input 2' has 4 by 4 pixels; 8 by 8 or more were expected*Give*" }
        @{ Name = 'an empty table'; Make = { , [byte[, ]]::new(40, 40) }; Id = 'NothingWritten'; Message = "Nothing is written on 'input 2'*take it nearer*" }
        @{ Name = 'uneven rows'; Make = { (1..9), (1..8) }; Id = 'UnevenRows'; Message = "Row 1 of 'input 2' has 8 numbers and the first has 9; rows of one length were expected. Fill up*" }
        @{ Name = 'a number that is no grey'; Make = { (1..9), (292..300) }; Id = 'PixelOutOfRange'; Message = "Number 9 of 'input 2' is 292; a whole number from 0*was expected. Make*" }
    ) {
        $bad = & $Make
        $null = $plain, $bad | ConvertTo-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,MnistPS.Commands.ConvertToMnistImageCommand"
        "$($problems[0])" | Should -BeLike $Message
    }

    It 'says what -Ink can be' {
        { ConvertTo-MnistImage $plain -Ink Blue } | Should -Throw '*Blue*Dark, Light*' -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'says once that bytes came one by one' {
        [byte[]](1..50) | ConvertTo-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'PictureInPieces,MnistPS.Commands.ConvertToMnistImageCommand'
    }

    It 'passes over what is no picture' {
        @($null, [datetime]::Now, $plain | ConvertTo-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems) | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -Be (@('ForeignObject,MnistPS.Commands.ConvertToMnistImageCommand') * 2)
    }

    It 'hands each image out before it reads the next' {
        $first = $plain, (Join-Path $folder none.png) | ConvertTo-MnistImage -ErrorAction Stop | Select-Object -First 1
        $first.Source.Path | Should -Be $plain
    }
}

Describe 'Invoke-MnistPrediction of a picture' {
    It 'reads what ConvertTo-MnistImage makes of it' {
        $network = New-MnistNetwork -Seed 1
        $expected = ConvertTo-MnistImage $plain | Invoke-MnistPrediction $network
        foreach ($prediction in (Invoke-MnistPrediction $network -Path $plain), (Invoke-MnistPrediction $network -LiteralPath $plain), (Get-Item $plain | Invoke-MnistPrediction $network)) {
            Join-Number $prediction.Scores | Should -Be (Join-Number $expected.Scores)
            $prediction.GetImage().Source.Path | Should -Be $plain
        }
    }
}
