#requires -Version 7.6

<#
.SYNOPSIS
Reads photos of digits and prints, for each effect, how many a network reads right, and on how many pages every digit is found: the tables of docs/accuracy.md.

.DESCRIPTION
The photos are those of tests/MnistPS.PhotoSimulator, with their labels.csv. The originals are the images that they were made from, read as they are. The
pixel error is the mean absolute difference of a pixel, of 255, between an image and its original. The grey values are the shares of 1-63, 64-127, 128-191
and 192-255 among the pixels that are not zero. A digit of a page is found where the middle of its box is in the box that was written in; a page counts where all are, in order, and nothing else is.

.EXAMPLE
dotnet run --project tests/MnistPS.PhotoSimulator -- out/photos --pages 100
./docs/examples/Measure-PhotoAccuracy.ps1 out/photos
#>
param(
    # The folder with the photos and labels.csv.
    [Parameter(Mandatory, Position = 0)] [string] $Path,

    # The network that reads them, or the file of one; without it, one is trained by the preset ConvNet.
    [object] $Network,

    # That of the network that is trained.
    [ulong] $Seed = 1,

    # Whether the photos are of embedded digits; the network learns from such too, then.
    [switch] $Synthetic
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }

$data = $Synthetic ? (Get-MnistDataset -Synthetic) : (Get-MnistDataset)
if ($Network -is [string]) { $Network = Import-MnistNetwork $Network }
if (-not $Network) {
    $Network = New-MnistNetwork -Preset ConvNet -Seed $Seed
    $null = $data | Invoke-MnistTraining $Network
}

# How many of the digits are read right, and how far the images lie from the originals: a photo in which none was found counts as misread.
function Measure-Photo($Digit) {
    $readings = @{}
    $Digit | ForEach-Object { Join-Path $Path $_.File } | ConvertTo-MnistImage -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
        Invoke-MnistPrediction $Network |
        ForEach-Object { $readings[(Split-Path $_.GetImage().Source.Path -Leaf)] = $_ }
    $found = $Digit.Where{ $readings[$_.File] }
    $differences = @($found.ForEach{ Get-Difference $readings[$_.File].GetImage().Pixels $data.Test[$_.Index].Pixels })
    [pscustomobject]@{
        Effect     = $Digit[0].Effect
        Accuracy   = $found.Where{ $readings[$_.File].Label -eq $_.Label }.Count / $Digit.Count
        PixelError = ($differences | Measure-Object -Average).Average
        Grey       = Get-GreyShare $found.ForEach{ $readings[$_.File].GetImage() }
    }
}

# The mean absolute difference of two images' pixels, of 255.
function Get-Difference([byte[]] $One, [byte[]] $Other) {
    $sum = 0
    for ($i = 0; $i -lt $One.Length; $i++) { $sum += [math]::Abs($One[$i] - $Other[$i]) }
    $sum / $One.Length
}

# The shares of the grey values 1-63, 64-127, 128-191 and 192-255 among the pixels that are not zero.
function Get-GreyShare($Image) {
    $counts = [int[]]::new(4)
    foreach ($one in $Image) { foreach ($grey in $one.Pixels) { if ($grey) { $counts[$grey -shr 6]++ } } }
    $sum = [math]::Max(1, ($counts | Measure-Object -Sum).Sum)
    ($counts | ForEach-Object { '{0,3:0}' -f (100 * $_ / $sum) }) -join ' '
}

# Whether all digits of a page were found in order, and how many of them were read right.
function Measure-Page($Digit) {
    $readings = @(ConvertTo-MnistImage (Join-Path $Path $Digit[0].File) -Split -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Invoke-MnistPrediction $Network)
    $isFound = $readings.Count -eq $Digit.Count
    $right = 0
    for ($i = 0; $isFound -and $i -lt $Digit.Count; $i++) {
        $source = $readings[$i].GetImage().Source
        $x = $source.Left + $source.Width / 2
        $y = $source.Top + $source.Height / 2
        $box = $Digit[$i]
        $isFound = $x -ge $box.X -and $x -le $box.X + $box.Width -and $y -ge $box.Y -and $y -le $box.Y + $box.Height
        $right += $readings[$i].Label -eq $Digit[$i].Label
    }
    [pscustomobject]@{ File = $Digit[0].File; IsFound = $isFound; Found = $readings.Count; Right = $isFound ? $right : 0; Count = $Digit.Count }
}

$digits = Import-Csv (Join-Path $Path labels.csv)
foreach ($digit in $digits) {
    foreach ($name in 'Index', 'Label', 'X', 'Y', 'Width', 'Height') { $digit.$name = [int] $digit.$name }
}
$pages, $single = $digits.Where({ $_.Effect -eq 'Page' }, 'Split')

if ($single) {
    $originals = @($single.Where{ $_.Effect -eq $single[0].Effect }.ForEach{ $data.Test[$_.Index] })
    $right = @($originals | Invoke-MnistPrediction $Network | Where-Object IsCorrect).Count / $originals.Count
    $rows = @(
        [pscustomobject]@{ Effect = 'originals'; Accuracy = $right; PixelError = 0.0; Grey = Get-GreyShare $originals }
        foreach ($group in $single | Group-Object Effect -NoElement) { Measure-Photo $single.Where{ $_.Effect -eq $group.Name } }
    )
    $rows | Format-Table Effect, @{ Name = 'Accuracy'; Expression = { $_.Accuracy.ToString('P1') }; Align = 'Right' },
        @{ Name = 'Difference'; Expression = { ($_.Accuracy - $right).ToString('P1') }; Align = 'Right' },
        @{ Name = 'Pixel error'; Expression = { $_.PixelError.ToString('0.0') }; Align = 'Right' }, @{ Name = 'Grey values, %'; Expression = { $_.Grey } }
}

if ($pages) {
    $rows = @($pages | Group-Object File | ForEach-Object { Measure-Page $_.Group })
    $found = $rows.Where{ $_.IsFound }
    'Pages on which every digit was found, in order: {0} of {1} ({2:P0}).' -f $found.Count, $rows.Count, ($found.Count / $rows.Count)
    if ($found) {
        'Digits of these that were read right: {0:P1}.' -f (($found | Measure-Object Right -Sum).Sum / ($found | Measure-Object Count -Sum).Sum)
    }
    $rows.Where{ -not $_.IsFound } | Select-Object File, Found | Format-Table
}
