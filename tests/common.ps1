# Dot-sourced by every spec: imports the module that was built, or the installed one that MNISTPS_TEST_MODULE names, and says where it and MNIST lie.
$RepositoryRoot = Split-Path $PSScriptRoot
$module = Import-Module ($env:MNISTPS_TEST_MODULE ? $env:MNISTPS_TEST_MODULE : (Join-Path $RepositoryRoot MnistPS)) -PassThru

# What other processes and runspaces import.
$MnistPSModule = Join-Path $module.ModuleBase MnistPS.psd1

# The folder with the four files of MNIST, or $null: specs that need it are skipped then.
$MnistPath = $env:MNISTPS_TEST_DATA ? $env:MNISTPS_TEST_DATA : (Join-Path (Split-Path $RepositoryRoot) shared mnist)
if (-not (Test-Path $MnistPath -PathType Container)) { $MnistPath = $null }

# Runs the PowerShell that runs this spec once more, as a process of its own.
function Invoke-PowerShell {
    $program = [Environment]::ProcessPath
    # Where it came as a dll, dotnet runs that.
    $dll = (Split-Path $program -LeafBase) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()
    & $program @dll -NoLogo -NoProfile -NonInteractive @args
}

# Numbers as text, to the last digit: PowerShell itself writes fifteen.
function Join-Number([object[]]$Number) { [string]::Join(' ', $Number) }

# A data set that a network can learn at once, the same each time: every image has a bar whose height stands for its digit, and some noise.
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
