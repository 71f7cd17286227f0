# Metrics in files, in cultures with other number formats.

BeforeAll {
    . $PSScriptRoot/common.ps1
    $data = New-BarDataset
    $numbers = 'Epoch', 'TrainingError', 'TrainingAccuracy', 'ValidationError', 'ValidationAccuracy', 'TestError', 'TestAccuracy', 'LearningRate', 'ImagesPerSecond'
    $before = [cultureinfo]::CurrentCulture
}

Describe 'Metrics in <Culture>' -ForEach @(
    @{ Culture = 'de-DE'; Point = ','; Separator = ';' }
    @{ Culture = 'ko-KR'; Point = '.'; Separator = ',' }
    @{ Culture = 'tr-TR'; Point = ','; Separator = ';' }
) {
    BeforeEach { [cultureinfo]::CurrentCulture = $Culture }

    AfterEach { [cultureinfo]::CurrentCulture = $before }

    It 'go through Export-Csv and Import-Csv with -UseCulture on both sides, to the last digit' {
        [cultureinfo]::CurrentCulture.NumberFormat.NumberDecimalSeparator | Should -Be $Point
        [cultureinfo]::CurrentCulture.TextInfo.ListSeparator | Should -Be $Separator
        $path = Join-Path $TestDrive "$Culture.csv"
        $metrics = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 3 -ValidationCount 20
        $metrics | Export-Csv $path -UseCulture
        $read = Import-Csv $path -UseCulture
        $read | Should -HaveCount 3
        $read[0].psobject.Properties.Name | Should -Be $metrics[0].psobject.Properties.Name
        Get-Content $path -TotalCount 2 | Select-Object -Last 1 | Should -Match "^`"0`"$Separator`"\d\$Point\d+`"$Separator"
        foreach ($row in 0..2) {
            foreach ($name in $numbers) { [double]::Parse($read[$row].$name) | Should -Be $metrics[$row].$name -Because "$name comes back" }
            [timespan]$read[$row].Elapsed | Should -Be $metrics[$row].Elapsed
        }
    }

    It 'go through Export-Csv and Import-Csv without -UseCulture too, if text becomes numbers by the culture' {
        $path = Join-Path $TestDrive "$Culture-plain.csv"
        $metrics = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1
        $metrics | Export-Csv $path
        $read = Import-Csv $path
        $read.TestError | Should -Match "^\d\$Point\d+$"
        [double]::Parse($read.TestError) | Should -Be $metrics.TestError
        # PowerShell's own conversion drops commas. -MetricsPath avoids it.
        [double]$read.TestError -eq $metrics.TestError | Should -Be ($Point -eq '.')
    }

    It 'are the same bytes by -MetricsPath as in the invariant culture, but for times' {
        $files = foreach ($one in $Culture, '') {
            [cultureinfo]::CurrentCulture = $one
            $path = Join-Path $TestDrive "metrics-$Culture-$one.csv"
            $null = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 20 -MetricsPath $path
            # Without the last two columns, which are times.
            (Get-Content $path) -replace ',[^,]*,[^,]*$' -join "`n"
        }
        $files[0] | Should -BeExactly $files[1]
        [cultureinfo]::CurrentCulture = $Culture
        $rows = Import-Csv (Join-Path $TestDrive "metrics-$Culture-$Culture.csv")
        $metrics = $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 20
        foreach ($row in 0, 1) {
            foreach ($name in $numbers | Select-Object -SkipLast 1) { [double]$rows[$row].$name | Should -Be $metrics[$row].$name }
        }
    }

    It 'have the line of the tutorial as text' {
        "$($data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 1)" | Should -Match '^Epoch: 0 Training set error:\d\.\d{3} Training set accuracy:\d\.\d+ Test set error:\d\.\d{3} Test set accuracy:\d\.\d+$'
    }

    It 'come of words and numbers that are read as anywhere' {
        # In Turkish the lower case of I is not i.
        (New-MnistNetwork -Layer 'DENSE 16', 'RELU', 'DROPOUT 0.25', 'DENSE 10' -Initializer uniform -WeightRange 0.05).ToString() | Should -Be 'dense 16, relu, dropout 0.25, dense 10'
        (New-MnistNetwork -Layer 'POOL 2', 'SIGMOID', 'dense 10').ToString() | Should -Be 'pool 2, sigmoid, dense 10'
        (New-MnistNetwork -Preset TUTORIAL).Layers[0].Layer | Should -Be 'dense 100'
        ($data | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -Optimizer SGD -Precision SINGLE -LearningRate 0.01).LearningRate | Should -Be 0.01
    }

    It 'are named in messages with the numbers of the invariant culture, as they are typed' {
        { $data | Invoke-MnistTraining (New-MnistNetwork) -ValidationFraction 1.5 } | Should -Throw '*1.5*'
        { New-MnistNetwork -DropoutRate 1.5 } | Should -Throw '*1.5*'
        { New-MnistNetwork -LabelSmoothing 1.5 } | Should -Throw '*1.5*'
        { New-MnistNetwork -WeightRange -1.5 } | Should -Throw '*-1.5*'
        { $data | Invoke-MnistTraining (New-MnistNetwork) -LearningRate -1.5 } | Should -Throw '*-1.5*'
        { $data | Invoke-MnistTraining (New-MnistNetwork) -WeightDecay -1.5 } | Should -Throw '*-1.5*'
    }
}
