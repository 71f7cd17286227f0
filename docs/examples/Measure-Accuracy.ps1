#requires -Version 7.6

<#
.SYNOPSIS
Measures the test accuracy of a network over several seeds, for the table of docs/accuracy.md.

.DESCRIPTION
Trains one network for each seed. Prints the accuracy of the last epoch of each, and returns the median.

.PARAMETER Preset
The preset to train.

.PARAMETER Seed
The seeds. A string with commas is a list.

.PARAMETER Network
Parameters of New-MnistNetwork, in place of -Preset.

.PARAMETER Training
Parameters of Invoke-MnistTraining.

.PARAMETER Epochs
The number of epochs. The default is that of the network.

.PARAMETER Augment
The augmentation. A string with commas is a list.

.PARAMETER FromSynthetic
Trains on embedded digits and tests on MNIST.

.EXAMPLE
./docs/examples/Measure-Accuracy.ps1 -Preset ConvNet -Epochs 26 -Augment Rotate, Scale, Elastic

.EXAMPLE
./docs/examples/Measure-Accuracy.ps1 -Network @{ HiddenSize = 64; Activation = 'Tanh' } -Training @{ LearningRate = 0.002 } -Seed 1, 2, 3
#>
[CmdletBinding()]
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

# Other shells pass a list as one string, hence -split.
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
