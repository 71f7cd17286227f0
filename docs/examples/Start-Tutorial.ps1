#requires -Version 7.6

<#
.SYNOPSIS
Runs the tutorial: loads digits, shows some, trains a network, tests it and plots its curves.

.DESCRIPTION
Trains on MNIST from the cache or a mirror. Without both it uses the embedded digits, and says so. Writes the metrics to a CSV file and the curves to
curves.png beside it. Prints the test accuracy and the first five mistakes.

.PARAMETER Epochs
The number of epochs.

.PARAMETER TrainingCount
The number of training images.

.PARAMETER TestCount
The number of test images.

.PARAMETER MetricsPath
The CSV file of the metrics. An existing file is replaced.

.EXAMPLE
./docs/examples/Start-Tutorial.ps1

.EXAMPLE
./docs/examples/Start-Tutorial.ps1 -Epochs 5 -TrainingCount 60000 -TestCount 10000
#>
[CmdletBinding()]
param(
    [int] $Epochs = 20,
    [int] $TrainingCount = 1000,
    [int] $TestCount = 1000,
    [string] $MetricsPath = 'metrics.csv'
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }

# 1. Load the data set.
try {
    $data = Get-MnistDataset -TrainingCount $TrainingCount -TestCount $TestCount -WarningAction SilentlyContinue
}
catch [MnistPS.MnistException] {
    "MNIST is neither in the cache nor on a mirror, so this run uses the embedded digits. Its log differs from the tutorial's."
    $data = Get-MnistDataset -Synthetic -TrainingCount $TrainingCount -TestCount $TestCount
}
$data

# 2. Show five digits.
$data.Training | Show-MnistImage -Sample 5 -Seed 147197952744

# 3. Encode the labels, create the network and train it, image by image.
$network = New-MnistNetwork -Seed 884736743
$data | ConvertTo-OneHot |
    Invoke-MnistTraining -Network $network -Epochs $Epochs -MetricsPath $MetricsPath -Force |
    ForEach-Object { "$_" }

# 4. Read the test images.
$predictions = @($data.Test | Invoke-MnistPrediction -Network $network)
$mistakes = @($predictions | Where-Object { -not $_.IsCorrect })
$accuracy = ($predictions.Count - $mistakes.Count) / $predictions.Count
'Test accuracy: {0:P1} ({1} of {2})' -f $accuracy, ($predictions.Count - $mistakes.Count), $predictions.Count

$mistakes = @($mistakes | Select-Object -First 5)
'The first mistakes:'
$mistakes | ForEach-Object { $data.Test[$_.Index] } | Show-MnistImage
$mistakes | ForEach-Object { '  {0}' -f $_ }

# 5. Plot the curves.
$curves = [System.IO.Path]::Combine((Split-Path $MetricsPath), 'curves.png')
try {
    $network | Export-MnistPlot -Path $curves -Force
    "The metrics are in $MetricsPath, and their curves in $curves."
}
catch [MnistPS.MnistException] {
    "The metrics are in $MetricsPath. Their curves could not be drawn: $_"
}
