BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'common.ps1'))
    $data = New-BarDataset 200

    # A network that went into a file and came back.
    function Restore-Network($Network) {
        $path = [System.IO.Path]::Combine($TestDrive, 'restored.network')
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
        @{ Name = 'the document''s'; New = @{} }
        @{ Name = 'a preset'; New = @{ Preset = 'ConvNet' } }
        @{ Name = 'layers'; New = @{ Layer = 'conv 3x5 same', 'leakyrelu', 'pool 3', 'flatten', 'dense 12', 'batchnorm', 'sigmoid', 'dropout 0.1', 'dense 10' } }
    ) {
        $network = New-MnistNetwork @New -Seed 5
        $null = $data | Invoke-MnistTraining $network -Epochs 2
        Get-Reading (Restore-Network $network) | Should -Be (Get-Reading $network)
    }

    It 'gives one that learns on as if it had never been away: <Name>' -ForEach @(
        @{ Name = 'the document''s'; New = @{} }
        @{ Name = 'a preset with its own training'; New = @{ Preset = 'ConvNet' } }
        @{ Name = 'squared error'; New = @{ Layer = 'dense 30', 'relu', 'dropout 0.5', 'dense 10'; Loss = 'SquaredError' } }
    ) {
        $network = New-MnistNetwork @New -Seed 5
        $null = $data | Invoke-MnistTraining $network -Epochs 2
        $restored = Restore-Network $network
        Get-NextEpoch $restored | Should -Be (Get-NextEpoch $network)
        $restored.EpochsTrained | Should -Be 3
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
        $folder = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, 'several'))
        foreach ($seed in 1, 2) { New-MnistNetwork -Seed $seed | Export-MnistNetwork ([System.IO.Path]::Combine($folder, "$seed.network")) }
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($folder, '1a.network'), 'Epoch,TrainingError')
        $files = foreach ($name in '1', '1a', '2') { [System.IO.FileInfo]::new([System.IO.Path]::Combine($folder, "$name.network")) }
        $networks = $files | Import-MnistNetwork -ErrorAction SilentlyContinue -ErrorVariable problems
        $networks.Seed | Should -Be 1, 2
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
        $problems[0].TargetObject | Should -Be ([System.IO.Path]::Combine($folder, '1a.network'))
        @('Nope:x', 'Env:x') + $files.FullName | Import-MnistNetwork -ErrorAction SilentlyContinue -ErrorVariable problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -Be ('DriveNotFound', 'NotFileSystemPath', 'NotANetworkFile').ForEach{ "$_,MnistPS.Commands.ImportMnistNetworkCommand" }
    }

    It 'says what is wrong: <Name>' -ForEach @(
        @{ Name = 'no such file'; Bytes = $null; Id = 'NetworkFileNotFound'; Message = 'There is no file*' }
        @{ Name = 'an empty file'; Bytes = [byte[]]::new(0); Id = 'NotANetworkFile'; Message = '*no network*not gzip*' }
        @{ Name = 'other bytes'; Bytes = [byte[]](1..200); Id = 'NotANetworkFile'; Message = '*no network*not gzip*Export-MnistNetwork*' }
    ) {
        $path = [System.IO.Path]::Combine($TestDrive, 'wrong.network')
        if ($null -ne $Bytes) { [System.IO.File]::WriteAllBytes($path, $Bytes) }
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.ImportMnistNetworkCommand"
        [System.IO.File]::Delete($path)
    }

    It 'sees damage: <Name>' -ForEach @(
        @{ Name = 'a byte in the middle'; Damage = { param($bytes) $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 16; , $bytes } }
        @{ Name = 'an end that is missing'; Damage = { param($bytes) , $bytes[0..($bytes.Length / 2)] } }
    ) {
        $path = [System.IO.Path]::Combine($TestDrive, 'damaged.network')
        New-MnistNetwork -Seed 1 | Export-MnistNetwork $path -Force
        [System.IO.File]::WriteAllBytes($path, (& $Damage ([System.IO.File]::ReadAllBytes($path))))
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw '*is damaged*' -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
    }

    It 'does not read a folder' {
        { Import-MnistNetwork $TestDrive -ErrorAction Stop } | Should -Throw '*it is a folder*' -ErrorId 'NetworkFileNotReadable,MnistPS.Commands.ImportMnistNetworkCommand'
    }
}
