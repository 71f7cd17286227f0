BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset
    $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
    $null = $data | Invoke-MnistTraining $network -Epochs 10 -BatchSize 10 -LearningRate 0.01
    $bytes = $data.Test[0].Pixels
    $numbers = [double[]]::new(784)
    for ($i = 0; $i -lt 784; $i++) { $numbers[$i] = $bytes[$i] / 255 }

    # The predictions as text.
    function Get-Reading { process { Join-Number (@($_.Index, $_.Label, $_.Expected) + $_.Scores) } }
}

Describe 'Invoke-MnistPrediction' {
    Context 'one image a call' {
        It 'reads what a pipeline of all images reads, call after call' {
            $network = New-MnistNetwork -Preset ConvNet -Seed 3
            $all = @($data.Test | Invoke-MnistPrediction $network)
            for ($round = 0; $round -lt 2; $round++) {
                for ($i = 0; $i -lt 10; $i++) {
                    $one = $data.Test[$i] | Invoke-MnistPrediction $network
                    $one.Index | Should -Be $i
                    $one.Label | Should -Be $all[$i].Label
                    [math]::Abs($one.Confidence - $all[$i].Confidence) | Should -BeLessThan 1e-5
                }
            }
        }

        It 'sees what the network has learned since the last call' {
            $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 4
            $before = $data.Test[0] | Invoke-MnistPrediction $network | Get-Reading
            $null = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10
            $after = $data.Test[0] | Invoke-MnistPrediction $network | Get-Reading
            $after | Should -Not -Be $before
            $data.Test[0] | Invoke-MnistPrediction $network | Get-Reading | Should -Be $after
        }

        It 'sets nothing up from the second call on' {
            $network = New-MnistNetwork -Preset ConvNet -Seed 5
            $image = $data.Test[0]
            $bytes = foreach ($call in 1..3) {
                $before = [System.GC]::GetAllocatedBytesForCurrentThread()
                $null = $image | Invoke-MnistPrediction $network
                [System.GC]::GetAllocatedBytesForCurrentThread() - $before
            }
            $bytes[2] | Should -BeLessThan ($bytes[0] / 10)
        }

        It 'may be asked from several runspaces at once' {
            $network = New-MnistNetwork -Preset ConvNet -Seed 6
            $images = @($data.Test)[0..9]
            $expected = @($images | ForEach-Object { $_ | Invoke-MnistPrediction $network | Get-Reading })
            $module = (Get-Module MnistPS).Path
            $readings = 0..39 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:module
                $image = ($using:images)[$_ % 10]
                $prediction = $image | Invoke-MnistPrediction $using:network
                [pscustomobject]@{ Image = $_ % 10; Reading = [string]::Join(' ', @($prediction.Index, $prediction.Label, $prediction.Expected) + $prediction.Scores) }
            }
            @($readings).Count | Should -Be 40
            foreach ($reading in $readings) { $reading.Reading | Should -Be $expected[$reading.Image] }
        }

        It 'keeps its images to itself where a pipeline reads within a pipeline' {
            $network = New-MnistNetwork -Preset ConvNet -Seed 7
            $alone = @($data.Test)[0..4] | ForEach-Object { $_ | Invoke-MnistPrediction $network | Get-Reading }
            $within = @($data.Test)[0..4] | Invoke-MnistPrediction $network | ForEach-Object { $data.Test[$_.Index] | Invoke-MnistPrediction $network | Get-Reading }
            $within | Should -Be $alone
        }
    }

    Context 'a prediction' {
        It 'has the properties that scripts rely on' {
            $prediction = $data.Test[3] | Invoke-MnistPrediction -Network $network
            $prediction | Should -BeOfType ([MnistPS.Prediction])
            foreach ($name in 'Index', 'Label', 'Expected', 'IsCorrect', 'Confidence', 'Scores') { $prediction.PSObject.Properties.Name | Should -Contain $name }
            $prediction.Index | Should -Be 3
            $prediction.Expected | Should -Be $data.Test[3].Label
            $prediction.IsCorrect | Should -Be ($prediction.Label -eq $data.Test[3].Label)
        }

        It 'has ten probabilities after cross-entropy, of which the label has the largest' {
            foreach ($prediction in $data.Test | Invoke-MnistPrediction $network) {
                $prediction.Scores.Count | Should -Be 10
                $sum = 0.0
                foreach ($score in $prediction.Scores) {
                    $score | Should -BeGreaterOrEqual 0
                    $score | Should -BeLessOrEqual $prediction.Confidence
                    $sum += $score
                }
                [math]::Abs($sum - 1) | Should -BeLessThan 1e-12
                $prediction.Confidence | Should -Be $prediction.Scores[$prediction.Label]
            }
        }

        It 'has the ten outputs after squared error, and a confidence from 0 to 1' {
            $tutorial = New-MnistNetwork -Seed 1
            $null = $data | Invoke-MnistTraining $tutorial -Epochs 10
            foreach ($prediction in $data.Test | Invoke-MnistPrediction $tutorial) {
                $prediction.Scores.Count | Should -Be 10
                foreach ($score in $prediction.Scores) { $score | Should -BeLessOrEqual $prediction.Scores[$prediction.Label] }
                $prediction.Confidence | Should -Be ([math]::Max(0.0, [math]::Min(1.0, $prediction.Scores[$prediction.Label])))
            }
        }

        It 'is right as often as training said' {
            $metrics = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10
            $right = @($data.Test | Invoke-MnistPrediction $network).Where{ $_.IsCorrect }.Count
            $right / 50 | Should -Be $metrics.TestAccuracy
            $right | Should -BeGreaterThan 25
        }

        It 'is the same again and again, since nothing is dropped' {
            $tutorial = New-MnistNetwork -Seed 1
            $first = @($data.Test | Invoke-MnistPrediction $tutorial | Get-Reading)
            $data.Test | Invoke-MnistPrediction $tutorial | Get-Reading | Should -Be $first
        }

        It 'is a line as text' {
            $prediction = $data.Test[3] | Invoke-MnistPrediction $network
            "$prediction" | Should -Be "image 3: $($prediction.Expected) read as $($prediction.Label)"
            $prediction = , $bytes | Invoke-MnistPrediction $network
            "$prediction" | Should -Be "image 0: read as $($prediction.Label)"
        }
    }

    Context 'input' {
        It 'keeps its order, whatever it is' {
            $indices = @($data.Test[7], $data.Test[2], $data.Test[40] | Invoke-MnistPrediction $network).Index
            $indices | Should -Be 7, 2, 40
            $mixed = @($data.Test[7], $bytes, $numbers, $data.Test[2] | Invoke-MnistPrediction $network)
            $mixed.Index | Should -Be 7, 1, 2, 2
            $mixed.Expected | Should -Be $data.Test[7].Label, $null, $null, $data.Test[2].Label
        }

        It 'is read one by one as in batches' {
            $batched = @($data.Training | Invoke-MnistPrediction $network)
            $batched.Count | Should -Be 100
            foreach ($prediction in $batched) {
                $alone = $data.Training[$prediction.Index] | Invoke-MnistPrediction $network
                $alone.Label | Should -Be $prediction.Label
                # The order of sums differs, so the last digits of float32 may differ.
                for ($digit = 0; $digit -lt 10; $digit++) { [math]::Abs($alone.Scores[$digit] - $prediction.Scores[$digit]) | Should -BeLessThan 1e-6 }
            }
        }

        It 'can be a set, or an array of images, by name' {
            $piped = @($data.Test | Invoke-MnistPrediction $network | Get-Reading)
            Invoke-MnistPrediction $network -InputObject $data.Test | Get-Reading | Should -Be $piped
            Invoke-MnistPrediction $network -InputObject @($data.Test) | Get-Reading | Should -Be $piped
            (Invoke-MnistPrediction $network -InputObject $data.Test[3]).Index | Should -Be 3
        }

        It 'can be <Name>' -ForEach @(
            @{ Name = 'bytes'; Make = { , $bytes } }
            @{ Name = 'doubles from 0 to 1'; Make = { , $numbers } }
            @{ Name = 'an untyped array of such numbers'; Make = { , [object[]]$numbers } }
            @{ Name = 'floats'; Make = { , [float[]]$numbers } }
            @{ Name = 'decimals'; Make = { , [decimal[]]$numbers } }
            @{ Name = 'a list of numbers'; Make = { , [System.Collections.Generic.List[double]]$numbers } }
            @{ Name = 'bytes out of a pipeline'; Make = { , ($bytes | ForEach-Object { $_ }) } }
            @{ Name = 'a list of bytes'; Make = { , [System.Collections.Generic.List[byte]]$bytes } }
            @{ Name = 'their text'; Make = { , [string[]]$numbers } }
            @{ Name = '28 rows of 28 out of JSON'; Make = { , (ConvertFrom-Json (ConvertTo-Json @(for ($row = 0; $row -lt 28; $row++) { , $numbers[(28 * $row)..(28 * $row + 27)] }))) } }
            @{ Name = '28 rows of 28 bytes'; Make = { , [byte[][]]@(for ($row = 0; $row -lt 28; $row++) { , $bytes[(28 * $row)..(28 * $row + 27)] }) } }
            @{ Name = 'a two-dimensional array'; Make = { $table = [double[, ]]::new(28, 28); for ($i = 0; $i -lt 784; $i++) { $table[[math]::Floor($i / 28), ($i % 28)] = $numbers[$i] }; , $table } }
            @{ Name = 'a two-dimensional array of bytes'; Make = { $table = [byte[, ]]::new(28, 28); for ($i = 0; $i -lt 784; $i++) { $table[[math]::Floor($i / 28), ($i % 28)] = $bytes[$i] }; , $table } }
        ) {
            $image = $data.Test[0] | Invoke-MnistPrediction $network
            foreach ($prediction in ((& $Make | Invoke-MnistPrediction $network), (Invoke-MnistPrediction $network -InputObject (& $Make)))) {
                $prediction.Index | Should -Be 0
                $prediction.Expected | Should -BeNullOrEmpty
                $prediction.IsCorrect | Should -BeNullOrEmpty
                $prediction.Label | Should -Be $image.Label
                for ($digit = 0; $digit -lt 10; $digit++) { [math]::Abs($prediction.Scores[$digit] - $image.Scores[$digit]) | Should -BeLessThan 1e-6 }
            }
        }

        It 'is counted where it has no index of its own' {
            @($bytes, $numbers, $bytes | Invoke-MnistPrediction $network).Index | Should -Be 0, 1, 2
        }

        It 'may be ten thousand images' {
            $large = [MnistPS.ImageSet]::new([byte[]]::new(7840000), [byte[]]::new(10000))
            $predictions = @($large | Invoke-MnistPrediction $network)
            $predictions.Count | Should -Be 10000
            $predictions.Index | Should -Be (0..9999)
        }

        It 'may be nothing' {
            Invoke-MnistPrediction $network -InputObject ([MnistPS.ImageSet]::new([byte[]]::new(0), [byte[]]::new(0))) | Should -BeNullOrEmpty
        }

        It 'is read by the network as it was when the pipeline began' {
            $other = New-MnistNetwork -Seed 1
            $before = @($data.Test | Invoke-MnistPrediction $other | Get-Reading)
            $images = {
                $null = $data | Invoke-MnistTraining $other -Epochs 1
                $data.Test
            }
            & $images | Invoke-MnistPrediction $other | Get-Reading | Should -Be $before
            $other.EpochsTrained | Should -Be 1
            $data.Test | Invoke-MnistPrediction $other | Get-Reading | Should -Not -Be $before
        }
    }

    Context 'several networks' {
        BeforeAll {
            $other = New-MnistNetwork -Preset ConvNet -Seed 8
            $third = New-MnistNetwork -Layer 'dense 30', 'tanh', 'dense 10' -Seed 9
            $null = $data | Invoke-MnistTraining $third -Epochs 5 -BatchSize 10 -Precision Double
        }

        It 'are averaged, whatever their layers and their precision' {
            $network.Precision | Should -Be 'Single'
            $third.Precision | Should -Be 'Double'
            $alone = foreach ($one in $network, $other, $third) { , @($data.Test | Invoke-MnistPrediction $one) }
            $together = @($data.Test | Invoke-MnistPrediction -Network $network, $other, $third)
            $together.Count | Should -Be 50
            foreach ($i in 0..49) {
                $best = 0
                foreach ($digit in 0..9) {
                    $mean = ($alone[0][$i].Scores[$digit] + $alone[1][$i].Scores[$digit] + $alone[2][$i].Scores[$digit]) / 3
                    [math]::Abs($together[$i].Scores[$digit] - $mean) | Should -BeLessThan 1e-12
                    if ($together[$i].Scores[$digit] -gt $together[$i].Scores[$best]) { $best = $digit }
                }
                $together[$i].Label | Should -Be $best
                $together[$i].Confidence | Should -Be $together[$i].Scores[$best]
                $together[$i].Expected | Should -Be $data.Test[$i].Label
            }
        }

        It 'are one where they are the same one' {
            $data.Test | Invoke-MnistPrediction $network, $network | Get-Reading | Should -Be ($data.Test | Invoke-MnistPrediction $network | Get-Reading)
        }

        It 'take images as numbers too, and several batches' {
            $many = @($data.Training) + @($data.Training) + @($data.Training) + , $numbers
            $predictions = @($many | Invoke-MnistPrediction $network, $third)
            $predictions.Count | Should -Be 301
            $predictions.Index | Should -Be (@(0..99) * 3 + 300)
            $predictions[300].Label | Should -Be ($data.Test[0] | Invoke-MnistPrediction $network, $third).Label
        }

        It 'may all be trained by squared error, whose outputs are averaged' {
            $first, $second = (New-MnistNetwork -Seed 1), (New-MnistNetwork -Seed 2)
            $one = $data.Test[0] | Invoke-MnistPrediction $first
            $two = $data.Test[0] | Invoke-MnistPrediction $second
            $mean = $data.Test[0] | Invoke-MnistPrediction $first, $second
            foreach ($digit in 0..9) { [math]::Abs($mean.Scores[$digit] - ($one.Scores[$digit] + $two.Scores[$digit]) / 2) | Should -BeLessThan 1e-12 }
            $loss = 0.0
            foreach ($digit in 0..9) { $loss += [math]::Pow(($digit -eq $mean.Expected) - $mean.Scores[$digit], 2) }
            [math]::Abs(($mean | Measure-MnistPrediction).MeanLoss - $loss) | Should -BeLessThan 1e-12
        }

        It 'are refused where one was trained by squared error and another by cross-entropy' {
            { $data.Test | Invoke-MnistPrediction $network, (New-MnistNetwork -Seed 1) } |
                Should -Throw '*trained by CrossEntropy and `[dense 100*by SquaredError*networks of one loss*' -ErrorId 'NetworksDoNotFit,MnistPS.Commands.InvokeMnistPredictionCommand'
        }

        It 'are networks, all of them' {
            { $data.Test | Invoke-MnistPrediction $network, $null } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorNullNotAllowed,MnistPS.Commands.InvokeMnistPredictionCommand'
            { $data.Test | Invoke-MnistPrediction @() } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorEmptyArrayNotAllowed,MnistPS.Commands.InvokeMnistPredictionCommand'
            { $data.Test | Invoke-MnistPrediction $network, 'other' } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MnistPS.Commands.InvokeMnistPredictionCommand'
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($network, 1))
            { $data.Test | Invoke-MnistPrediction $network, $copy } | Should -Throw '*copy of a MnistNetwork without its type*' -ErrorId 'ParameterArgumentTransformationError,*'
        }
    }

    Context 'the scores' {
        BeforeAll { $prediction = $data.Test[0] | Invoke-MnistPrediction $network }

        It 'are ten, and read like an array' {
            $prediction.Scores.Count | Should -Be 10
            $prediction.Scores.Length | Should -Be 10
            $prediction.Scores[-1] | Should -Be $prediction.Scores[9]
            $prediction.Scores[2..4].Count | Should -Be 3
            ([double[]]$prediction.Scores).Count | Should -Be 10
            @($prediction.Scores | ForEach-Object { $_ }).Count | Should -Be 10
            $prediction.Scores[$prediction.Label] | Should -Be ($prediction.Scores | Measure-Object -Maximum).Maximum
        }

        It 'are ten numbers in a CSV, whatever the culture "<_>"' -ForEach 'de-DE', 'tr-TR', '' {
            $path = Join-Path $TestDrive 'predictions.csv'
            $scores = Use-Culture $_ {
                $prediction | Export-Csv $path
                (Import-Csv $path).Scores -split ' '
            }
            $scores.Count | Should -Be 10
            for ($digit = 0; $digit -lt 10; $digit++) { [double]::Parse($scores[$digit], [cultureinfo]::InvariantCulture) | Should -Be $prediction.Scores[$digit] }
        }

        It 'are an array of ten numbers in JSON' {
            $json = $prediction | ConvertTo-Json | ConvertFrom-Json
            $json.Scores.Count | Should -Be 10
            $json.Scores[3] | Should -Be $prediction.Scores[3]
        }

        It 'are a column of a CSV' {
            ($prediction | ConvertTo-Csv)[0] | Should -Be '"Index","Label","Expected","IsCorrect","Confidence","IsRejected","Scores"'
        }
    }

    Context 'a minimum of confidence' {
        BeforeAll {
            $all = @($data.Test | Invoke-MnistPrediction $network)
            $middle = ($all.Confidence | Sort-Object)[25]
            $some = @($data.Test | Invoke-MnistPrediction $network -MinimumConfidence $middle -WarningAction SilentlyContinue)
        }

        It 'leaves the label empty below it, and all else as it was' {
            $some.Count | Should -Be 50
            @($some.Where{ $_.IsRejected }).Count | Should -Be 25
            for ($i = 0; $i -lt 50; $i++) {
                $isRejected = $all[$i].Confidence -lt $middle
                $some[$i].IsRejected | Should -Be $isRejected
                $some[$i].Label | Should -Be ($isRejected ? $null : $all[$i].Label)
                $some[$i].IsCorrect | Should -Be ($isRejected ? $null : $all[$i].IsCorrect)
                $some[$i].Confidence | Should -Be $all[$i].Confidence
                "$($some[$i].Scores)" | Should -Be "$($all[$i].Scores)"
            }
        }

        It 'reads every image without one' {
            @($all.Where{ $_.IsRejected }).Count | Should -Be 0
            @($all.Where{ $null -eq $_.Label }).Count | Should -Be 0
        }

        It 'may be reached exactly' {
            $some.Where{ $_.Confidence -eq $middle }.IsRejected | Should -Be $false
        }

        It 'says so in text, in a CSV and in JSON' {
            $rejected = $some.Where{ $_.IsRejected }[0]
            "$rejected" | Should -Be "image $($rejected.Index): $($rejected.Expected) rejected"
            $row = $rejected | ConvertTo-Csv | ConvertFrom-Csv
            $row.Label | Should -Be ''
            $row.IsRejected | Should -Be 'True'
            ($rejected | ConvertTo-Json | ConvertFrom-Json).Label | Should -BeNullOrEmpty
        }

        It 'is taken by what follows: a summary, a plot, the terminal' {
            $summary = $some | Measure-MnistPrediction
            $summary.Count | Should -Be 25
            $summary.RejectedCount | Should -Be 25
            $summary.Coverage | Should -Be 0.5
            $summary | Out-String | Should -BeLike '*25 more are rejected*'
            $summary.Accuracy | Should -Be (@($some.Where{ $_.IsCorrect }).Count / 25)
            $path = Join-Path $TestDrive 'confusion.svg'
            $some | Export-MnistPlot $path -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Be '25 predictions are rejected and have no digit, and are left out.'
            $some | ConvertTo-Csv | ConvertFrom-Csv | Export-MnistPlot $path -Force -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Be '25 predictions are rejected and have no digit, and are left out.'
            $some.Where{ $_.IsRejected }[0] | Show-MnistImage | Out-String | Should -BeLike '*rejected*'
        }

        It 'is refused as <_>' -ForEach ([double]::NaN), -0.1, 1.1, ([double]::PositiveInfinity) {
            { $data.Test[0] | Invoke-MnistPrediction $network -MinimumConfidence $_ } | Should -Throw -ErrorId 'MinimumConfidenceOutOfRange,MnistPS.Commands.InvokeMnistPredictionCommand'
        }

        It 'warns once of networks that are not calibrated' {
            $null = $data.Test | Invoke-MnistPrediction $network -MinimumConfidence 0.5 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings | Should -BeLike 'Not calibrated: `[dense 20, relu, dense 10`].*softmax*-Calibrate'
            $none = $data.Test | Invoke-MnistPrediction $network -MinimumConfidence 0 -WarningVariable warnings
            $none.IsRejected | Should -Not -Contain $true
            $warnings | Should -BeNullOrEmpty
        }

        It 'says of a network without probabilities that it cannot be calibrated' {
            $null = $data.Test | Invoke-MnistPrediction (New-MnistNetwork -Seed 1) -MinimumConfidence 0.5 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings | Should -BeLike 'Not calibrated: `[dense 100, relu, dropout 0.5, dense 10`]. The loss is SquaredError*needs the loss CrossEntropy*'
        }

        It 'is refused with a comma' {
            { $data.Test[0] | Invoke-MnistPrediction $network -MinimumConfidence '0,5' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.InvokeMnistPredictionCommand'
        }
    }

    Context 'a calibrated network' {
        BeforeAll {
            $digits = Get-MnistDataset -Synthetic -TrainingCount 2500 -TestCount 200
            $calibrated = New-MnistNetwork -Preset Mlp -Seed 1
            $null = $digits | Invoke-MnistTraining $calibrated -Epochs 3 -ValidationCount 500 -Calibrate
            $drawings = [MnistPS.SyntheticScribbles]::Draw(200, 1)
        }

        It 'is not sure of what is no digit' {
            $ofDigits = @($digits.Test | Invoke-MnistPrediction $calibrated -MinimumConfidence 0.5)
            $ofDrawings = @($drawings | Invoke-MnistPrediction $calibrated -MinimumConfidence 0.5)
            @($ofDigits.Where{ $_.IsRejected }).Count | Should -BeLessThan 20
            @($ofDrawings.Where{ $_.IsRejected }).Count | Should -BeGreaterThan 120
        }

        It 'is not warned of, but a plain one beside it is' {
            $null = $digits.Test[0] | Invoke-MnistPrediction $calibrated, $calibrated -MinimumConfidence 0.5 -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            $null = $digits.Test[0] | Invoke-MnistPrediction $calibrated, $network -MinimumConfidence 0.5 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings | Should -BeLike 'Not calibrated: `[dense 20, relu, dense 10`].*'
        }

        It 'has a confidence of at most the largest score, and scores that add up to 1' {
            foreach ($prediction in $drawings | Invoke-MnistPrediction $calibrated) {
                $prediction.Confidence | Should -BeLessOrEqual ($prediction.Scores | Measure-Object -Maximum).Maximum
                $prediction.Confidence | Should -BeGreaterOrEqual 0
                [math]::Abs(($prediction.Scores | Measure-Object -Sum).Sum - 1) | Should -BeLessThan 1e-9
            }
        }

        It 'is the same from a file' {
            $path = Join-Path $TestDrive 'calibrated.safetensors'
            $calibrated | Export-MnistNetwork $path
            $again = Import-MnistNetwork $path
            $again.Temperature | Should -Be $calibrated.Temperature
            (@($drawings | Invoke-MnistPrediction $again).Confidence -join ' ') | Should -Be (@($drawings | Invoke-MnistPrediction $calibrated).Confidence -join ' ')
        }
    }

    Context 'bad input' {
        It 'passes over <Name> and reads the others' -ForEach @(
            @{ Name = '783 bytes'; Make = { , [byte[]]::new(783) }; Id = 'WrongImageLength'; Category = 'InvalidData' }
            @{ Name = '785 numbers'; Make = { , [double[]]::new(785) }; Id = 'WrongImageLength'; Category = 'InvalidData' }
            @{ Name = 'an empty array'; Make = { , [byte[]]::new(0) }; Id = 'WrongImageLength'; Category = 'InvalidData' }
            @{ Name = 'NaN'; Make = { $bad = [double[]]::new(784); $bad[5] = [double]::NaN; , $bad }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'a negative number'; Make = { $bad = [double[]]::new(784); $bad[5] = -0.1; , $bad }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'integers over 1'; Make = { , [int[]]$bytes }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'a number over 1'; Make = { $bad = [double[]]::new(784); $bad[5] = 255; , $bad }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'words'; Make = { , (@('zero') * 784) }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'fractions with a comma'; Make = { , (@('0,1') * 784) }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'dates'; Make = { , (@([datetime]::Now) * 784) }; Id = 'ForeignObject'; Category = 'InvalidType' }
            @{ Name = 'a lone number'; Make = { 5 }; Id = 'ImageInPieces'; Category = 'InvalidType' }
            @{ Name = 'a row'; Make = { , [byte[]]::new(28) }; Id = 'ImageInPieces'; Category = 'InvalidType' }
            @{ Name = '27 rows'; Make = { , [byte[, ]]::new(27, 28) }; Id = 'WrongImageLength'; Category = 'InvalidData' }
            @{ Name = 'nothing among numbers'; Make = { $bad = [object[]]$numbers; $bad[5] = $null; , $bad }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'an empty cell among them'; Make = { $bad = [string[]](@('0.1') * 784); $bad[5] = ''; , $bad }; Id = 'PixelOutOfRange'; Category = 'InvalidData' }
            @{ Name = 'null'; Make = { $null }; Id = 'ForeignObject'; Category = 'InvalidType' }
            @{ Name = 'a string'; Make = { 'eight' }; Id = 'ForeignObject'; Category = 'InvalidType' }
            @{ Name = 'a data set'; Make = { $data }; Id = 'ForeignObject'; Category = 'InvalidType' }
        ) {
            $predictions = @($data.Test[0], (& $Make), $bytes, $data.Test[1] | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems)
            $predictions.Index | Should -Be 0, 2, 1
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be "$Id,MnistPS.Commands.InvokeMnistPredictionCommand"
            $problems[0].CategoryInfo.Category | Should -Be $Category
        }

        It 'says what is wrong, where, and what to do' {
            $bad = [double[]]::new(784)
            $bad[5] = 255
            $null = $numbers, $bad | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].Exception.Message | Should -BeLike 'Number 5 of input 1 is 255;*Divide grey values by 255*'
            $null = , [byte[]]::new(783) | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].Exception.Message | Should -BeLike '*783*784*'
        }

        It 'says once of <Name> that came without a comma that they did' -ForEach @(
            @{ Name = 'pixels'; Make = { $data.Test[0].Pixels }; What = 'Numbers' }
            @{ Name = 'numbers'; Make = { $numbers }; What = 'Numbers' }
            @{ Name = 'rows'; Make = { for ($row = 0; $row -lt 28; $row++) { , $numbers[(28 * $row)..(28 * $row + 27)] } }; What = 'Rows of 28 numbers' }
        ) {
            $label = & { & $Make; $data.Test[1] } | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object Index
            $label | Should -Be 1
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'ImageInPieces,MnistPS.Commands.InvokeMnistPredictionCommand'
            $problems[0].Exception.Message | Should -BeLike "$What came one by one;*comma*"
        }

        It 'says of text how it would have been read' {
            , (@('0,5') * 784) | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].Exception.Message | Should -Be "Number 0 of input 0: '0,5' has a comma; one number was expected, and 0.5 is written with a point. PowerShell would have read 5."
        }

        It 'stops at it when the caller says so' {
            { $data.Test[0], 'eight' | Invoke-MnistPrediction $network -ErrorAction Stop } | Should -Throw -ErrorId 'ForeignObject,MnistPS.Commands.InvokeMnistPredictionCommand'
        }

        It 'refuses to go without a network' {
            { $data.Test | Invoke-MnistPrediction $null } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorNullNotAllowed,MnistPS.Commands.InvokeMnistPredictionCommand'
        }
    }
}
