<#
.SYNOPSIS
Measures how well confidence tells right from wrong, and digits from what is none: the tables of docs/accuracy.md.

.DESCRIPTION
Trains each preset from each seed with -Calibrate, and compares three scores: the softmax before, the softmax with the temperature, and Confidence,
which also asks whether the image looks like a digit. The expected calibration error is that of MNIST's test images. What is no digit is drawn from
strokes by SyntheticScribbles, half of it scribbles, half letters and symbols; nothing is trained or calibrated on it. The threshold is the largest that
rejects at most 1 % of the test images. AUROC is the chance that a test image has a larger score than a drawing that is no digit.

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
function Get-CalibrationError([double[]] $Confidence, [bool[]] $IsRight) {
    $gaps = [double[]]::new(15)
    for ($i = 0; $i -lt $Confidence.Length; $i++) {
        $gaps[[Math]::Max([Math]::Ceiling(15 * $Confidence[$i]), 1) - 1] += [int] $IsRight[$i] - $Confidence[$i]
    }
    ($gaps | ForEach-Object { [Math]::Abs($_) } | Measure-Object -Sum).Sum / $Confidence.Length
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

# The confidence before the temperature: probabilities to its power, which add up to 1 again.
function Get-PlainConfidence($Prediction, [double] $Temperature) {
    foreach ($one in $Prediction) {
        $sum, $largest = 0.0, 0.0
        foreach ($score in $one.Scores) {
            $power = [Math]::Pow($score, $Temperature)
            $sum += $power
            if ($power -gt $largest) { $largest = $power }
        }
        $largest / $sum
    }
}

$data = Get-MnistDataset
$drawings = [MnistPS.SyntheticScribbles]::Draw($DrawingCount, 1)
foreach ($name in $Preset -split ',') {
    foreach ($number in $Seed -split ',') {
        $network = New-MnistNetwork -Preset $name -Seed $number
        $null = $data | Invoke-MnistTraining $network -ValidationCount $ValidationCount -Calibrate @Training
        $digits = @($data.Test | Invoke-MnistPrediction $network)
        $others = @($drawings | Invoke-MnistPrediction $network)
        $right = $digits.IsCorrect
        foreach ($kind in 'before', 'temperature', 'Confidence') {
            [double[]] $ofDigits, [double[]] $ofOthers = foreach ($predictions in $digits, $others) {
                , @(switch ($kind) {
                    'before' { Get-PlainConfidence $predictions $network.Temperature }
                    'temperature' { $predictions.ForEach{ $_.Scores[0..9] | Sort-Object | Select-Object -Last 1 } }
                    'Confidence' { $predictions.Confidence }
                })
            }
            $threshold = ($ofDigits | Sort-Object)[[Math]::Floor($ofDigits.Length / 100)]
            $rejected = @((0..($ofOthers.Length - 1)).Where{ $ofOthers[$_] -lt $threshold })
            [pscustomobject]@{
                Network          = "$name $number"
                Temperature      = '{0:0.00}' -f $network.Temperature
                Score            = $kind
                CalibrationError = '{0:P2}' -f (Get-CalibrationError $ofDigits $right)
                Auroc            = '{0:0.000}' -f (Get-Auroc $ofDigits $ofOthers)
                Threshold        = '{0:0.00}' -f $threshold
                Rejected         = '{0:P1}' -f ($rejected.Count / $ofOthers.Length)
                Scribbles        = '{0:P1}' -f (2 * $rejected.Where{ $_ % 2 -eq 0 }.Count / $ofOthers.Length)
                Letters          = '{0:P1}' -f (2 * $rejected.Where{ $_ % 2 -eq 1 }.Count / $ofOthers.Length)
                DigitsBelowHalf  = '{0:P2}' -f ($ofDigits.Where{ $_ -lt 0.5 }.Count / $ofDigits.Length)
                OthersBelowHalf  = '{0:P1}' -f ($ofOthers.Where{ $_ -lt 0.5 }.Count / $ofOthers.Length)
            }
        }
    }
}
