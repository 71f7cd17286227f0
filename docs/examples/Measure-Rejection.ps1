<#
.SYNOPSIS
Measures how well confidence tells right from wrong, and digits from what is none: the tables of docs/accuracy.md.

.DESCRIPTION
Trains each preset from each seed twice, without and with -Calibrate, which gives the same weights. The expected calibration error is that of MNIST's
test images. What is no digit is drawn from strokes by SyntheticScribbles, half of it scribbles, half letters and symbols; nothing is trained or
calibrated on it. The threshold is the largest that rejects at most 1 % of the test images. AUROC is the chance that a test image has more confidence
than a drawing that is no digit.

.EXAMPLE
./docs/examples/Measure-Rejection.ps1 -Preset Mlp -Seed 1
#>
param(
    [string[]] $Preset = @('ConvNet', 'Mlp'),
    [string[]] $Seed = @(1, 2, 3),
    [int] $ValidationCount = 5000,
    [int] $DrawingCount = 4000,
    [hashtable] $Training = @{}
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module MnistPS)) { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }

# Expected calibration error with fifteen bins, ((m - 1) / 15, m / 15], of Guo et al., arXiv:1706.04599.
function Get-CalibrationError($Prediction) {
    $bins = $Prediction | Group-Object { [Math]::Max([Math]::Ceiling(15 * $_.Confidence), 1) }
    $gaps = foreach ($bin in $bins) {
        [Math]::Abs(@($bin.Group.Where{ $_.IsCorrect }).Count - ($bin.Group | Measure-Object Confidence -Sum).Sum)
    }
    ($gaps | Measure-Object -Sum).Sum / $Prediction.Count
}

# Of equal numbers, half count as above.
function Get-Auroc([double[]] $Digit, [double[]] $Other) {
    [Array]::Sort($Digit)
    $sum = 0.0
    foreach ($number in $Other) {
        $low, $high = 0, $Digit.Length
        while ($low -lt $high) { $middle = ($low + $high) -shr 1; if ($Digit[$middle] -lt $number) { $low = $middle + 1 } else { $high = $middle } }
        $below, $high = $low, $Digit.Length
        while ($low -lt $high) { $middle = ($low + $high) -shr 1; if ($Digit[$middle] -le $number) { $low = $middle + 1 } else { $high = $middle } }
        $sum += $Digit.Length - ($below + $low) / 2
    }
    $sum / $Digit.Length / $Other.Length
}

$data = Get-MnistDataset
$drawings = [MnistPS.SyntheticScribbles]::Draw($DrawingCount, 1)
foreach ($name in $Preset -split ',') {
    foreach ($number in $Seed -split ',') {
        foreach ($calibrate in $false, $true) {
            $network = New-MnistNetwork -Preset $name -Seed $number
            $null = $data | Invoke-MnistTraining $network -ValidationCount $ValidationCount -Calibrate:$calibrate @Training
            $digits = @($data.Test | Invoke-MnistPrediction $network)
            $others = @($drawings | Invoke-MnistPrediction $network)
            [double[]] $sorted = $digits.Confidence | Sort-Object
            $threshold = $sorted[[Math]::Floor($sorted.Length / 100)]
            $rejected = $others.Where{ $_.Confidence -lt $threshold }
            [pscustomobject]@{
                Preset            = $name
                Seed              = $number
                Calibrated        = $calibrate
                Accuracy          = '{0:P2}' -f (@($digits.Where{ $_.IsCorrect }).Count / $digits.Count)
                CalibrationError  = '{0:P2}' -f (Get-CalibrationError $digits)
                Auroc             = '{0:0.000}' -f (Get-Auroc $digits.Confidence $others.Confidence)
                Threshold         = '{0:0.00}' -f $threshold
                Rejected          = '{0:P1}' -f ($rejected.Count / $others.Count)
                Scribbles         = '{0:P1}' -f (2 * $rejected.Where{ $_.Index % 2 -eq 0 }.Count / $others.Count)
                Letters           = '{0:P1}' -f (2 * $rejected.Where{ $_.Index % 2 -eq 1 }.Count / $others.Count)
                DigitsBelowHalf   = '{0:P2}' -f ($digits.Where{ $_.Confidence -lt 0.5 }.Count / $digits.Count)
                OthersBelowHalf   = '{0:P1}' -f ($others.Where{ $_.Confidence -lt 0.5 }.Count / $others.Count)
            }
        }
    }
}
