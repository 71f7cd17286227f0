# Ctrl+C takes effect within half a second in every cmdlet, in all of its work.
BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
}

Describe 'A stop' {
    BeforeAll {
        # A file of 31 million weights, a network of 51 million, and a large image set.
        $file = Join-Path $TestDrive 'large.safetensors'
        $target = Join-Path $TestDrive 'target'
        New-MnistNetwork -Layer 'dense 40000', 'relu', 'dense 10' -Seed 1 | Export-MnistNetwork $file
        Copy-Item $file $target
        $onnx = Join-Path $TestDrive 'large.onnx'
        Import-MnistNetwork $file | Export-MnistNetwork $onnx
        $parts = @{
            large = "`$network = New-MnistNetwork -Layer 'dense 40000', 'relu', 'dense 500', 'dense 10'"
            small = '$network = New-MnistNetwork'
            blank = '$set = [MnistPS.ImageSet]::new([byte[]]::new(784 * 60000), [byte[]]::new(60000)); $data = [MnistPS.MnistDataset]::new("blank", $set, $set)'
            paths = "`$file = '$file'; `$target = '$target'; `$onnx = '$onnx'"
        }
    }

    # A loop follows work that takes less than half a second.
    It 'ends <Name> at once' -ForEach @(
        @{ Name = 'New-MnistNetwork at 84 million parameters'; Prepare = @(); Script = '& { while ($true) { New-MnistNetwork -HiddenSize 65536, 500 } }' }
        @{ Name = 'Import-MnistNetwork at 31 million weights'; Prepare = 'paths'; Script = '& { while ($true) { Import-MnistNetwork $file } }' }
        @{ Name = 'Export-MnistNetwork at 51 million weights'; Prepare = 'large', 'paths'; Script = '& { while ($true) { $network | Export-MnistNetwork $target -Force } }' }
        @{ Name = 'Import-MnistNetwork at 31 million weights in ONNX'; Prepare = 'paths'; Script = '& { while ($true) { Import-MnistNetwork $onnx } }' }
        @{ Name = 'Export-MnistNetwork at 51 million weights in ONNX'; Prepare = 'large', 'paths'; Script = '& { while ($true) { $network | Export-MnistNetwork "$target.onnx" -Force } }' }
        @{ Name = 'Invoke-MnistPrediction as it makes 51 million weights ready'; Prepare = 'large', 'blank'; Script = '$set | Invoke-MnistPrediction $network' }
        @{ Name = 'Invoke-MnistPrediction in the middle of a batch'; Prepare = 'blank'
            Script = '$set | Invoke-MnistPrediction (New-MnistNetwork -Layer "conv 128x9 same", "conv 128x9 same", "conv 1x9 same", "dense 10")'
        }
        @{ Name = 'Invoke-MnistTraining as it makes 51 million weights ready'; Prepare = 'large', 'blank'; Script = '$data | Invoke-MnistTraining $network -BatchSize 100' }
        @{ Name = 'Invoke-MnistTraining as it writes a checkpoint of 51 million weights'; Prepare = 'large', 'blank', 'paths'
            Script = '& { while ($true) { $data | Invoke-MnistTraining $network -BatchSize 100 -CheckpointPath $target -Force } }'
        }
        @{ Name = 'Find-MnistLearningRate at 51 million weights'; Prepare = 'large', 'blank'; Script = '$data | Find-MnistLearningRate $network' }
        @{ Name = 'Start-MnistSweep in its runs'; Prepare = 'blank'; Script = '$data | Start-MnistSweep @{ HiddenSize = 500; Seed = 1..900; Epochs = 100; Activation = "Relu" }' }
        @{ Name = 'Start-MnistSweep as it checks a million runs'; Prepare = 'blank'; Script = '$data | Start-MnistSweep @{ HiddenSize = 1..1000; Seed = 1..1000 } -Force' }
        @{ Name = 'Find-MnistLabelIssue in a training'; Prepare = 'blank'; Script = '$data | Find-MnistLabelIssue -Epochs 100' }
        @{ Name = 'Measure-MnistPrediction among many predictions'; Prepare = 'small', 'blank'
            Script = '$predictions = $set | Select-Object -First 2000 | Invoke-MnistPrediction $network; & { while ($true) { $predictions | Measure-MnistPrediction } }'
        }
        @{ Name = 'Export-MnistReport among many images'; Prepare = 'blank', 'paths'
            Script = '$network = New-MnistNetwork -Preset ConvNet; $null = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 10 | Invoke-MnistTraining $network -Epochs 1; & { while ($true) { $network | Export-MnistReport "$target.html" $data -Force } }'
        }
        @{ Name = 'Export-MnistPage among many pages'; Prepare = 'paths'
            Script = '$network = New-MnistNetwork -HiddenSize 5000; & { while ($true) { $network | Export-MnistPage "$target.html" -Force } }'
        }
        @{ Name = 'Export-MnistPlot in the middle of a picture'; Prepare = 'small', 'paths'; Script = '& { while ($true) { $network | Export-MnistPlot "$target.png" -Kind Weights -Width 1600 -Height 1600 -Force } }' }
        @{ Name = 'Show-MnistPlot among many plots'; Prepare = @()
            Script = '$metrics = Get-MnistDataset -Synthetic -TrainingCount 100 -TestCount 10 | Invoke-MnistTraining (New-MnistNetwork) -Epochs 3; & { while ($true) { $metrics | Show-MnistPlot } }'
         }
        @{ Name = 'Show-MnistImage among many images'; Prepare = 'blank'; Script = '& { while ($true) { $set | Show-MnistImage } }' }
        @{ Name = 'ConvertTo-OneHot among many labels'; Prepare = @(); Script = '& { while ($true) { 0..9 | ConvertTo-OneHot } }' }
        @{ Name = 'Export-MnistDataset among many images'; Prepare = 'blank', 'paths'; Script = '& { while ($true) { $data | Export-MnistDataset "$target-set" -Format Npz -Force } }' }
        @{ Name = 'Get-MnistDataset as it reads a table'; Prepare = 'blank', 'paths'; Script = '$data | Export-MnistDataset "$target-csv" -Format Csv -Force; & { while ($true) { Get-MnistDataset "$target-csv" } }' }
        @{ Name = 'Get-MnistDataset as it draws'; Prepare = @(); Script = '& { while ($true) { Get-MnistDataset -Synthetic } }' }
    ) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$MnistPSModule'; $($parts[@($Prepare)] -join '; ')").Invoke()
            $shell.HadErrors | Should -BeFalse -Because "$($shell.Streams.Error)"
            $shell.Commands.Clear()
            $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; $Script | Out-Null").BeginInvoke()
            Start-Sleep -Milliseconds 400
            $shell.InvocationStateInfo.State | Should -Be 'Running' -Because "there must be something to stop: $($shell.InvocationStateInfo.Reason)"
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 2 -Because 'half a second is promised; the rest is for a busy machine'
        }
        finally { $shell.Dispose() }
    }

    It 'leaves what was there, and nothing beside it' {
        Get-ChildItem $TestDrive -Filter '*.partial' -Force | Should -BeNullOrEmpty
        (Import-MnistNetwork $target).ParameterCount | Should -BeGreaterThan 30000000
    }
}
