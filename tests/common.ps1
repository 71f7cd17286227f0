# Dot-sourced by every spec. It imports the module that was built, or the installed one of MNISTPS_TEST_MODULE, and defines the paths of it and MNIST.
$RepositoryRoot = Split-Path $PSScriptRoot
$module = Import-Module ($env:MNISTPS_TEST_MODULE ? $env:MNISTPS_TEST_MODULE : (Join-Path $RepositoryRoot MnistPS)) -PassThru

# The module for other processes and runspaces.
$MnistPSModule = Join-Path $module.ModuleBase MnistPS.psd1

# The folder with MNIST's four files, or $null. Specs that need it are then skipped.
$MnistPath = $env:MNISTPS_TEST_DATA ? $env:MNISTPS_TEST_DATA : (Join-Path (Split-Path $RepositoryRoot) shared mnist)
if (-not (Test-Path $MnistPath -PathType Container)) { $MnistPath = $null }

# The command line of the PowerShell that runs this spec, which may be dotnet and pwsh.dll.
function Get-PowerShellCommand {
    [Environment]::ProcessPath
    if ((Split-Path ([Environment]::ProcessPath) -LeafBase) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] }
}

# Starts another process of the PowerShell that runs this spec.
function Invoke-PowerShell {
    $command = @(Get-PowerShellCommand)
    & $command[0] @($command | Select-Object -Skip 1) -NoLogo -NoProfile -NonInteractive @args
}

# Starts a script in a runspace of its own, after importing the module there, and returns when it reports progress or ends.
function Start-Pipeline([scriptblock]$Script, [object[]]$ArgumentList) {
    # Not as a statement of its own: a batch of statements is not always 'Running', and one that is stopped writes its error after the streams are closed.
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule(@($MnistPSModule))
    $shell = [powershell]::Create($state)
    $null = $shell.AddScript($Script)
    foreach ($argument in $ArgumentList) { $null = $shell.AddArgument($argument) }
    $null = $shell.BeginInvoke()
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while ($shell.Streams.Progress.Count -eq 0 -and $shell.InvocationStateInfo.State -eq 'Running' -and $watch.Elapsed.TotalSeconds -lt 60) { [System.Threading.Thread]::Sleep(5) }
    $shell
}

# Runs a script in a culture.
function Use-Culture([cultureinfo]$Culture, [scriptblock]$Script) {
    $before = [cultureinfo]::CurrentCulture
    try {
        [cultureinfo]::CurrentCulture = $Culture
        & $Script
    }
    finally { [cultureinfo]::CurrentCulture = $before }
}

# The lines of a view, without colours and empty lines, in the invariant culture by default.
function Show-Object([Parameter(ValueFromPipeline)]$InputObject, [cultureinfo]$Culture = '', [int]$Width = 80) {
    begin { $objects = [System.Collections.Generic.List[object]]::new() }
    process { $objects.Add($InputObject) }
    end {
        foreach ($line in Use-Culture $Culture { $objects | Out-String -Stream -Width $Width }) { ($line -replace "`e\[[\d;]*m").TrimEnd().Where{ $_ } }
    }
}

# The copy of an object from Export-Clixml (depth 2), or from a job or another machine (depth 1).
function Copy-Object([Parameter(ValueFromPipeline)]$InputObject, [int]$Depth = 1) {
    process { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject, $Depth)) }
}

# The completions of a line.
function Get-Completion([string]$Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }

# A TCP port of this machine that is not in use.
function Get-FreePort {
    $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $probe.LocalEndpoint.Port
    $probe.Stop()
}

# A picture as an SKBitmap of the graphics library, which has been loaded by drawing one.
function Read-Bitmap([string]$Path) {
    $context = [System.Runtime.Loader.AssemblyLoadContext]::All.Where{ $_.Name -eq 'MnistPS.Imaging' }[0]
    $context.Assemblies.Where{ $_.GetName().Name -eq 'SkiaSharp' }[0].GetType('SkiaSharp.SKBitmap')::Decode($Path)
}

# A file that the user must not read, or nothing where there is none. Root may read all but the attributes of the kernel that are there to be written.
function Get-UnreadableFile {
    $path = Get-TestPath closed.png
    if (-not $IsWindows -and -not (Test-Path $path)) { Set-Content $path 'closed'; [System.IO.File]::SetUnixFileMode($path, 'None') }
    foreach ($path in @($path) + (Get-Item /sys/bus/*/drivers_probe -ErrorAction Ignore).FullName) {
        try { [System.IO.File]::OpenRead($path).Dispose() } catch [System.UnauthorizedAccessException] { return $path } catch [System.IO.IOException] { }
    }
}

# A path in the folder of this spec.
function Get-TestPath([string]$Name) { Join-Path $TestDrive $Name }

# Numbers as text, in round-trip precision. PowerShell itself writes fifteen digits.
function Join-Number([object[]]$Number) { [string]::Join(' ', $Number) }

# Metrics as text, without times, which differ from run to run.
function Join-Metrics { process { Join-Number $_.Epoch, $_.TrainingError, $_.TrainingAccuracy, $_.ValidationError, $_.ValidationAccuracy, $_.TestError, $_.TestAccuracy, $_.LearningRate } }

# A data set that a network learns at once, the same each time: every image has a bar whose height encodes its digit, and some noise.
function New-BarDataset([int]$TrainingCount = 100, [int]$TestCount = 50) {
    $random = [System.Random]::new(1)
    $sets = [System.Collections.Generic.List[MnistPS.ImageSet]]::new()
    foreach ($count in $TrainingCount, $TestCount) {
        $pixels = [byte[]]::new(784 * $count)
        $labels = [byte[]]::new($count)
        for ($image = 0; $image -lt $count; $image++) {
            $labels[$image] = $random.Next(10)
            $bar = 784 * $image + 28 * (4 + 2 * $labels[$image])
            for ($column = 4; $column -lt 24; $column++) { $pixels[$bar + $column] = $random.Next(64, 256) }
            for ($speck = 0; $speck -lt 40; $speck++) { $pixels[784 * $image + $random.Next(784)] = $random.Next(256) }
        }
        $sets.Add([MnistPS.ImageSet]::new($pixels, $labels))
    }
    [MnistPS.MnistDataset]::new('Bars', $sets[0], $sets[1])
}
