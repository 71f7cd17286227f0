<#
.SYNOPSIS
Runs one spec with Pester and writes what became of each test into a file, a line of JSON each (SpecResult.cs).
.DESCRIPTION
The file is written at the end. So there is none where a spec has ended the process.
#>
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $ResultPath,
    [switch] $List,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Filter
)

$ErrorActionPreference = 'Stop'
$pesterModule = Import-Module $Pester -PassThru

# Pester passes a test without assertions. So the running tests are recorded at each assertion.
$asserting = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)
$ExecutionContext.SessionState.InvokeCommand.PreCommandLookupAction = {
    param([string] $name)
    if ($name -like 'Should*') { $null = $asserting.Add((& $pesterModule { Get-CurrentTest })) }
}.GetNewClosure()

$results = [System.Collections.Generic.List[string]]::new()

function Add-Result([string] $Name, [int] $Line, [string] $Outcome, [datetime] $Start, [timespan] $Duration, [string] $Message) {
    $result = [ordered]@{
        Name = $Name; File = $Path; Line = $Line; Outcome = $Outcome
        Start = [datetimeoffset] $Start; Milliseconds = $Duration.TotalMilliseconds; Message = $Message
    }
    $results.Add(($result | ConvertTo-Json -Compress))
}

function Get-Message([object[]] $ErrorRecord) {
    ($ErrorRecord | ForEach-Object { "$($_.DisplayErrorMessage ?? $_)`n$($_.DisplayStackTrace ?? $_.ScriptStackTrace)".Trim() }) -join "`n`n"
}

# The reason of a skipped test: that of Set-ItResult, or the condition of its own or an outer -Skip.
function Get-SkipReason($Test) {
    if ($Test.ErrorRecord) { return "$($Test.ErrorRecord[0])" -replace '^is skipped, because ' }
    for ($item = $Test; $item.ScriptBlock; $item = $item.Block ?? $item.Parent) {
        $elements = @($item.ScriptBlock.Ast.Parent.Parent.CommandElements)
        for ($i = 0; $i -lt $elements.Count; $i++) {
            if ($elements[$i].ParameterName -eq 'Skip') { return "$($elements[0]) '$($item.ExpandedName)' $($elements[$i])" }
        }
    }
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Run.SkipRun = [bool] $List
$configuration.Output.Verbosity = 'None'
if ($Filter) { $configuration.Filter.FullName = $Filter }
$run = Invoke-Pester -Configuration $configuration

foreach ($test in $run.Tests) {
    $outcome, $message = switch ($test.Result) {
        'NotRun' { if ($List -and $test.ShouldRun) { 'Found' } }
        'Skipped' { 'Skipped', (Get-SkipReason $test) }
        'Passed' { if ($asserting.Contains($test)) { 'Passed' } else { 'Failed', 'It asserts nothing.' } }
        default { 'Failed', ((Get-Message $test.ErrorRecord) ? (Get-Message $test.ErrorRecord) : 'A block around it failed.') }
    }
    if ($outcome) {
        Add-Result $test.ExpandedPath $test.StartLine $outcome ($test.ExecutedAt ?? [datetime]::Now) $test.Duration $message
    }
}

# Failures outside of tests: in the file itself, or in the set-up or tear-down of a block.
foreach ($failed in @($run.Containers) + @($run.FailedBlocks) | Where-Object ErrorRecord) {
    Add-Result "$($failed.ExpandedPath ? $failed.ExpandedPath : (Split-Path $Path -Leaf))" ($failed.StartLine ?? 1) 'Failed' ([datetime]::Now) 0 (Get-Message $failed.ErrorRecord)
}
if (-not $run.TotalCount -and -not @($run.Containers.ErrorRecord)) {
    Add-Result (Split-Path $Path -Leaf) 1 'Failed' ([datetime]::Now) 0 'It holds no test.'
}
[System.IO.File]::WriteAllLines($ResultPath, $results)
