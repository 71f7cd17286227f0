#requires -Version 7.6

<#
.SYNOPSIS
Draws the pictures of README.md and docs/tour.md, and the icon of the module.

.DESCRIPTION
The pictures show embedded digits. Export-MnistPlot draws the plots, and its graphics library draws the icon. The test of the drawing page takes the
pictures of that page, which needs Chromium and the .NET SDK.

.PARAMETER Path
The folder of the pictures.

.PARAMETER IconPath
The file of the icon.

.PARAMETER NoPage
Leaves the pictures of the drawing page as they are.

.EXAMPLE
./docs/examples/New-Pictures.ps1

.EXAMPLE
./docs/examples/New-Pictures.ps1 -NoPage
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot .. images),
    [string] $IconPath = (Join-Path $PSScriptRoot .. .. MnistPS icon.png),
    [switch] $NoPage
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }

# The tutorial's network on embedded digits, as in Start-Tutorial.ps1 without MNIST.
$data = Get-MnistDataset -Synthetic -TrainingCount 1000 -TestCount 1000
$network = New-MnistNetwork -Seed 884736743
$null = $data | Invoke-MnistTraining -Network $network
$predictions = $data.Test | Invoke-MnistPrediction -Network $network

foreach ($theme in 'Light', 'Dark') {
    $ending = $theme -eq 'Dark' ? '-dark.png' : '.png'
    $style = @{ Theme = $theme; Force = $true }
    $network | Export-MnistPlot (Join-Path $Path "curves$ending") @style
    $predictions | Select-Object -First 24 |
        Export-MnistPlot (Join-Path $Path "digits$ending") -Kind Images -Width 1200 -Height 340 -Title 'Test digits, and what the network reads' @style
    $predictions | Export-MnistPlot (Join-Path $Path "confusion$ending") -Width 660 -Height 645 @style
}

# The icon has four digits, at two pixels for each of theirs.
$context = [System.Runtime.Loader.AssemblyLoadContext]::All.Where{ $_.Name -eq 'MnistPS.Imaging' }[0]
$skia = $context.Assemblies.Where{ $_.GetName().Name -eq 'SkiaSharp' }[0]
$bitmap = $skia.GetType('SkiaSharp.SKBitmap')::new(128, 128)
$canvas = $skia.GetType('SkiaSharp.SKCanvas')::new($bitmap)
$paint = $skia.GetType('SkiaSharp.SKPaint')::new()
$colour = $skia.GetType('SkiaSharp.SKColor')
$paint.IsAntialias = $true
$paint.Color = $colour::Parse('#1E3A8A')
$canvas.DrawRoundRect(0, 0, 128, 128, 24, 24, $paint)
$tile = 0
foreach ($digit in 3, 8, 0, 6) {
    $pixels = ($data.Test | Where-Object Label -EQ $digit | Select-Object -First 1).Pixels
    for ($i = 0; $i -lt $pixels.Count; $i++) {
        $paint.Color = $colour::new(255, 255, 255, $pixels[$i])
        $canvas.DrawRect(8 + 56 * ($tile % 2) + 2 * ($i % 28), 8 + 56 * [Math]::Floor($tile / 2) + 2 * [Math]::Floor($i / 28), 2, 2, $paint)
    }
    $tile++
}
$png = $bitmap.Encode($skia.GetType('SkiaSharp.SKEncodedImageFormat')::Png, 100)
[System.IO.File]::WriteAllBytes($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($IconPath), $png.ToArray())
$png.Dispose(); $paint.Dispose(); $canvas.Dispose(); $bitmap.Dispose()

if (-not $NoPage) {
    $shots = [System.IO.Directory]::CreateTempSubdirectory('MnistPS-pictures-').FullName
    $env:MNISTPS_SCREENSHOTS = $shots
    try {
        $project = Join-Path $PSScriptRoot .. .. tests MnistPS.Browser.Tests
        dotnet test --project $project -- --filter-class '*.DrawingTests' --filter-method '*.It_fits_a_phone_and_a_desk' | Out-Host
        foreach ($theme in 'Light', 'Dark') {
            $shot = Join-Path $shots "page-1280-$theme.png"
            if (Test-Path $shot) {
                Copy-Item $shot (Join-Path $Path ($theme -eq 'Dark' ? 'page-dark.png' : 'page.png'))
            }
            else {
                Write-Warning 'The test of the drawing page took no picture, because there is no Chromium. Install it, or set MNISTPS_CHROMIUM to its path.'
            }
        }
    }
    finally {
        $env:MNISTPS_SCREENSHOTS = $null
        Remove-Item $shots -Recurse
    }
}

Get-ChildItem $Path -Filter *.png
Get-Item $IconPath
