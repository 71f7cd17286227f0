<#
.SYNOPSIS
What a script waits for that does everything once: the milliseconds of each step in a process that has just begun, and the JIT's share of them.
.DESCRIPTION
Methods and Compiling are of the thread of the pipeline (System.Runtime.JitInfo), which is the one that trains: what the JIT compiled there, and its milliseconds.
.EXAMPLE
pwsh -NoProfile -File tests/MnistPS.Benchmarks/Measure-FirstCalls.ps1
#>

$ErrorActionPreference = 'Stop'

function Measure-Step([string] $Name, [scriptblock] $Step) {
    $methods, $compiling = [System.Runtime.JitInfo]::GetCompiledMethodCount($true), [System.Runtime.JitInfo]::GetCompilationTime($true)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $null = & $Step
    [pscustomobject]@{
        Step         = $Name
        Milliseconds = [math]::Round($watch.Elapsed.TotalMilliseconds, 2)
        Methods      = [System.Runtime.JitInfo]::GetCompiledMethodCount($true) - $methods
        Compiling    = [math]::Round(([System.Runtime.JitInfo]::GetCompilationTime($true) - $compiling).TotalMilliseconds, 2)
    }
}

# What this script itself has compiled comes before.
$null = Measure-Step nothing { }

Measure-Step import { Import-Module (Join-Path $PSScriptRoot .. .. MnistPS) }
Measure-Step 'load 1000 and 1000 of MNIST' { $script:data = Get-MnistDataset -TrainingCount 1000 -TestCount 1000 }
Measure-Step 'draw a network' { $script:network = New-MnistNetwork -Seed 884736743 }
foreach ($training in 1..12) {
    Measure-Step "training $training" { $data | Invoke-MnistTraining $network }
    $network = New-MnistNetwork -Seed 884736743
}
foreach ($call in 1..60) {
    $one = Measure-Step "one image, call $call" { $data.Test[0] | Invoke-MnistPrediction $network }
    if ($call -in 1, 2, 3, 60) { $one }
}
