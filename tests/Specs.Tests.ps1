# How `dotnet test` reports specs: failures that Pester passes, and errors outside of tests.

BeforeDiscovery {
    # The program that `dotnet test` starts.
    $runner = Get-ChildItem (Join-Path $PSScriptRoot MnistPS.Specs bin * * MnistPS.Specs.dll)
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $runner = Get-ChildItem (Join-Path $PSScriptRoot MnistPS.Specs bin * * MnistPS.Specs.dll) | Select-Object -First 1

    # The results of Invoke-Spec.ps1 for the text of a spec.
    function Get-SpecResult([string] $Spec, [string[]] $Argument) {
        $path = Join-Path $TestDrive 'Some.Tests.ps1'
        $results = Join-Path $TestDrive 'results.json'
        Set-Content $path $Spec
        Remove-Item $results -ErrorAction Ignore
        $null = Invoke-PowerShell -File (Join-Path $PSScriptRoot MnistPS.Specs Invoke-Spec.ps1) -Pester (Get-Module Pester).Path -Path $path -ResultPath $results @Argument
        if (Test-Path $results) { Get-Content $results | ConvertFrom-Json }
    }
}

Describe 'A spec under dotnet test' {
    It 'fails where <What>' -ForEach @(
        @{ What = 'an assertion does not hold'; Spec = 'Describe a { It b { 1 | Should -Be 2 } }'; Message = 'Expected 2, but got 1' }
        @{ What = 'a test throws'; Spec = "Describe a { It b { throw 'oh no' } }"; Message = 'oh no' }
        @{ What = 'a test asserts nothing'; Spec = 'Describe a { It b { $null = 1 + 1 } }'; Message = 'asserts nothing' }
        @{ What = 'a test asserts of nothing'; Spec = 'Describe a { It b { foreach ($x in @()) { $x | Should -Be 1 } } }'; Message = 'asserts nothing' }
        @{ What = 'BeforeAll throws'; Spec = "Describe a { BeforeAll { throw 'oh no' }; It b { 1 | Should -Be 1 } }"; Message = 'oh no' }
        @{ What = 'AfterAll throws'; Spec = "Describe a { AfterAll { throw 'oh no' }; It b { 1 | Should -Be 1 } }"; Message = 'oh no' }
        @{ What = 'discovery throws'; Spec = "Describe a { It b { 1 | Should -Be 1 } }; throw 'oh no'"; Message = 'oh no' }
        @{ What = 'it is no PowerShell'; Spec = 'Describe a { It b { 1 | Should -Be 1 }'; Message = "Missing closing '}'" }
        @{ What = 'it is empty'; Spec = ''; Message = 'holds no test' }
    ) {
        $failed = @(Get-SpecResult $Spec | Where-Object Outcome -EQ Failed)
        $failed | Should -Not -BeNullOrEmpty
        $failed.Message -join "`n" | Should -BeLike "*$Message*"
    }

    It 'says nothing of a spec that ends its process, so that it cannot pass' {
        Get-SpecResult 'Describe a { It b { 1 | Should -Be 1 }; It c { [Environment]::Exit(0) } }' | Should -BeNullOrEmpty
        Join-Path $TestDrive results.json | Should -Not -Exist
    }

    It 'counts what a function of the spec asserts' {
        (Get-SpecResult 'BeforeAll { function Test-It { 1 | Should -Be 1 } }; Describe a { It b { Test-It } }').Outcome | Should -Be Passed
    }

    It 'names the line that failed, and leaves the other tests alone' {
        $results = Get-SpecResult "Describe a {`n  It b { 1 | Should -Be 1 }`n  It 'c <_>' -ForEach 1, 2 {`n    `$_ | Should -Be 1`n  }`n}"
        $results.Name | Should -Be 'a.b', 'a.c 1', 'a.c 2'
        $results.Outcome | Should -Be Passed, Passed, Failed
        $results.Line | Should -Be 2, 3, 3
        $results[2].Message | Should -Match 'Some\.Tests\.ps1:4'
    }

    It 'says why <What> was skipped' -ForEach @(
        @{ What = 'a test'; Spec = 'Describe a { It b -Skip:(1 -eq 1) { 1 | Should -Be 1 } }'; Reason = "It 'b' -Skip:(1 -eq 1)" }
        @{ What = 'a block'; Spec = 'Describe a -Skip { It b { 1 | Should -Be 1 } }'; Reason = "Describe 'a' -Skip" }
        @{ What = 'a test by itself'; Spec = "Describe a { It b { Set-ItResult -Skipped -Because 'it rains' } }"; Reason = 'it rains' }
    ) {
        $result = Get-SpecResult $Spec
        $result.Outcome | Should -Be Skipped
        $result.Message | Should -Be $Reason
    }

    It 'runs what a filter names, and lists without running' {
        $spec = "Describe a { It b { throw 'oh no' }; It c { 1 | Should -Be 1 } }"
        (Get-SpecResult $spec -Argument '*.c').Name | Should -Be 'a.c'
        (Get-SpecResult $spec -Argument '-List').Outcome | Should -Be Found, Found
    }
}

Describe 'A test run' -Skip:($IsWindows -or -not $runner) {
    It 'takes its PowerShell along when Ctrl+C cancels it' {
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] ($runner, '--progress', 'off'))
        $start.RedirectStandardOutput = $true
        $run = [System.Diagnostics.Process]::Start($start)
        try {
            # Its child is the PowerShell of the first spec.
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            do { Start-Sleep -Milliseconds 50; $child = Get-Process | Where-Object { $_.Parent.Id -eq $run.Id } } until ($child -or $watch.Elapsed.TotalSeconds -gt 60)
            $child | Should -HaveCount 1
            # It would not end by itself.
            kill -STOP $child.Id
            kill -INT $run.Id
            $run.WaitForExit(30000) | Should -BeTrue
            Get-Process -Id $child.Id -ErrorAction Ignore | Should -BeNullOrEmpty
            $run.ExitCode | Should -Not -Be 0
        }
        finally { if (-not $run.HasExited) { $run.Kill($true) } }
    }
}
