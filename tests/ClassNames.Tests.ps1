# Labels that stand for something else than digits: what users see of them, from the data set to the file of the network.
BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $names = 'T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'
    $digits = New-BarDataset 100 50
    $data = $digits | New-MnistDataset Clothes -ClassName $names
    $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
    $null = $data | Invoke-MnistTraining $network -Epochs 3 -BatchSize 10
    $predictions = @($data.Test | Invoke-MnistPrediction $network)

    function Get-Text { ($input | Out-String) -replace "`e\[[\d;]*m" }
}

Describe 'The names of classes' {
    It 'are the digits where nobody says more' {
        $digits.ClassNames | Should -Be ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
        $digits.Test[0].LabelName | Should -Be "$($digits.Test[0].Label)"
        (New-MnistNetwork).ClassNames | Should -Be $digits.ClassNames
        $reading = $digits.Test[0] | Invoke-MnistPrediction (New-MnistNetwork -Seed 1)
        $reading.GetType().Name | Should -Be 'Prediction'
        ($reading | Measure-MnistPrediction).ClassNames | Should -Be $digits.ClassNames
    }

    It 'go with sets, slices and images' {
        $data.ClassNames | Should -Be $names
        $data.Test.ClassNames | Should -Be $names
        $image = $data.Test[3]
        $image.LabelName | Should -Be $names[$image.Label]
        "$image" | Should -Be "image 3: $($names[$image.Label])"
        ($data.Training[0..9] | New-MnistDataset).ClassNames | Should -Be $names
        ($data | ConvertTo-OneHot).ClassNames | Should -Be $names
        $image | Get-Text | Should -Match "label $([regex]::Escape($image.LabelName))"
    }

    It 'go with predictions, as two columns more' {
        $predictions[0] | Should -BeOfType ([MnistPS.NamedPrediction])
        $predictions[0].LabelName | Should -Be $names[$predictions[0].Label]
        $predictions[0].ExpectedName | Should -Be $names[$predictions[0].Expected]
        "$($predictions[0])" | Should -Be "image 0: $($predictions[0].ExpectedName) read as $($predictions[0].LabelName)"
        $row = $predictions[0] | ConvertTo-Csv | ConvertFrom-Csv
        $row.Label, $row.LabelName, $row.ExpectedName | Should -Be "$($predictions[0].Label)", $predictions[0].LabelName, $predictions[0].ExpectedName
        $predictions[0] | Get-Text | Should -Match "0 $([regex]::Escape($predictions[0].LabelName)) +$([regex]::Escape($predictions[0].ExpectedName)) +(True|False)"
        (, $data.Test[0].Pixels | Invoke-MnistPrediction $network).LabelName | Should -Be $predictions[0].LabelName
        (, $data.Test[0].Pixels | Invoke-MnistPrediction $network).ExpectedName | Should -Be $null
    }

    It 'stand in measures, and in their copies' {
        $summary = $predictions | Measure-MnistPrediction
        $summary.ClassNames | Should -Be $names
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($summary, 4))
        foreach ($one in $summary, $copy) {
            $text = $one | Get-Text
            foreach ($name in $names) { $text | Should -Match "(?m)^$([regex]::Escape($name)) +\d" }
            if ($summary.MostConfused.Count) { $text | Should -Match "Most confused: $([regex]::Escape($names[$summary.MostConfused[0].Expected])) as" }
        }
        $matrix = $summary.ConfusionMatrix | Get-Text
        foreach ($i in 0..9) { $matrix | Should -Match "(?m)^$i $([regex]::Escape($names[$i])) " }
        "$($summary.Digits[7])" | Should -BeLike 'Sneaker: *'
    }

    It 'stay with the network, in its file too, and in a checkpoint' {
        $network.ClassNames | Should -Be $names
        $network.Copy().ClassNames | Should -Be $names
        $path = Join-Path $TestDrive 'named.safetensors'
        $network | Export-MnistNetwork $path -Force
        (Import-MnistNetwork $path).ClassNames | Should -Be $names
        $checkpoint = Join-Path $TestDrive 'named-run.safetensors'
        $null = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 3) -Epochs 3 -CheckpointPath $checkpoint | Select-Object -First 1
        (Import-MnistNetwork $checkpoint).ClassNames | Should -Be $names
        $plain = Join-Path $TestDrive 'digits.safetensors'
        New-MnistNetwork -Seed 1 | Export-MnistNetwork $plain -Force
        [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($plain)[0..3000]) | Should -Not -Match 'class_names'
    }

    It 'stand below images in the terminal' {
        $lines = ($predictions[0..1] | Show-MnistImage -Renderer Ascii) -join "`n"
        $lines | Should -Match ([regex]::Escape($predictions[0].LabelName))
        $lines | Should -Match "0: $([regex]::Escape($predictions[0].ExpectedName))"
    }

    It 'stand in pictures of images and of confusion' {
        $picture = Join-Path $TestDrive 'named.svg'
        $predictions | Export-MnistPlot $picture -Force
        $picture | Should -Exist
        $images = Join-Path $TestDrive 'named-images.svg'
        $data.Test[0..5] | Export-MnistPlot $images -Force
        $images | Should -Exist
    }

    It 'stand in the report, as text whatever they are' {
        $path = Join-Path $TestDrive 'named.html'
        $odd = $digits | New-MnistDataset Odd -ClassName (@('<b>bold</b>') + $names[1..9])
        $other = New-MnistNetwork -Layer 'dense 10' -Seed 1
        $null = $odd | Invoke-MnistTraining $other -Epochs 1 -BatchSize 10
        $other | Export-MnistReport $path $odd -Force
        $html = Get-Content $path -Raw
        $html | Should -Match 'Ankle boot'
        $html | Should -Match '&lt;b&gt;bold&lt;/b&gt;'
        $html | Should -Not -Match '<b>bold'
        $other | Export-MnistPage $path -Force
        $html = Get-Content $path -Raw
        $html | Should -Match 'Ankle boot'
        $html | Should -Not -Match '<b>bold'
    }

    It 'of several networks must be the same' {
        $other = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 2
        $null = $digits | Invoke-MnistTraining $other -Epochs 1 -BatchSize 10
        { $data.Test | Invoke-MnistPrediction $network, $other } | Should -Throw "*0 is 'T-shirt/top' for*and '0' for*" -ErrorId 'NetworksDoNotFit,*'
    }

    It 'of sets that are joined must be the same, or given' {
        { $data, $digits | New-MnistDataset } | Should -Throw "*stand for different things: 0 is '0' for Bars*-ClassName*" -ErrorId 'ClassNamesDoNotFit,*'
        $other = Get-MnistDataset -Synthetic -TrainingCount 10 -TestCount 5
        ($data, $other | New-MnistDataset -ClassName $names).Training.Count | Should -Be 110
    }

    It 'are refused where they are <What>' -ForEach @(
        @{ What = 'nine'; Given = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i' }
        @{ What = 'none'; Given = @() }
        @{ What = 'not different'; Given = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'a' }
        @{ What = 'empty'; Given = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', ' ' }
        @{ What = 'lines'; Given = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', "a`nb" }
        @{ What = 'too long'; Given = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', ('x' * 41) }
    ) {
        { $digits | New-MnistDataset -ClassName $Given } | Should -Throw '*Ten different ones were expected*' -ErrorId 'ClassNamesDoNotFit,MnistPS.Commands.NewMnistDatasetCommand'
    }
}
