<#
.SYNOPSIS
The tutorial from its first line to its last: load digits, look at them, train, plot, test.

.DESCRIPTION
Trains on MNIST if it is in the cache or a mirror is in reach, and otherwise says so and goes on with the embedded digits.
Writes the metrics to a CSV file and the curves to curves.png beside it, and prints the test accuracy and five mistakes.
#>
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
    "MNIST is neither in the cache nor in reach, so this run uses the embedded digits: its numbers are not the tutorial's."
    $data = Get-MnistDataset -Synthetic -TrainingCount $TrainingCount -TestCount $TestCount
}
$data

# 2. Look at a few digits.
$data.Training | Show-MnistImage -Sample 5 -Seed 147197952744

# 3. Encode the labels, make the network and train it, image by image.
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
    $network | Export-MnistPlot $curves -Force
    "The metrics are in $MetricsPath, and their curves in $curves."
}
catch [MnistPS.MnistException] {
    "The metrics are in $MetricsPath. Their curves could not be drawn: $_"
}
