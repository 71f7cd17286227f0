# One run of a sweep, in a runspace that has the module and the data set. $ErrorActionPreference is set here, so that a fault ends the run.
param([hashtable] $Network, [hashtable] $Training, [bool] $PassThru)

$ErrorActionPreference = 'Stop'
$net = New-MnistNetwork @Network
$epochs = @($global:MnistPSSweepData | Invoke-MnistTraining $net @Training)

# With early stopping the network is as of its best epoch.
$metrics = $Training.ContainsKey('EarlyStoppingPatience') ? @($epochs | Sort-Object ValidationError -Stable)[0] : $epochs[-1]
$bytes = $null
if ($PassThru) {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "MnistPS-$([guid]::NewGuid().ToString('n')).safetensors"
    try {
        $net | Export-MnistNetwork $file
        $bytes = [System.IO.File]::ReadAllBytes($file)
    }
    finally { Remove-Item $file -ErrorAction Ignore }
}
@{
    EpochsTrained      = $epochs.Count
    TrainingError      = $metrics.TrainingError
    TrainingAccuracy   = $metrics.TrainingAccuracy
    ValidationError    = $metrics.ValidationError
    ValidationAccuracy = $metrics.ValidationAccuracy
    Ticks              = $epochs[-1].Elapsed.Ticks
    Computer           = [System.Environment]::MachineName
    Network            = $bytes
}
