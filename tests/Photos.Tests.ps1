# Photos of embedded digits, rendered by tests/MnistPS.PhotoSimulator, read by a network that learned embedded digits. How well MNIST is read on photos is
# measured in docs/accuracy.md.

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $simulator = Get-ChildItem (Join-Path $PSScriptRoot MnistPS.PhotoSimulator bin * net10.0 MnistPS.PhotoSimulator.dll) |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $folder = Join-Path $TestDrive photos
    $cache = $env:MNISTPS_CACHE
    try {
        # Nothing is in this cache, so the digits are the embedded ones.
        $env:MNISTPS_CACHE = Join-Path $TestDrive empty
        $program = (Split-Path ([Environment]::ProcessPath) -LeafBase) -eq 'dotnet' ? [Environment]::ProcessPath : 'dotnet'
        & $program $simulator.FullName $folder --count 2 --pages 1 | Out-Null
    }
    finally { $env:MNISTPS_CACHE = $cache }

    $digits = Import-Csv (Join-Path $folder labels.csv)
    $pages, $single = $digits.Where({ $_.Effect -eq 'Page' }, 'Split')
    $page = Join-Path $folder $pages[0].File
    $network = New-MnistNetwork -Preset ConvNet -Seed 1
    $null = Get-MnistDataset -Synthetic -TrainingCount 8000 -TestCount 100 | Invoke-MnistTraining $network -Epochs 1
}

Describe 'Photos of digits' {
    BeforeAll {
        $images = $single | ForEach-Object { [pscustomobject]@{ Path = Join-Path $folder $_.File; Label = $_.Label } } |
            ConvertTo-MnistImage -WarningAction SilentlyContinue
    }

    It 'are read right, at least nine of ten, whatever has been done to them' {
        $single | Should -HaveCount 28
        $images | Should -HaveCount 28
        $read = $images | Invoke-MnistPrediction $network
        @($read | Where-Object IsCorrect).Count | Should -BeGreaterOrEqual 25
    }

    It 'have the digit where it was written' {
        foreach ($i in 0..27) {
            $digit = $single[$i]
            $source = $images[$i].Source
            [Math]::Abs($source.Left + $source.Width / 2 - $digit.X - $digit.Width / 2) | Should -BeLessThan ([int] $digit.Width / 2 + 2) -Because $digit.File
            [Math]::Abs($source.Top + $source.Height / 2 - $digit.Y - $digit.Height / 2) | Should -BeLessThan ([int] $digit.Height / 2 + 2) -Because $digit.File
        }
    }
}

Describe 'ConvertTo-MnistImage -Split' {
    It 'finds each of fifty digits, line by line, from left to right' {
        $images = ConvertTo-MnistImage $page -Split
        $images | Should -HaveCount 50
        $images.Index | Should -Be (0..49)
        for ($i = 0; $i -lt 50; $i++) {
            $source = $images[$i].Source
            $source.Path | Should -Be $page
            $source.Row | Should -Be ([Math]::Floor($i / 10))
            $source.Column | Should -Be ($i % 10)
            $source.Left + $source.Width / 2 | Should -BeGreaterOrEqual ([int] $pages[$i].X)
            $source.Left + $source.Width / 2 | Should -BeLessOrEqual ([int] $pages[$i].X + [int] $pages[$i].Width)
        }
    }

    It 'gives one image with a warning without it' {
        $image = ConvertTo-MnistImage $page -WarningVariable warnings -WarningAction SilentlyContinue
        $image | Should -HaveCount 1
        $image.Source.Row | Should -BeNullOrEmpty
        $warnings | Should -BeLike '*digits*-Split*'
    }

    It 'numbers the images of several pictures on' {
        (ConvertTo-MnistImage $page, $page -Split).Index | Should -Be (0..99)
    }

    It 'gives all digits the label' {
        (ConvertTo-MnistImage $page -Split -Label 7).Label | Select-Object -Unique | Should -Be 7
    }

    It 'refuses a form besides' {
        { ConvertTo-MnistImage $page -Split -Rows 5 } | Should -Throw -ErrorId 'ContradictingParameters,MnistPS.Commands.ConvertToMnistImageCommand'
        { ConvertTo-MnistImage $page -Split -Columns 5 } | Should -Throw -ErrorId 'ContradictingParameters,MnistPS.Commands.ConvertToMnistImageCommand'
    }

    It 'says so where nothing is written' {
        $sheet = [byte[, ]]::new(200, 200)
        for ($i = 0; $i -lt 40000; $i++) { $sheet[[Math]::Floor($i / 200), ($i % 200)] = 240 }
        ConvertTo-MnistImage -InputObject $sheet -Split -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NothingWritten,*'
    }
}

Describe 'ConvertTo-MnistImage -Rows -Columns' {
    BeforeAll {
        # A form of two rows of three cells, the middle of the first row empty.
        $form = [byte[, ]]::new(240, 360)
        for ($i = 0; $i -lt 240 * 360; $i++) { $form[[Math]::Floor($i / 360), ($i % 360)] = 240 }
        foreach ($cell in (0, 0), (0, 2), (1, 0), (1, 1), (1, 2)) {
            for ($y = 30; $y -lt 90; $y++) {
                for ($x = 57; $x -lt 64; $x++) { $form[(120 * $cell[0] + $y), (120 * $cell[1] + $x)] = 30 }
            }
        }
    }

    It 'reads the digit of each cell, and none of an empty one' {
        $images = ConvertTo-MnistImage -InputObject $form -Rows 2 -Columns 3
        $images.Source.ForEach{ "$($_.Row),$($_.Column)" } | Should -Be '0,0', '0,2', '1,0', '1,1', '1,2'
    }

    It 'takes one row where only columns are given' {
        (ConvertTo-MnistImage -InputObject $form -Columns 3 -WarningAction SilentlyContinue).Source.Row | Select-Object -Unique | Should -Be 0
    }

    It 'says in which cells are several digits, and which digits reach into other cells' {
        $null = ConvertTo-MnistImage -InputObject $form -Rows 2 -Columns 3 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty

        # In one row of three cells, two digits stand in the first and in the last. In four rows, the digits stand on borders.
        $null = ConvertTo-MnistImage -InputObject $form -Columns 3 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings | Should -BeLike '*several digits*: 2, *: 0,0 0,2.*-Rows*'
        $null = ConvertTo-MnistImage -InputObject $form -Rows 4 -Columns 3 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings | Should -BeLike '*reach into*: 5, *: 1,0 1,2 3,0 3,1 3,2.*-Rows*'
    }

    It 'refuses <Count> columns' -ForEach @{ Count = 0 }, @{ Count = -1 }, @{ Count = 'many' } {
        { ConvertTo-MnistImage -InputObject $form -Columns $Count } | Should -Throw -ErrorId 'ParameterArgument*,MnistPS.Commands.ConvertToMnistImageCommand'
    }
}

Describe 'Export-MnistPlot -Kind Images of a photo' {
    It 'shows the photo in its proportions, and a contact sheet where images come from several' {
        $images = ConvertTo-MnistImage $page -Split
        $photo = $images | Invoke-MnistPrediction $network | Export-MnistPlot (Join-Path $TestDrive photo.svg) -Kind Images -PassThru
        Get-Content $photo -Raw | Should -BeLike "*50 digits*"
        $sheet = $images[0], (ConvertTo-MnistImage (Join-Path $folder $single[0].File)) | Export-MnistPlot (Join-Path $TestDrive sheet.svg) -PassThru
        Get-Content $sheet -Raw | Should -BeLike "*2 images*"
        $photo.Length | Should -BeGreaterThan (2 * $sheet.Length)
    }

    It 'says so where the photo is gone' {
        $copy = Copy-Item $page (Join-Path $TestDrive gone.jpg) -PassThru
        $images = ConvertTo-MnistImage $copy.FullName -Split
        Remove-Item $copy
        { $images | Export-MnistPlot (Join-Path $TestDrive gone.png) -Kind Images } | Should -Throw -ErrorId '*NotFound*'
    }
}
