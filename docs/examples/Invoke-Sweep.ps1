#requires -Version 7.6

<#
.SYNOPSIS
Trains a network for each pair of a learning rate and a hidden size, several at a time, and writes a row a run to a CSV file.

.DESCRIPTION
Networks share nothing, so each run has a runspace of its own; the data set is in memory once. A run that diverges is reported
and has no row. Pairs are compared by the accuracy on images that are set aside for validation, and the best comes first; what they read of the
test images is left out, for the one that is chosen. The file's numbers and separators are those of
the session's culture, as its spreadsheets expect them: Import-Csv -UseCulture reads it.

.EXAMPLE
./docs/examples/Invoke-Sweep.ps1 -LearningRate 0.001, 0.004 -HiddenSize 64, 256 -Epochs 5

.EXAMPLE
Import-Module ./MnistPS
./docs/examples/Invoke-Sweep.ps1 -Dataset (Get-MnistDataset -Synthetic -TrainingCount 2000 -TestCount 500) -ValidationCount 500
#>
param(
    [double[]] $LearningRate = (0.0005, 0.001, 0.002, 0.004),
    [int[]] $HiddenSize = (64, 128, 256),
    [int] $Epochs = 10,
    [int] $ValidationCount = 10000,
    [ulong] $Seed = 1,
    [string] $Path = 'sweep.csv',
    [int] $ThrottleLimit = [System.Environment]::ProcessorCount,
    # MNIST, if none is given.
    $Dataset
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }
$module = Join-Path (Get-Module MnistPS).ModuleBase MnistPS.psd1
$Dataset ??= Get-MnistDataset

$runs = foreach ($size in $HiddenSize) {
    foreach ($rate in $LearningRate) { [pscustomobject]@{ HiddenSize = $size; LearningRate = $rate } }
}

# From here on, a run that fails leaves the others alone.
$ErrorActionPreference = 'Continue'
$runs | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
    Import-Module $using:module
    $run = $_
    $network = New-MnistNetwork -HiddenSize $run.HiddenSize -Activation Relu -Seed $using:Seed
    # A thread a run, since the runs share the processors already.
    $using:Dataset |
        Invoke-MnistTraining $network -LearningRate $run.LearningRate -Epochs $using:Epochs -ValidationCount $using:ValidationCount -ThrottleLimit 1 |
        Select-Object -Last 1 |
        ForEach-Object {
            [pscustomobject]@{
                HiddenSize         = $run.HiddenSize
                LearningRate       = $run.LearningRate
                Epochs             = $_.Epoch + 1
                TrainingError      = $_.TrainingError
                ValidationError    = $_.ValidationError
                ValidationAccuracy = $_.ValidationAccuracy
                Seconds            = $_.Elapsed.TotalSeconds
            }
        }
} | Tee-Object -Variable results | Export-Csv $Path -UseCulture

$results | Sort-Object ValidationAccuracy -Descending
