BeforeAll {
    . $PSScriptRoot/common.ps1
    $data = New-BarDataset 200

    # The metrics of the first epoch. Equal networks give equal ones.
    function Get-FirstEpoch($Network) {
        $metrics = $data | Invoke-MnistTraining -Network $Network -Epochs 1
        Join-Number $metrics.TrainingError, $metrics.TrainingAccuracy, $metrics.TestError, $metrics.TestAccuracy
    }
}

Describe 'New-MnistNetwork' {
    Context 'without a word' {
        It "makes the tutorial's network" {
            $network = New-MnistNetwork
            $network | Should -BeOfType ([MnistPS.MnistNetwork])
            "$network" | Should -Be 'dense 100, relu, dropout 0.5, dense 10'
            $network.Layers.Layer | Should -Be 'dense 100', 'relu', 'dropout 0.5', 'dense 10'
            $network.Layers.OutputShape | Should -Be '(100)', '(100)', '(100)', '(10)'
            $network.Layers.Parameters | Should -Be 78400, 0, 0, 1000
            $network.ParameterCount | Should -Be 79400
            $network.Loss | Should -Be 'SquaredError'
            $network.Precision | Should -Be 'Double'
            $network.EpochsTrained | Should -Be 0
        }

        It 'is the preset Tutorial' {
            $preset = New-MnistNetwork Tutorial -Seed 7
            "$preset" | Should -Be "$(New-MnistNetwork)"
            Get-FirstEpoch $preset | Should -Be (Get-FirstEpoch (New-MnistNetwork -Seed 7))
        }
    }

    Context 'a seed' {
        It 'is drawn and kept' {
            $network = New-MnistNetwork
            $network.Seed | Should -BeOfType ([ulong])
            $network.Seed | Should -Not -Be (New-MnistNetwork).Seed
            Get-FirstEpoch $network | Should -Be (Get-FirstEpoch (New-MnistNetwork -Seed $network.Seed))
        }

        It 'gives the same network again, and another one another' {
            (New-MnistNetwork -Seed 884736743).Seed | Should -Be 884736743
            $first = Get-FirstEpoch (New-MnistNetwork -Seed 884736743)
            Get-FirstEpoch (New-MnistNetwork -Seed 884736743) | Should -Be $first
            Get-FirstEpoch (New-MnistNetwork -Seed 884736744) | Should -Not -Be $first
        }

        It 'may be as large as 64 bits hold, or 0' {
            (New-MnistNetwork -Seed 18446744073709551615).Seed | Should -Be ([ulong]::MaxValue)
            (New-MnistNetwork -Seed 0).Seed | Should -Be 0
        }

        It 'is not <Seed>' -ForEach @{ Seed = -1 }, @{ Seed = 'seven' } {
            { New-MnistNetwork -Seed $Seed } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.NewMnistNetworkCommand'
        }
    }

    Context 'a preset' {
        It '<Preset> has <Parameters> parameters' -ForEach @(
            @{ Preset = 'Tutorial'; Parameters = 79400; Loss = 'SquaredError' }
            @{ Preset = 'Mlp'; Parameters = 669706; Loss = 'CrossEntropy' }
            @{ Preset = 'ConvNet'; Parameters = 80298; Loss = 'CrossEntropy' }
        ) {
            $network = New-MnistNetwork -Preset $Preset
            $network.ParameterCount | Should -Be $Parameters
            $network.Loss | Should -Be $Loss
            $network.Layers[-1].OutputShape | Should -Be '(10)'
        }
    }

    Context 'hidden layers' {
        It 'of <HiddenSize> are without biases, as in the tutorial' -ForEach @(
            @{ HiddenSize = 37; Parameters = 29378 }
            @{ HiddenSize = 64, 32; Parameters = 52544 }
            @{ HiddenSize = 1; Parameters = 794 }
        ) {
            (New-MnistNetwork -HiddenSize $HiddenSize).ParameterCount | Should -Be $Parameters
        }

        It 'drop the share that is asked for' {
            "$(New-MnistNetwork -HiddenSize 64, 32 -DropoutRate 0.25)" |
                Should -Be 'dense 64, relu, dropout 0.25, dense 32, relu, dropout 0.25, dense 10'
            "$(New-MnistNetwork -DropoutRate 0)" | Should -Be 'dense 100, relu, dense 10'
        }

        It 'take their weights from the range' {
            # With weights near 0 the outputs are near 0, and the squared error near 1.
            $metrics = $data | Invoke-MnistTraining (New-MnistNetwork -WeightRange 1e-6) -Epochs 1 -LearningRate 1e-9
            $metrics.TestError | Should -BeGreaterThan 0.9999
            $metrics.TestError | Should -BeLessThan 1.0001
        }

        It 'have biases, activation, normalisation and dropout in order when they are ordinary' {
            $network = New-MnistNetwork -HiddenSize 512, 512 -Activation LeakyRelu -DropoutRate 0.2 -BatchNormalization -Loss CrossEntropy
            "$network" | Should -Be (('dense 512, batchnorm, leakyrelu, dropout 0.2, ' * 2) + 'dense 10')
            $network.ParameterCount | Should -Be (784 * 512 + 512 + 2 * 512 + 512 * 512 + 512 + 2 * 512 + 512 * 10 + 10)
            $network.Loss | Should -Be 'CrossEntropy'
        }

        It 'can be followed by <_>' -ForEach 'Relu', 'LeakyRelu', 'Tanh', 'Sigmoid' {
            "$(New-MnistNetwork -HiddenSize 20 -Activation $_)" | Should -Be "dense 20, $($_.ToLowerInvariant()), dense 10"
        }

        It 'can be drawn by <_>' -ForEach 'Uniform', 'He', 'Glorot' {
            $first = Get-FirstEpoch (New-MnistNetwork -HiddenSize 20 -Initializer $_ -Seed 1)
            Get-FirstEpoch (New-MnistNetwork -HiddenSize 20 -Initializer $_ -Seed 1) | Should -Be $first
            foreach ($other in @('Uniform', 'He', 'Glorot') -ne $_) {
                Get-FirstEpoch (New-MnistNetwork -HiddenSize 20 -Initializer $other -Seed 1) | Should -Not -Be $first
            }
        }

        It 'can be measured by <_>' -ForEach 'SquaredError', 'CrossEntropy' {
            (New-MnistNetwork -HiddenSize 20 -Loss $_).Loss | Should -Be $_
        }

        It 'can have smoothed labels' {
            $plain = Get-FirstEpoch (New-MnistNetwork -Loss CrossEntropy -Seed 1)
            Get-FirstEpoch (New-MnistNetwork -Loss CrossEntropy -LabelSmoothing 0 -Seed 1) | Should -Be $plain
            Get-FirstEpoch (New-MnistNetwork -Loss CrossEntropy -LabelSmoothing 0.1 -Seed 1) | Should -Not -Be $plain
        }
    }

    Context 'layers of one''s own' {
        It 'have the shapes and parameters that follow from them' {
            $network = New-MnistNetwork -Layer 'conv 8x5', 'relu', 'pool 2', 'conv 16x5', 'relu', 'pool 2', 'dense 64', 'relu', 'dense 10' -Seed 1
            $network.Layers.OutputShape | Should -Be '(24, 24, 8)', '(24, 24, 8)', '(12, 12, 8)', '(8, 8, 16)', '(8, 8, 16)', '(4, 4, 16)', '(64)', '(64)', '(10)'
            $network.Layers.Parameters | Should -Be 208, 0, 0, 3216, 0, 0, 16448, 0, 650
            $network.ParameterCount | Should -Be 20522
        }

        It '<Layer> gives <Shape> with <Parameters> parameters' -ForEach @(
            @{ Layer = 'dense 7'; Shape = '(7)'; Parameters = 5495 }
            @{ Layer = 'conv 4x3'; Shape = '(26, 26, 4)'; Parameters = 40 }
            @{ Layer = 'conv 4x3 same'; Shape = '(28, 28, 4)'; Parameters = 40 }
            @{ Layer = 'conv 4x4 same'; Shape = '(28, 28, 4)'; Parameters = 68 }
            @{ Layer = 'conv 4x28'; Shape = '(4)'; Parameters = 3140 }
            @{ Layer = 'pool 2'; Shape = '(14, 14, 1)'; Parameters = 0 }
            @{ Layer = 'pool 3'; Shape = '(9, 9, 1)'; Parameters = 0 }
            @{ Layer = 'relu'; Shape = '(28, 28, 1)'; Parameters = 0 }
            @{ Layer = 'leakyrelu'; Shape = '(28, 28, 1)'; Parameters = 0 }
            @{ Layer = 'tanh'; Shape = '(28, 28, 1)'; Parameters = 0 }
            @{ Layer = 'sigmoid'; Shape = '(28, 28, 1)'; Parameters = 0 }
            @{ Layer = 'dropout 0.25'; Shape = '(28, 28, 1)'; Parameters = 0 }
            @{ Layer = 'batchnorm'; Shape = '(28, 28, 1)'; Parameters = 2 }
        ) {
            $first = (New-MnistNetwork -Layer $Layer, 'dense 10').Layers[0]
            $first.Layer | Should -Be $Layer
            $first.OutputShape | Should -Be $Shape
            $first.Parameters | Should -Be $Parameters
        }

        It 'can be trained: <_>' -ForEach @(
            'dense 10'
            'dense 20,tanh,dense 10'
            'conv 4x5,batchnorm,leakyrelu,pool 2,dropout 0.1,dense 10'
            'conv 3x3 same,sigmoid,pool 3,flatten,dense 10'
            'batchnorm,dense 12,relu,dense 10'
            'conv 10x28'
        ) {
            $network = New-MnistNetwork -Layer $_.Split(',') -Seed 1
            $metrics = @($data | Invoke-MnistTraining $network -Epochs 3 -BatchSize 10 -LearningRate 0.01)
            $metrics[2].TrainingError | Should -BeLessThan $metrics[0].TrainingError
        }

        It 'may be written in capitals, with blanks, and with flatten' {
            "$(New-MnistNetwork -Layer ' Conv  8x5 ', 'RELU', 'Flatten', 'Dense 10')" | Should -Be 'conv 8x5, relu, dense 10'
        }

        It 'reads the text of a network' {
            $network = New-MnistNetwork -Preset ConvNet
            "$(New-MnistNetwork -Layer "$network")" | Should -Be "$network"
            "$(New-MnistNetwork -Layer 'dense 20, relu', 'dense 10')" | Should -Be 'dense 20, relu, dense 10'
        }
    }

    Context 'completion' {
        It 'offers all layers, quoted where they have a blank' {
            $offered = Get-Completion 'New-MnistNetwork -Layer '
            foreach ($layer in "'dense 10'", "'conv 8x5'", "'conv 8x5 same'", "'pool 2'", 'relu', 'leakyrelu', 'tanh', 'sigmoid', "'dropout 0.5'", 'batchnorm') {
                $offered | Should -Contain $layer
            }
        }

        It 'goes on from what was begun' {
            Get-Completion 'New-MnistNetwork -Layer d' | Should -Be "'dense 10'", "'dropout 0.5'"
            Get-Completion "New-MnistNetwork -Layer 'conv 8x5', rel" | Should -Be 'relu'
            Get-Completion "New-MnistNetwork -Layer 'con" | Should -Be "'conv 8x5'", "'conv 8x5 same'"
        }

        It 'offers layers that can be used' {
            foreach ($layer in Get-Completion 'New-MnistNetwork -Layer ') {
                (New-MnistNetwork -Layer $layer.Trim("'"), 'dense 10').Layers[-1].OutputShape | Should -Be '(10)'
            }
        }
    }

    Context 'bad input' {
        It 'refuses -<Parameter> <Value>' -ForEach @(
            @{ Parameter = 'HiddenSize'; Value = 0; Id = 'HiddenSizeOutOfRange' }
            @{ Parameter = 'HiddenSize'; Value = -5; Id = 'HiddenSizeOutOfRange' }
            @{ Parameter = 'HiddenSize'; Value = 100, 0; Id = 'HiddenSizeOutOfRange' }
            @{ Parameter = 'HiddenSize'; Value = 1000000; Id = 'HiddenSizeOutOfRange' }
            @{ Parameter = 'HiddenSize'; Value = @(); Id = 'HiddenSizeOutOfRange' }
            @{ Parameter = 'HiddenSize'; Value = 65536, 65536; Id = 'NetworkTooLarge' }
            @{ Parameter = 'DropoutRate'; Value = 1; Id = 'DropoutRateOutOfRange' }
            @{ Parameter = 'DropoutRate'; Value = -0.1; Id = 'DropoutRateOutOfRange' }
            @{ Parameter = 'DropoutRate'; Value = [double]::NaN; Id = 'DropoutRateOutOfRange' }
            @{ Parameter = 'LabelSmoothing'; Value = 1; Id = 'LabelSmoothingOutOfRange' }
            @{ Parameter = 'LabelSmoothing'; Value = -0.1; Id = 'LabelSmoothingOutOfRange' }
            @{ Parameter = 'LabelSmoothing'; Value = [double]::NaN; Id = 'LabelSmoothingOutOfRange' }
            @{ Parameter = 'WeightRange'; Value = 0; Id = 'WeightRangeOutOfRange' }
            @{ Parameter = 'WeightRange'; Value = -0.1; Id = 'WeightRangeOutOfRange' }
            @{ Parameter = 'WeightRange'; Value = [double]::NaN; Id = 'WeightRangeOutOfRange' }
            @{ Parameter = 'WeightRange'; Value = [double]::PositiveInfinity; Id = 'WeightRangeOutOfRange' }
            @{ Parameter = 'Preset'; Value = 'Gpt'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Activation'; Value = 'Step'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Loss'; Value = 'Hinge'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Initializer'; Value = 'Zero'; Id = 'CannotConvertArgumentNoMessage' }
            @{ Parameter = 'Preset'; Value = 'Mlp,ConvNet'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Preset'; Value = 'Mlp', 'ConvNet'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Activation'; Value = 'Relu,Tanh'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Loss'; Value = 'SquaredError,CrossEntropy'; Id = 'ParameterArgumentTransformationError' }
            @{ Parameter = 'Initializer'; Value = 'Uniform,He'; Id = 'ParameterArgumentTransformationError' }
        ) {
            $arguments = @{ $Parameter = $Value }
            { New-MnistNetwork @arguments } | Should -Throw -ErrorId "$Id,MnistPS.Commands.NewMnistNetworkCommand"
        }

        It 'says which words it took for a preset, where a layer has no quotes' {
            { New-MnistNetwork -Layer conv 8x5, relu } | Should -Throw "*'8x5, relu' is more than one word*" -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.NewMnistNetworkCommand'
        }

        It 'says what is wrong with a size, and what to do' {
            $problem = { New-MnistNetwork -HiddenSize 100, -3 } | Should -Throw '*-3*1 to 65536*' -PassThru
            $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problem.TargetObject | Should -Be -3
        }

        It "refuses the layer '<_>'" -ForEach @(
            'danse 10', '', ' ', 'dense', 'dense ten', 'dense 0', 'dense -1', 'dense 1.5', 'dense 10 10', 'dense 99999', 'dense 99999999999',
            'conv', 'conv 8', 'conv 8x', 'conv x5', 'conv 0x5', 'conv 8x0', 'conv 8x5x5', 'conv 8x5 valid', 'conv 8x29',
            'pool', 'pool 0', 'pool 29', 'dropout', 'dropout 1', 'dropout -0.1', 'dropout NaN', 'dropout 0,5', 'relu 2', 'batchnorm 2', 'flatten 2'
        ) {
            $layer = $_
            { New-MnistNetwork -Layer 'relu', $layer, 'dense 10' } | Should -Throw '*Layer 2*Allowed are: dense N, conv NxK*' -ErrorId 'InvalidLayer,MnistPS.Commands.NewMnistNetworkCommand'
        }

        It 'refuses a stack of nothing' {
            foreach ($nothing in @(), $null, 'flatten') {
                { New-MnistNetwork -Layer $nothing } | Should -Throw -ErrorId 'EmptyLayers,MnistPS.Commands.NewMnistNetworkCommand'
            }
        }

        It 'refuses <Layer>, with the shapes' -ForEach @(
            @{ Layer = 'dense 9'; Message = "*(9)*dense 10*(28, 28, 1) → dense 9 (9)*" }
            @{ Layer = 'dense 10', 'dense 3'; Message = '*dense 10 (10) → dense 3 (3)*' }
            @{ Layer = 'relu'; Message = '*relu (28, 28, 1)*' }
            @{ Layer = 'conv 10x5'; Message = '*conv 10x5 (24, 24, 10)*' }
            @{ Layer = 'dense 100', 'conv 8x5', 'dense 10'; Message = "*layer 2, 'conv 8x5'*onto (100)*dense 100 (100)*" }
            @{ Layer = 'dense 100', 'pool 2', 'dense 10'; Message = "*layer 2, 'pool 2'*onto (100)*" }
            @{ Layer = 'pool 14', 'conv 8x5', 'dense 10'; Message = "*layer 2, 'conv 8x5'*onto (2, 2, 1)*pool 14 (2, 2, 1)*" }
            @{ Layer = 'pool 14', 'pool 3', 'dense 10'; Message = "*layer 2, 'pool 3'*onto (2, 2, 1)*" }
        ) {
            { New-MnistNetwork -Layer $Layer } | Should -Throw $Message -ErrorId 'LayersDoNotFit,MnistPS.Commands.NewMnistNetworkCommand'
        }

        It 'refuses <Layer>, too large for any memory' -ForEach @(
            @{ Layer = 'dense 65536', 'dense 65536', 'dense 10' }
            @{ Layer = 'conv 1024x3', 'dense 65536', 'dense 10' }
            @{ Layer = 'conv 65536x3', 'dense 10' }
            @{ Layer = 'conv 1024x3', 'conv 65536x26', 'dense 10' }
            @{ Layer = 'conv 22000x28', 'conv 1x28 same', 'dense 10' }
        ) {
            { New-MnistNetwork -Layer $Layer } | Should -Throw "*layer *Make layers smaller*" -ErrorId 'NetworkTooLarge,MnistPS.Commands.NewMnistNetworkCommand'
        }

        It 'refuses more than a thousand layers, a hundred thousand too, and at once' {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            { New-MnistNetwork -Layer (@('relu') * 100000 + 'dense 10') } | Should -Throw '*it has 100001 layers; at most 1000 were expected*' -ErrorId 'NetworkTooLarge,MnistPS.Commands.NewMnistNetworkCommand'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            (New-MnistNetwork -Layer (@('relu') * 999 + 'dense 10')).Layers.Count | Should -Be 1000
        }

        It 'refuses layers that are too large together' {
            { New-MnistNetwork -Layer (@('conv 64x3 same') * 100 + 'dense 10') } | Should -Throw '*its layers have * numbers an image; at most 4000000 were expected*' -ErrorId 'NetworkTooLarge,*'
        }

        It 'refuses <Name>, which contradict each other' -ForEach @(
            @{ Name = 'a preset and layers'; Arguments = @{ Preset = 'Mlp'; Layer = 'dense 10' } }
            @{ Name = 'the tutorial and layers'; Arguments = @{ Preset = 'Tutorial'; Layer = 'dense 10' } }
            @{ Name = 'a preset and hidden sizes'; Arguments = @{ Preset = 'ConvNet'; HiddenSize = 100 } }
            @{ Name = 'a preset and an activation'; Arguments = @{ Preset = 'Mlp'; Activation = 'Tanh' } }
            @{ Name = 'a preset and a dropout rate'; Arguments = @{ Preset = 'Mlp'; DropoutRate = 0.1 } }
            @{ Name = 'a preset and batch normalisation'; Arguments = @{ Preset = 'Mlp'; BatchNormalization = $true } }
            @{ Name = 'a preset and a loss'; Arguments = @{ Preset = 'Mlp'; Loss = 'SquaredError' } }
            @{ Name = 'a preset and an initialiser'; Arguments = @{ Preset = 'Mlp'; Initializer = 'Glorot' } }
            @{ Name = 'a preset and a weight range'; Arguments = @{ Preset = 'Mlp'; WeightRange = 0.1 } }
            @{ Name = 'the tutorial and an activation'; Arguments = @{ Preset = 'Tutorial'; Activation = 'Relu' } }
            @{ Name = 'the tutorial and a loss'; Arguments = @{ Preset = 'Tutorial'; Loss = 'CrossEntropy' } }
            @{ Name = 'layers and hidden sizes'; Arguments = @{ Layer = 'dense 10'; HiddenSize = 100 } }
            @{ Name = 'layers and an activation'; Arguments = @{ Layer = 'dense 10'; Activation = 'Relu' } }
            @{ Name = 'layers and a dropout rate'; Arguments = @{ Layer = 'dense 10'; DropoutRate = 0.1 } }
            @{ Name = 'layers and batch normalisation'; Arguments = @{ Layer = 'dense 10'; BatchNormalization = $true } }
            @{ Name = 'a weight range and an initialiser with its own'; Arguments = @{ Layer = 'dense 10'; Initializer = 'He'; WeightRange = 0.1 } }
        ) {
            { New-MnistNetwork @Arguments } | Should -Throw '*Leave one of them out.' -ErrorId 'ContradictingParameters,MnistPS.Commands.NewMnistNetworkCommand'
        }
    }
}
