# Ctrl+C takes effect within half a second in every cmdlet, whatever it is at.
BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
}

Describe 'A stop' {
    It 'ends <Name> at once' -ForEach @(
        @{ Name = 'New-MnistNetwork at 84 million parameters'; Prepare = ''; Script = 'New-MnistNetwork -HiddenSize 65536, 500' }
        @{ Name = 'Invoke-MnistPrediction in the middle of a batch'
            Prepare = '$network = New-MnistNetwork -Layer "conv 128x9 same", "conv 128x9 same", "conv 1x9 same", "dense 10"; $set = [MnistPS.ImageSet]::new([byte[]]::new(784 * 256), [byte[]]::new(256))'
            Script = '$set | Invoke-MnistPrediction $network'
        }
        @{ Name = 'Show-MnistImage among many images'; Prepare = '$set = [MnistPS.ImageSet]::new([byte[]]::new(784 * 60000), [byte[]]::new(60000))'; Script = '& { while ($true) { $set | Show-MnistImage } }' }
        @{ Name = 'ConvertTo-OneHot among many labels'; Prepare = ''; Script = '& { while ($true) { 0..9 | ConvertTo-OneHot } }' }
        @{ Name = 'Get-MnistDataset as it draws'; Prepare = ''; Script = '& { while ($true) { Get-MnistDataset -Synthetic } }' }
    ) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$MnistPSModule'; $Prepare").Invoke()
            $shell.HadErrors | Should -BeFalse -Because "$($shell.Streams.Error)"
            $shell.Commands.Clear()
            $null = $shell.AddScript("$Script | Out-Null").BeginInvoke()
            Start-Sleep -Milliseconds 400
            $shell.InvocationStateInfo.State | Should -Be 'Running' -Because 'there must be something to stop'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 2 -Because 'half a second is promised; the rest is for a busy machine'
        }
        finally { $shell.Dispose() }
    }
}
