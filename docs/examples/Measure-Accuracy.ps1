<#
.SYNOPSIS
Trains a preset from several seeds and prints how well each reads the test images, and the median: the table of docs/accuracy.md.

.DESCRIPTION
The test images are read after each epoch, for its metrics, and nothing is chosen by them: the figure is the last epoch's. With -FromSynthetic the
network sees embedded digits only, and reads MNIST.

.EXAMPLE
./docs/examples/Measure-Accuracy.ps1 -Preset ConvNet -Epochs 26 -Augment Rotate, Scale, Elastic
#>
param(
    [ValidateSet('Tutorial', 'Mlp', 'ConvNet')]
    [string] $Preset = 'ConvNet',
    [string[]] $Seed = @(1, 2, 3, 4, 5),
    [hashtable] $Network = @{},
    [hashtable] $Training = @{},
    [int] $Epochs,
    [string[]] $Augment,
    [switch] $FromSynthetic
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }

# From another shell a list comes as one string, hence the -split here and below.
if ($Epochs) { $Training['Epochs'] = $Epochs }
if ($Augment) { $Training['Augment'] = $Augment -split ',' }
if (-not $Network.Count) { $Network = @{ Preset = $Preset } }

$mnist = Get-MnistDataset
$data = $mnist
if ($FromSynthetic) {
    $data = [MnistPS.MnistDataset]::new('Synthetic to MNIST', (Get-MnistDataset -Synthetic).Training, $mnist.Test)
}

$rows = foreach ($number in $Seed -split ',') {
    $net = New-MnistNetwork @Network -Seed $number
    $last = @($data | Invoke-MnistTraining -Network $net @Training)[-1]
    'seed {0}: test accuracy {1:P2} after {2} epochs, {3:0.0} s, {4:0} images/s' -f
        $number, $last.TestAccuracy, $net.EpochsTrained, $last.Elapsed.TotalSeconds, $last.ImagesPerSecond | Out-Default
    $last
}

function Get-Median([double[]] $Number) {
    [Array]::Sort($Number)
    ($Number[[Math]::Floor(($Number.Count - 1) / 2)] + $Number[[Math]::Floor($Number.Count / 2)]) / 2
}

'median of {0}: {1:P2}, {2:0.0} s' -f @($rows).Count, (Get-Median $rows.TestAccuracy), (Get-Median $rows.ForEach{ $_.Elapsed.TotalSeconds })
