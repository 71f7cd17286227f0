BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset 200

    # A network after a round trip through a file.
    function Restore-Network($Network, [string]$Format = 'safetensors') {
        $path = Join-Path $TestDrive "restored.$Format"
        $Network | Export-MnistNetwork $path -Force
        Import-MnistNetwork $path
    }

    function Get-NextEpoch($Network) {
        $metrics = $data | Invoke-MnistTraining -Network $Network -Epochs 1
        Join-Number $metrics.Epoch, $metrics.TrainingError, $metrics.TrainingAccuracy, $metrics.TestError, $metrics.TestAccuracy
    }

    function Get-Reading($Network) {
        Join-Number ($data.Test | Invoke-MnistPrediction -Network $Network).ForEach{ $_.Label; $_.Confidence }
    }
}

Describe 'Import-MnistNetwork' {
    It 'gives the network as it was' {
        $network = New-MnistNetwork -HiddenSize 20, 15 -Activation Tanh -DropoutRate 0.25 -BatchNormalization -LabelSmoothing 0.1 -Seed 3
        $null = $data | Invoke-MnistTraining $network -Epochs 2
        $restored = Restore-Network $network
        $restored | Should -BeOfType ([MnistPS.MnistNetwork])
        "$restored" | Should -Be 'dense 20, batchnorm, tanh, dropout 0.25, dense 15, batchnorm, tanh, dropout 0.25, dense 10'
        foreach ($property in 'ParameterCount', 'Loss', 'Seed', 'EpochsTrained', 'Precision') {
            $restored.$property | Should -Be $network.$property -Because "$property is kept"
        }
        $restored.Layers.OutputShape | Should -Be $network.Layers.OutputShape
    }

    It 'gives one that reads the same digits: <Name>' -ForEach @(
        @{ Name = 'the tutorial''s'; New = @{} }
        @{ Name = 'a preset'; New = @{ Preset = 'ConvNet' } }
        @{ Name = 'layers'; New = @{ Layer = 'conv 3x5 same', 'leakyrelu', 'pool 3', 'flatten', 'dense 12', 'batchnorm', 'sigmoid', 'dropout 0.1', 'dense 10' } }
    ) {
        $network = New-MnistNetwork @New -Seed 5
        $null = $data | Invoke-MnistTraining $network -Epochs 2
        Get-Reading (Restore-Network $network) | Should -Be (Get-Reading $network)
    }

    It 'gives one that learns on as if it had never been away: <Name>' -ForEach @(
        @{ Name = 'the tutorial''s'; New = @{} }
        @{ Name = 'a preset with its own training'; New = @{ Preset = 'ConvNet' } }
        @{ Name = 'squared error'; New = @{ Layer = 'dense 30', 'relu', 'dropout 0.5', 'dense 10'; Loss = 'SquaredError' } }
    ) {
        $network = New-MnistNetwork @New -Seed 5
        $null = $data | Invoke-MnistTraining $network -Epochs 2
        $restored, $ofNumPy = (Restore-Network $network), (Restore-Network $network npz)
        $next = Get-NextEpoch $network
        Get-NextEpoch $restored | Should -Be $next
        Get-NextEpoch $ofNumPy | Should -Be $next
        $restored.EpochsTrained, $ofNumPy.EpochsTrained | Should -Be 3, 3
    }

    It 'reads npz by what is in the file, whatever its name' {
        $path = Join-Path $TestDrive 'named.npz'
        New-MnistNetwork -Seed 12 | Export-MnistNetwork $path
        [System.IO.File]::Move($path, "$path.bak")
        (Import-MnistNetwork "$path.bak").Seed | Should -Be 12
        { Import-MnistNetwork "$path.bak" -Layer 'dense 10' -ErrorAction Stop } | Should -Throw -ErrorId 'LayersInFile,*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a model of PyTorch, whose objects are pickled'; Entry = 'archive/data.pkl'; Message = '*a file of PyTorch*never run*safetensors.torch.save_file*' }
        @{ Name = 'a zip archive of something else'; Entry = 'photo.jpg'; Message = "*a zip archive without arrays of NumPy. It holds 'photo.jpg'*" }
        @{ Name = 'an array that is none'; Entry = 'weights_1.npy'; Message = "*'weights_1' ends within its header*" }
    ) {
        $path = Join-Path $TestDrive 'other.zip'
        $stream = [System.IO.File]::Create($path)
        $zip = [System.IO.Compression.ZipArchive]::new($stream, 'Create')
        $null = $zip.CreateEntry($Entry)
        $zip.Dispose()
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw $Message -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
    }

    It 'gives one that has not learned yet if it had not' {
        $restored = Restore-Network (New-MnistNetwork -Seed 8)
        $restored.EpochsTrained | Should -Be 0
        Get-NextEpoch $restored | Should -Be (Get-NextEpoch (New-MnistNetwork -Seed 8))
    }

    It 'gives another network each time' {
        $network = New-MnistNetwork -Seed 8
        $null = $data | Invoke-MnistTraining (Restore-Network $network) -Epochs 1
        $network.EpochsTrained | Should -Be 0
    }

    It 'takes files from the pipeline, and passes over those that hold no network' {
        $folder = [System.IO.Directory]::CreateDirectory((Join-Path $TestDrive several))
        foreach ($seed in 1, 2) { New-MnistNetwork -Seed $seed | Export-MnistNetwork (Join-Path $folder "$seed.safetensors") }
        [System.IO.File]::WriteAllText((Join-Path $folder 1a.safetensors), 'Epoch,TrainingError')
        $files = foreach ($name in '1', '1a', '2') { [System.IO.FileInfo]::new((Join-Path $folder "$name.safetensors")) }
        $networks = $files | Import-MnistNetwork -ErrorAction SilentlyContinue -ErrorVariable problems
        $networks.Seed | Should -Be 1, 2
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
        $problems[0].TargetObject | Should -Be (Join-Path $folder 1a.safetensors)
        @('Nope:x', 'Env:x') + $files.FullName | Import-MnistNetwork -ErrorAction SilentlyContinue -ErrorVariable problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -Be ('DriveNotFound', 'NotFileSystemPath', 'NotANetworkFile').ForEach{ "$_,MnistPS.Commands.ImportMnistNetworkCommand" }
    }

    It 'says that a file must not be read' {
        $path = Get-UnreadableFile
        if (-not $path) { Set-ItResult -Skipped -Because 'there is no file that this user must not read' }
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw "The network file '$path' cannot be read: Access to the path '$path' is denied. *" -ErrorId 'NetworkFileNotReadable,MnistPS.Commands.ImportMnistNetworkCommand'
    }

    It 'says what is wrong: <Name>' -ForEach @(
        @{ Name = 'no such file'; Bytes = $null; Id = 'NetworkFileNotFound'; Message = 'There is no network file*' }
        @{ Name = 'an empty file'; Bytes = [byte[]]::new(0); Id = 'NotANetworkFile'; Message = '*no network*It is empty*' }
        @{ Name = 'other bytes'; Bytes = [byte[]](1..200); Id = 'NotANetworkFile'; Message = '*no network*begins with something else*Export-MnistNetwork*' }
    ) {
        $path = Join-Path $TestDrive wrong.safetensors
        if ($null -ne $Bytes) { [System.IO.File]::WriteAllBytes($path, $Bytes) }
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.ImportMnistNetworkCommand"
        [System.IO.File]::Delete($path)
    }

    It 'sees damage: <Name>' -ForEach @(
        @{ Name = 'a byte in the middle'; Damage = { param($bytes) $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 16; , $bytes } }
        @{ Name = 'an end that is missing'; Damage = { param($bytes) , $bytes[0..($bytes.Length / 2)] } }
    ) {
        foreach ($format in 'safetensors', 'npz') {
            $path = Join-Path $TestDrive "damaged.$format"
            New-MnistNetwork -Seed 1 | Export-MnistNetwork $path -Force
            [System.IO.File]::WriteAllBytes($path, (& $Damage ([System.IO.File]::ReadAllBytes($path))))
            { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw '*is damaged*' -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
        }
    }

    It 'gives the history too' {
        $network = New-MnistNetwork -Seed 3
        $metrics = $data | Invoke-MnistTraining $network -Epochs 2 -ValidationCount 20
        $restored = Restore-Network $network
        $restored.History | Should -HaveCount 2
        foreach ($epoch in 0, 1) {
            foreach ($property in $metrics[$epoch].psobject.Properties.Name) { $restored.History[$epoch].$property | Should -Be $metrics[$epoch].$property }
        }
    }

    Context 'several files' {
        BeforeAll {
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'many')).FullName
            foreach ($name in 'a1', 'a2', 'b[1]') { New-MnistNetwork -Seed 1 | Export-MnistNetwork (Join-Path $folder "$name.safetensors") }
        }

        It 'are found by wildcards' {
            Import-MnistNetwork (Join-Path $folder 'a*.safetensors') | Should -HaveCount 2
            Import-MnistNetwork (Join-Path $folder '*') | Should -HaveCount 3
            Import-MnistNetwork (Join-Path $folder 'b[1].safetensors') -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
            $problem.FullyQualifiedErrorId | Should -Be 'NoMatch,MnistPS.Commands.ImportMnistNetworkCommand'
            "$problem" | Should -BeLike '*-LiteralPath*'
        }

        It 'are taken as a list, and literally' {
            Import-MnistNetwork (Join-Path $folder 'a1.safetensors'), (Join-Path $folder 'a2.*') | Should -HaveCount 2
            Import-MnistNetwork -LiteralPath (Join-Path $folder 'a1.safetensors'), (Join-Path $folder 'b[1].safetensors') | Should -HaveCount 2
        }

        It 'come from Get-ChildItem, as files, by their property and as text' {
            Get-ChildItem $folder | Import-MnistNetwork | Should -HaveCount 3
            Get-ChildItem $folder | Select-Object PSPath | Import-MnistNetwork | Should -HaveCount 3
            Get-ChildItem $folder | Select-Object FullName | Import-MnistNetwork | Should -HaveCount 3
            [pscustomobject]@{ Path = Join-Path $folder 'a?.safetensors' } | Import-MnistNetwork | Should -HaveCount 2
        }
    }

    Context 'weights of another program' {
        BeforeAll {
            # A file as Python's safetensors writes it: the header, and values that encode their position.
            function Write-Tensors([string]$Path, [Collections.Specialized.OrderedDictionary]$Shapes) {
                $end = 0
                $entries = foreach ($name in $Shapes.Keys) {
                    $begin = $end
                    $count = 1
                    $Shapes[$name].ForEach{ $count *= $_ }
                    $end += 4 * $count
                    '"{0}":{{"dtype":"F32","shape":[{1}],"data_offsets":[{2},{3}]}}' -f $name, ($Shapes[$name] -join ','), $begin, $end
                }
                $header = [System.Text.Encoding]::UTF8.GetBytes('{"__metadata__":{"format":"pt"},' + ($entries -join ',') + '}')
                $numbers = [float[]]::new($end / 4)
                for ($i = 0; $i -lt $numbers.Length; $i++) { $numbers[$i] = $i % 97 / 970 }
                $buffer = [byte[]]::new($end)
                [System.Buffer]::BlockCopy($numbers, 0, $buffer, 0, $end)
                [System.IO.File]::WriteAllBytes($Path, [System.BitConverter]::GetBytes([long]$header.Length) + $header + $buffer)
            }
            $path = Join-Path $TestDrive 'plain.safetensors'
            Write-Tensors $path ([ordered]@{ 'fc1.bias' = 16; 'fc1.weight' = 16, 784; 'fc2.bias' = 10; 'fc2.weight' = 10, 16 })
        }

        It 'are refused with what is missing' {
            { Import-MnistNetwork $path -ErrorAction Stop } |
                Should -Throw '*fc1.weight (16, 784) F32*does not say what the layers are*-Layer*' -ErrorId 'LayersNotInFile,MnistPS.Commands.ImportMnistNetworkCommand'
        }

        It 'are a network where -Layer says which' {
            $network = Import-MnistNetwork $path -Layer 'dense 16', 'relu', 'dense 10'
            "$network" | Should -Be 'dense 16, relu, dense 10'
            ($data.Test | Invoke-MnistPrediction -Network $network) | Should -HaveCount 50
            $null = $data | Invoke-MnistTraining $network -Epochs 1
            (Restore-Network $network).EpochsTrained | Should -Be 1
        }

        It 'are refused where -Layer says other ones' {
            { Import-MnistNetwork $path -Layer 'dense 15', 'relu', 'dense 10' -ErrorAction Stop } |
                Should -Throw '*weight (15, 784)*' -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
        }

        It 'are not what a file of Export-MnistNetwork has' {
            $own = Join-Path $TestDrive 'own.safetensors'
            New-MnistNetwork | Export-MnistNetwork $own
            { Import-MnistNetwork $own -Layer 'dense 10' -ErrorAction Stop } | Should -Throw -ErrorId 'LayersInFile,MnistPS.Commands.ImportMnistNetworkCommand'
        }
    }

    Context 'ONNX' {
        BeforeAll {
            $models = Join-Path $PSScriptRoot MnistPS.Onnx.Tests models
            # An export of another name, so that it is told by what is in it.
            function Restore-Onnx($Network) {
                $Network | Export-MnistNetwork (Join-Path $TestDrive restored.onnx) -Force
                Move-Item (Join-Path $TestDrive restored.onnx) (Join-Path $TestDrive restored.bin) -Force
                Import-MnistNetwork (Join-Path $TestDrive restored.bin)
            }
        }

        It 'gives a network that reads the same digits to the last bit: <Name>' -ForEach @(
            @{ Name = 'a preset'; New = @{ Preset = 'Mlp' } }
            @{ Name = 'another'; New = @{ Preset = 'ConvNet' } }
            @{ Name = 'layers'; New = @{ Layer = 'conv 3x5 same', 'leakyrelu', 'pool 3', 'flatten', 'dense 12', 'batchnorm', 'sigmoid', 'dropout 0.1', 'dense 10' } }
        ) {
            $network = New-MnistNetwork @New -Seed 5
            $null = $data | Invoke-MnistTraining $network -Epochs 2
            $restored = Restore-Onnx $network
            "$restored" | Should -Be "$network"
            Get-Reading $restored | Should -Be (Get-Reading $network)
            $restored.EpochsTrained | Should -Be 2
            $null = $data | Invoke-MnistTraining $restored -Epochs 1
            $restored.EpochsTrained | Should -Be 3
        }

        It 'gives the tutorial''s network with its quirks and its training' {
            $network = New-MnistNetwork -Seed 5
            $restored = Restore-Onnx $network
            $restored.Loss | Should -Be SquaredError
            # 64 bits a number are 32 in the file.
            $scores = ($data.Test | Invoke-MnistPrediction $restored).Scores
            $i = 0
            foreach ($score in ($data.Test | Invoke-MnistPrediction $network).Scores) { $scores[$i++] | Should -BeGreaterThan ($score - 1e-5) ; $scores[$i - 1] | Should -BeLessThan ($score + 1e-5) }
            $metrics = $data | Invoke-MnistTraining $restored -Epochs 1
            $metrics.TrainingError | Should -BeGreaterThan 0
            $restored.Precision | Should -Be Double
        }

        It 'gives slopes of the leaky ReLU that others use' {
            $network = New-MnistNetwork -Layer 'conv 3x5', 'leakyrelu 0.3', 'pool 4', 'dense 12', 'leakyrelu', 'dense 10' -Seed 5
            $restored = Restore-Onnx $network
            "$restored" | Should -Be 'conv 3x5, leakyrelu 0.3, pool 4, dense 12, leakyrelu, dense 10'
            Get-Reading $restored | Should -Be (Get-Reading $network)
        }

        It 'gives networks that others made: <_>' -ForEach 'pytorch-mlp', 'pytorch-convnet', 'pytorch-one-image', 'keras-mlp', 'keras-convnet', 'sklearn-mlp' {
            $network = Import-MnistNetwork (Join-Path $models "$_.onnx")
            $network.Layers[-1].Layer | Should -Be 'dense 10'
            $network.EpochsTrained | Should -Be 0
            ($data.Test | Invoke-MnistPrediction $network) | Should -HaveCount 50
            $null = $data | Invoke-MnistTraining $network -Epochs 1
            (Restore-Onnx $network).EpochsTrained | Should -Be 1
        }

        It 'names the node that no layer stands for' {
            $path = Join-Path $TestDrive 'strange.onnx'
            $bytes = [System.IO.File]::ReadAllBytes((Join-Path $models 'keras-mlp.onnx'))
            # The operator's name, of as many letters: text within a message.
            $at = [System.Text.Encoding]::Latin1.GetString($bytes).IndexOf('"' + [char]4 + 'Relu')
            [System.Text.Encoding]::ASCII.GetBytes('Gelu').CopyTo($bytes, $at + 2)
            [System.IO.File]::WriteAllBytes($path, $bytes)
            { Import-MnistNetwork $path -ErrorAction Stop } |
                Should -Throw "*strange.onnx*node 'model/dense/Relu' (Gelu)*no layer*" -ErrorId 'NetworkNotSupported,MnistPS.Commands.ImportMnistNetworkCommand'
            # It is one of many.
            Import-MnistNetwork $path, (Join-Path $models 'keras-mlp.onnx') -ErrorAction SilentlyContinue | Should -HaveCount 1
        }

        It 'is refused where it is damaged, or layers are given' {
            $path = Join-Path $TestDrive 'cut.onnx'
            [System.IO.File]::WriteAllBytes($path, [System.IO.File]::ReadAllBytes((Join-Path $models 'keras-mlp.onnx'))[0..500])
            { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw '*no ONNX model, or is damaged*' -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
            { Import-MnistNetwork (Join-Path $models 'keras-mlp.onnx') -Layer 'dense 10' -ErrorAction Stop } | Should -Throw -ErrorId 'LayersInFile,MnistPS.Commands.ImportMnistNetworkCommand'
        }
    }

    It 'does not read a folder' {
        { Import-MnistNetwork $TestDrive -ErrorAction Stop } | Should -Throw '*it is a folder*' -ErrorId 'NetworkFileNotReadable,MnistPS.Commands.ImportMnistNetworkCommand'
    }
}
