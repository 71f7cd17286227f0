# `dotnet run --project src/MnistPS`: PowerShell with the module, for users without PowerShell.

BeforeAll {
    . $PSScriptRoot/common.ps1
    $project = Join-Path $RepositoryRoot src MnistPS

    # The exit code, output and errors. The module is built already, in Debug as `dotnet run` does.
    function Invoke-Run([string[]] $Argument, [string] $InputText) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] (@('run', '--no-build', '--project', $project, '--') + $Argument))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['NO_COLOR'] = '1'
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Write($InputText)
        $process.StandardInput.Close()
        $output, $problems = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        [pscustomobject]@{ Code = $process.ExitCode; Output = $output.Result.Trim() -replace "`r"; Error = $problems.Result.Trim() }
    }

    function Invoke-Script([string] $Text, [string[]] $Argument) {
        $path = Join-Path $TestDrive "it's a script.ps1"
        Set-Content $path $Text
        Invoke-Run (@($path) + $Argument)
    }
}

Describe 'dotnet run --project src/MnistPS -- a script' {
    It 'binds <Argument> as PowerShell does' -ForEach @(
        @{ Argument = @(); Expected = '20|False|' }
        @{ Argument = '-Epochs', '3'; Expected = '3|False|' }
        @{ Argument = '-Epochs:3', '-Fast'; Expected = '3|True|' }
        @{ Argument = '-Fast:$false', '-Name', 'a'; Expected = '20|False|a' }
        @{ Argument = '3', '-Fast', "it's `$x; y"; Expected = "3|True|it's `$x; y" }
        @{ Argument = '-Name', 'C:\a b\'; Expected = '20|False|C:\a b\' }
    ) {
        $run = Invoke-Script 'param([int]$Epochs = 20, [switch]$Fast, [string]$Name) "$Epochs|$Fast|$Name"' $Argument
        $run.Output | Should -Be $Expected
        $run.Code | Should -Be 0
    }

    It 'hands a list on to a parameter of the module as a list' {
        $run = Invoke-Script 'param($HiddenSize) "$(New-MnistNetwork -HiddenSize $HiddenSize -Seed 1)"' -Argument '-HiddenSize', '128,64'
        $run.Output | Should -BeLike 'dense 128,*dense 64,*'
    }

    It 'ends with exit code <Code> after <Text>' -ForEach @(
        @{ Text = "'x'; exit 3; 'y'"; Code = 3; Output = 'x'; Problem = '' }
        @{ Text = "'x'; exit 0; 'y'"; Code = 0; Output = 'x'; Problem = '' }
        @{ Text = "'x'; throw 'oh no'"; Code = 1; Output = 'x'; Problem = 'oh no' }
        @{ Text = "'x'; if ("; Code = 1; Output = ''; Problem = 'Missing condition' }
        @{ Text = "Get-Nothing; 'y'"; Code = 0; Output = 'y'; Problem = 'Get-Nothing' }
        @{ Text = "`$ErrorActionPreference = 'Stop'; Get-Nothing; 'y'"; Code = 1; Output = ''; Problem = 'Get-Nothing' }
        @{ Text = '(Get-Module MnistPS).Name'; Code = 0; Output = 'MnistPS'; Problem = '' }
    ) {
        $run = Invoke-Script $Text
        $run.Code | Should -Be $Code
        $run.Output | Should -Be $Output
        $run.Error | Should -BeLike "*$Problem*"
        [bool] $run.Error | Should -Be ([bool] $Problem)
    }

    It 'takes its PowerShell along when it is ended' -Skip:$IsWindows {
        $path, $sign = (Join-Path $TestDrive wait.ps1), (Join-Path $TestDrive process)
        Set-Content $path "`$PID > '$sign.new'; Move-Item '$sign.new' '$sign'; Start-Sleep 300"
        $run = [System.Diagnostics.Process]::Start('dotnet', [string[]] ('run', '--no-build', '--project', $project, '--', $path))
        while (-not (Test-Path $sign) -and -not $run.HasExited) { Start-Sleep -Milliseconds 50 }
        $id = [int] (Get-Content $sign)
        Get-Process -Id $id | Should -Not -BeNullOrEmpty
        kill -TERM $run.Id
        $run.WaitForExit(30000) | Should -BeTrue
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'names a script that is not there' {
        $run = Invoke-Run 'nowhere.ps1'
        $run.Code | Should -Be 64
        $run.Error | Should -BeLike "*'nowhere.ps1'*"
    }
}

Describe 'dotnet run --project src/MnistPS' {
    It 'opens a prompt that says what to type first, with the module' {
        $run = Invoke-Run @() -InputText "(Get-Module MnistPS).Name`nexit 5`n"
        $run.Code | Should -Be 5
        $run.Output | Should -BeLike 'MnistPS is loaded. Begin with: *MnistPS*'
    }
}
