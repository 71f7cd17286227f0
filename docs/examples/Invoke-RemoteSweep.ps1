#requires -Version 7.6

<#
.SYNOPSIS
Spreads the runs of a sweep over several machines, and writes a row a run to a CSV file.

.DESCRIPTION
Each machine trains its share of the pairs of a learning rate and a hidden size, one after another, with all its processors. It needs
PowerShell 7.6, the module, and MNIST in its cache or a mirror in reach. What comes back are flat rows of numbers, as no network or
data set goes over the wire. A run that diverges is reported and has no row. The file's numbers and separators are those of
the session's culture, as its spreadsheets expect them: Import-Csv -UseCulture reads it.

.EXAMPLE
$sessions = New-PSSession -HostName larch, alder -UserName ann
./docs/examples/Invoke-RemoteSweep.ps1 -Session $sessions -Module /opt/MnistPS

.EXAMPLE
./docs/examples/Invoke-RemoteSweep.ps1 -Session (New-PSSession -ComputerName larch, alder) -LearningRate 0.001, 0.004
#>
param(
    [Parameter(Mandatory)]
    [System.Management.Automation.Runspaces.PSSession[]] $Session,
    [double[]] $LearningRate = (0.0005, 0.001, 0.002, 0.004),
    [int[]] $HiddenSize = (64, 128, 256),
    [int] $Epochs = 10,
    [int] $ValidationCount = 10000,
    [ulong] $Seed = 1,
    [string] $Path = 'sweep.csv',
    # The module's name or path on the machines.
    [string] $Module = 'MnistPS'
)

$ErrorActionPreference = 'Stop'
$runs = @(foreach ($size in $HiddenSize) {
        foreach ($rate in $LearningRate) { [pscustomobject]@{ HiddenSize = $size; LearningRate = $rate } }
    })

$jobs = for ($machine = 0; $machine -lt [Math]::Min($Session.Count, $runs.Count); $machine++) {
    # Dealt like cards, so that each machine has its part of the large networks.
    $share = for ($i = $machine; $i -lt $runs.Count; $i += $Session.Count) { $runs[$i] }
    Invoke-Command -Session $Session[$machine] -AsJob -ArgumentList $share -ScriptBlock {
        Import-Module $using:Module
        $data = Get-MnistDataset
        foreach ($run in $args) {
            $network = New-MnistNetwork -HiddenSize $run.HiddenSize -Activation Relu -Seed $using:Seed
            $data |
                Invoke-MnistTraining $network -LearningRate $run.LearningRate -Epochs $using:Epochs -ValidationCount $using:ValidationCount |
                Select-Object -Last 1 |
                ForEach-Object {
                    [pscustomobject]@{
                        Machine            = [System.Environment]::MachineName
                        HiddenSize         = $run.HiddenSize
                        LearningRate       = $run.LearningRate
                        Epochs             = $_.Epoch + 1
                        TrainingError      = $_.TrainingError
                        ValidationError    = $_.ValidationError
                        ValidationAccuracy = $_.ValidationAccuracy
                        Seconds            = $_.Elapsed.TotalSeconds
                    }
                }
        }
    }
}

# One machine's fault leaves the rows of the others.
$jobs | Receive-Job -Wait -AutoRemoveJob -ErrorAction Continue |
    Select-Object * -ExcludeProperty PSComputerName, RunspaceId, PSShowComputerName, PSSourceJobInstanceId |
    Tee-Object -Variable results | Export-Csv $Path -UseCulture

$results | Sort-Object ValidationAccuracy -Descending
