# The pictures of the README, docs and the icon equal those that docs/examples/New-Pictures.ps1 draws.

BeforeDiscovery {
    $folder = Join-Path (Split-Path $PSScriptRoot) docs images
    # A browser's fonts are those of its machine.
    $drawn = (Get-ChildItem $folder -Filter *.png).Name -notlike 'page*'
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $RepositoryRoot docs images
    $icon = Join-Path $RepositoryRoot MnistPS icon.png
    $written = & (Join-Path $RepositoryRoot docs examples New-Pictures.ps1) -Path $TestDrive -IconPath (Join-Path $TestDrive icon.png) -NoPage

    # The pixels of a PNG, four bytes each, read by the library that has drawn it.
    function Get-Picture([string] $Path) {
        $bitmap = Read-Bitmap $Path
        [pscustomobject]@{ Size = "$($bitmap.Width) x $($bitmap.Height)"; Bytes = $bitmap.Bytes }
        $bitmap.Dispose()
    }

    # The number of samples that differ by more than rounding, which depends on the processor.
    function Measure-Difference([byte[]] $First, [byte[]] $Second) {
        if ([System.Linq.Enumerable]::SequenceEqual($First, $Second)) { return 0 }
        $count = 0
        for ($i = 0; $i -lt $First.Length; $i++) { if ([Math]::Abs($First[$i] - $Second[$i]) -gt 8) { $count++ } }
        $count
    }

    function Test-SamePicture([string] $Path, [string] $Other) {
        $first, $second = (Get-Picture $Path), (Get-Picture $Other)
        $second.Size | Should -Be $first.Size
        Measure-Difference $first.Bytes $second.Bytes | Should -BeLessThan ($first.Bytes.Length / 1000) -Because "New-Pictures.ps1 draws $(Split-Path $Path -Leaf)"
    }
}

Describe 'The picture <_>' -ForEach $drawn {
    It 'is what New-Pictures.ps1 draws' {
        Test-SamePicture (Join-Path $folder $_) (Join-Path $TestDrive $_)
    }
}

Describe 'The pictures' {
    It 'are those that the script draws, and those of the page' {
        $names = (Get-ChildItem $folder).Name | Sort-Object
        $names | Should -Be (@($written.Name.Where{ $_ -ne 'icon.png' }) + 'page.png', 'page-dark.png' | Sort-Object)
    }

    It 'are told from others' {
        $light, $dark = (Get-Picture (Join-Path $folder curves.png)), (Get-Picture (Join-Path $folder curves-dark.png))
        Measure-Difference $light.Bytes $dark.Bytes | Should -BeGreaterThan ($light.Bytes.Length / 2)
    }

    It 'are small' {
        foreach ($file in Get-ChildItem $folder) { $file.Length | Should -BeLessThan 200KB -Because $file.Name }
    }

    It 'are shown' {
        $pages = (Get-Content (Join-Path $RepositoryRoot README.md) -Raw) + (Get-Content (Join-Path $RepositoryRoot docs tour.md) -Raw)
        foreach ($name in (Get-ChildItem $folder).Name) { $pages | Should -BeLike "*images/$name*" }
    }
}

Describe 'The icon' {
    It 'is what New-Pictures.ps1 draws' {
        Test-SamePicture $icon (Join-Path $TestDrive icon.png)
    }

    It 'has the size of icons' {
        (Get-Picture $icon).Size | Should -Be '128 x 128'
    }
}
