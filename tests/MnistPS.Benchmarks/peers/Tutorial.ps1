<#
.SYNOPSIS
The tutorial's training as a user's script: the peer of tutorial.py in the row "cold".
#>
param([string] $Module, [string] $Path, [int] $ThrottleLimit)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$network = New-MnistNetwork -Seed 884736743
$log = Get-MnistDataset -Path $Path -TrainingCount 1000 -TestCount 1000 |
    ConvertTo-OneHot |
    Invoke-MnistTraining -Network $network -Epochs 20 -ThrottleLimit $ThrottleLimit |
    ForEach-Object { "$_" }
"outcome $($log -join '; ')"
