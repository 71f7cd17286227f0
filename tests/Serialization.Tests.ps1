BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'common.ps1'))
    $data = New-BarDataset 200

    # What Export-Clixml writes and Import-Clixml reads, jobs and remoting too.
    function Save-Network($Network) { [System.Management.Automation.PSSerializer]::Serialize($Network) }
    function Restore-Network([string]$Text) { [System.Management.Automation.PSSerializer]::Deserialize($Text) }

    function Get-NextEpoch($Network) {
        $metrics = $data | Invoke-MnistTraining -Network $Network -Epochs 1
        Join-Number $metrics.Epoch, $metrics.TrainingError, $metrics.TrainingAccuracy, $metrics.TestError, $metrics.TestAccuracy
    }

    function Get-Reading($Network) {
        Join-Number ($data.Test | Invoke-MnistPrediction -Network $Network).ForEach{ $_.Label; $_.Confidence }
    }

    # As where the module is not loaded.
    function Restore-WithoutModule([string]$Text) {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try { $shell.AddScript('[System.Management.Automation.PSSerializer]::Deserialize($args[0])').AddArgument($Text).Invoke()[0] }
        finally { $shell.Dispose() }
    }
}

Describe 'A network that was serialized' {
    Context 'where the module is loaded' {
        It 'is what it was' {
            $network = New-MnistNetwork -HiddenSize 20, 15 -Activation Tanh -DropoutRate 0.25 -BatchNormalization -LabelSmoothing 0.1 -Seed 3
            $null = $data | Invoke-MnistTraining $network -Epochs 2
            $restored = Restore-Network (Save-Network $network)
            $restored | Should -BeOfType ([MnistPS.MnistNetwork])
            "$restored" | Should -Be 'dense 20, batchnorm, tanh, dropout 0.25, dense 15, batchnorm, tanh, dropout 0.25, dense 10'
            foreach ($property in 'ParameterCount', 'Loss', 'Seed', 'EpochsTrained', 'Precision') {
                $restored.$property | Should -Be $network.$property -Because "$property is kept"
            }
            $restored.Layers.OutputShape | Should -Be $network.Layers.OutputShape
        }

        It 'reads the same digits: <Name>' -ForEach @(
            @{ Name = 'the document''s'; New = @{} }
            @{ Name = 'a preset'; New = @{ Preset = 'ConvNet' } }
            @{ Name = 'layers'; New = @{ Layer = 'conv 3x5 same', 'leakyrelu', 'pool 3', 'flatten', 'dense 12', 'batchnorm', 'sigmoid', 'dropout 0.1', 'dense 10' } }
        ) {
            $network = New-MnistNetwork @New -Seed 5
            $null = $data | Invoke-MnistTraining $network -Epochs 2
            Get-Reading (Restore-Network (Save-Network $network)) | Should -Be (Get-Reading $network)
        }

        It 'learns on as if it had never been away: <Name>' -ForEach @(
            @{ Name = 'the document''s'; New = @{} }
            @{ Name = 'a preset with its own training'; New = @{ Preset = 'ConvNet' } }
            @{ Name = 'squared error'; New = @{ Layer = 'dense 30', 'relu', 'dropout 0.5', 'dense 10'; Loss = 'SquaredError' } }
        ) {
            $network = New-MnistNetwork @New -Seed 5
            $null = $data | Invoke-MnistTraining $network -Epochs 2
            $restored = Restore-Network (Save-Network $network)
            Get-NextEpoch $restored | Should -Be (Get-NextEpoch $network)
            $restored.EpochsTrained | Should -Be 3
        }

        It 'has not learned yet if it had not' {
            $restored = Restore-Network (Save-Network (New-MnistNetwork -Seed 8))
            $restored.EpochsTrained | Should -Be 0
            Get-NextEpoch $restored | Should -Be (Get-NextEpoch (New-MnistNetwork -Seed 8))
        }

        It 'is another network' {
            $network = New-MnistNetwork -Seed 8
            $restored = Restore-Network (Save-Network $network)
            $null = $data | Invoke-MnistTraining $restored -Epochs 1
            $network.EpochsTrained | Should -Be 0
        }

        It 'may be among others' {
            $restored = Restore-Network (Save-Network @{ Best = (New-MnistNetwork Mlp); Accuracy = 0.985 })
            $restored.Best | Should -BeOfType ([MnistPS.MnistNetwork])
        }

        It 'shows nothing of how it is kept' {
            (New-MnistNetwork).PSObject.Properties.Name | Should -Not -Contain 'State'
        }
    }

    Context 'where the module is not loaded' {
        BeforeAll {
            $network = New-MnistNetwork -Seed 8
            $null = $data | Invoke-MnistTraining $network -Epochs 1
            $remains = Restore-WithoutModule (Save-Network $network)
        }

        It 'shows what it is' {
            $remains.PSObject.TypeNames[0] | Should -Be 'Deserialized.MnistPS.MnistNetwork'
            "$remains" | Should -Be "$network"
            $remains.EpochsTrained | Should -Be 1
        }

        It 'becomes a network by a cast' {
            $restored = [MnistPS.MnistNetwork]$remains
            Get-Reading $restored | Should -Be (Get-Reading $network)
            Get-NextEpoch $restored | Should -Be (Get-NextEpoch (Restore-Network (Save-Network $network)))
        }

        It 'is not trained as it is, since that would be lost' {
            { $data | Invoke-MnistTraining -Network $remains } |
                Should -Throw '*before MnistPS was loaded*$network = `[MnistPS.MnistNetwork`]$network*' -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.InvokeMnistTrainingCommand'
        }

        It 'reads digits' {
            Get-Reading $remains | Should -Be (Get-Reading $network)
        }
    }

    Context 'that is damaged' {
        BeforeAll { $text = Save-Network (New-MnistNetwork -Seed 8) }

        It 'says so where it is used: <Name>' -ForEach @(
            @{ Name = 'another beginning'; Pattern = '(?<=N="State">)....'; Replacement = 'AAAA' }
            @{ Name = 'numbers cut off'; Pattern = '(?<=N="State">(....){1000})[^<]+'; Replacement = '' }
            @{ Name = 'nothing left'; Pattern = '(?<=N="State">)[^<]+'; Replacement = '' }
        ) {
            $damaged = Restore-Network ($text -replace $Pattern, $Replacement)
            $damaged.PSObject.TypeNames[0] | Should -Be 'Deserialized.MnistPS.MnistNetwork'
            { $data.Test | Invoke-MnistPrediction -Network $damaged } |
                Should -Throw '*saved network is damaged*' -ErrorId 'CannotConvertArgumentNoMessage,MnistPS.Commands.InvokeMnistPredictionCommand'
            { [MnistPS.MnistNetwork]$damaged } | Should -Throw '*saved network is damaged*'
        }
    }
}
