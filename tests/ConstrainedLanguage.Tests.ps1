# In Constrained Language Mode a view may call no methods of types outside PowerShell's own. The output must be the same as in other modes.
BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')

    # The output of a script's object in a session with a language mode.
    function Show-InLanguage([string]$Mode, [string]$Script) {
        $session = [powershell]::Create()
        try {
            $null = $session.AddScript(". '$(Join-Path $PSScriptRoot 'common.ps1')'; $Script").Invoke()
            $session.HadErrors | Should -BeFalse -Because "$($session.Streams.Error)"
            $session.Commands.Clear()
            $null = $session.AddScript("`$ExecutionContext.SessionState.LanguageMode = '$Mode'").Invoke()
            $session.Commands.Clear()
            $shown = $session.AddScript('$object | Out-String -Stream -Width 120').Invoke()
            # The language mode is in effect.
            $session.Commands.Clear()
            $session.AddScript('$ExecutionContext.SessionState.LanguageMode').Invoke()[0] | Should -Be $Mode
            foreach ($line in $shown) { ($line -replace "`e\[[\d;]*m").TrimEnd().Where{ $_ } }
        }
        finally { $session.Dispose() }
    }
}

Describe 'The view in Constrained Language Mode' {
    It 'of <Name> is that of Full Language' -ForEach @(
        @{ Name = 'a data set'; Make = '$object = New-BarDataset 20 10'; Shows = 'The shape of training images: (20, 784) and training labels: (20,)' }
        @{ Name = 'an image'; Make = '$object = (New-BarDataset 20 10).Test[3]'; Shows = 'label *' }
        @{ Name = 'a network'; Make = '$object = New-MnistNetwork -Seed 3 -Layer "conv 8x5", relu, "pool 2", "dense 10"'; Shows = '*parameters, CrossEntropy, seed 3, 0 epochs trained' }
        @{ Name = 'a prediction'; Make = '$object = (New-BarDataset 20 10).Test | Invoke-MnistPrediction (New-MnistNetwork -Seed 3)'; Shows = '*Confidence*' }
    ) {
        $full = @(Show-InLanguage FullLanguage $Make)
        $constrained = @(Show-InLanguage ConstrainedLanguage $Make)
        $constrained | Should -Be $full
        @($constrained -like $Shows).Count | Should -BeGreaterThan 0
    }
}
