# Dot-sourced by every spec. It imports the module that was built, or the installed one of MNISTPS_TEST_MODULE, and defines the paths of it and MNIST.
$RepositoryRoot = Split-Path $PSScriptRoot
$module = Import-Module ($env:MNISTPS_TEST_MODULE ? $env:MNISTPS_TEST_MODULE : (Join-Path $RepositoryRoot MnistPS)) -PassThru

# The module for other processes and runspaces.
$MnistPSModule = Join-Path $module.ModuleBase MnistPS.psd1

# The folder with MNIST's four files, or $null. Specs that need it are then skipped.
$MnistPath = $env:MNISTPS_TEST_DATA ? $env:MNISTPS_TEST_DATA : (Join-Path (Split-Path $RepositoryRoot) shared mnist)
if (-not (Test-Path $MnistPath -PathType Container)) { $MnistPath = $null }

# Starts another process of the PowerShell that runs this spec.
function Invoke-PowerShell {
    $program = [Environment]::ProcessPath
    # PowerShell as a dll runs in dotnet.
    $dll = (Split-Path $program -LeafBase) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()
    & $program @dll -NoLogo -NoProfile -NonInteractive @args
}

# Numbers as text, in round-trip precision. PowerShell itself writes fifteen digits.
function Join-Number([object[]]$Number) { [string]::Join(' ', $Number) }

# A data set that a network learns at once, the same each time: every image has a bar whose height encodes its digit, and some noise.
function New-BarDataset([int]$TrainingCount = 100, [int]$TestCount = 50) {
    $random = [System.Random]::new(1)
    $sets = [System.Collections.Generic.List[MnistPS.ImageSet]]::new()
    foreach ($count in $TrainingCount, $TestCount) {
        $pixels = [byte[]]::new(784 * $count)
        $labels = [byte[]]::new($count)
        for ($image = 0; $image -lt $count; $image++) {
            $labels[$image] = $random.Next(10)
            $bar = 784 * $image + 28 * (4 + 2 * $labels[$image])
            for ($column = 4; $column -lt 24; $column++) { $pixels[$bar + $column] = $random.Next(64, 256) }
            for ($speck = 0; $speck -lt 40; $speck++) { $pixels[784 * $image + $random.Next(784)] = $random.Next(256) }
        }
        $sets.Add([MnistPS.ImageSet]::new($pixels, $labels))
    }
    [MnistPS.MnistDataset]::new('Bars', $sets[0], $sets[1])
}
