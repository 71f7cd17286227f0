# The views of the module's objects, live and deserialized.

BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $types = (Get-Command -Module MnistPS).OutputType.Type | Where-Object Namespace -EQ 'MnistPS' | Sort-Object FullName -Unique
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-Metrics([int]$Epoch, [double]$Number, [object]$Validation, [timespan]$Elapsed = '00:00:01') {
        [pscustomobject]@{
            PSTypeName         = 'MnistPS.EpochMetrics'
            Epoch              = $Epoch
            TrainingError      = $Number
            TrainingAccuracy   = 0.39704
            ValidationError    = $Validation
            ValidationAccuracy = $null -eq $Validation ? $null : 0.58216
            TestError          = $Number
            TestAccuracy       = 0.5
            LearningRate       = 0.005
            Elapsed            = $Elapsed
            ImagesPerSecond    = 12722.4
        }
    }

    $data = Get-MnistDataset -Synthetic -TrainingCount 40 -TestCount 10
    $network = New-MnistNetwork -Layer 'conv 8x5', 'relu', 'conv 12x3 same', 'pool 2', 'dropout 0.25', 'dense 10' -Loss SquaredError -Seed 3
    $metrics = @(
        $data | Invoke-MnistTraining $network -Epochs 1
        $data | Invoke-MnistTraining $network -Epochs 2 -ValidationCount 10
    )
}

Describe 'The view' {
    It 'of <_.Name> exists, and serves its copies' -ForEach $types {
        $views = [xml](Get-Content -Raw (Join-Path $module.ModuleBase MnistPS.Format.ps1xml))
        $views.SelectNodes('//ViewSelectedBy/TypeName').InnerText | Should -Contain $_.FullName
        $views.SelectNodes('//ViewSelectedBy/TypeName').InnerText | Should -Contain "Deserialized.$($_.FullName)"
    }

    It 'of a data set has its shapes, as the tutorial prints them' {
        $data | Show-Object | Should -BeExactly @(
            'The shape of training images: (40, 784) and training labels: (40,)'
            'The shape of test images: (10, 784) and test labels: (10,)'
        )
    }

    It 'of a shape is the text of NumPy, with members of their own names' {
        $data.Training.Shape | Show-Object | Should -BeExactly '(40, 784)'
        "$($data.Training.Shape)" | Should -BeExactly '(40, 784)'
        $data.Training.Shape.Images | Should -Be 40
        $data.Training.Shape.Pixels | Should -Be 784
        $targets = ($data | ConvertTo-OneHot).Training.Targets
        $targets.Shape | Show-Object | Should -BeExactly '(40, 10)'
        $targets.Shape.Rows | Should -Be 40
        $targets.Shape.Classes | Should -Be 10
    }

    It 'of an image has its grey values in 28 rows, and its label' {
        $lines = [MnistPS.ImageSet]::new([byte[]](0..783).ForEach{ $_ % 256 }, [byte[]](7))[0] | Show-Object
        $lines.Count | Should -Be 29
        $lines[0] | Should -BeExactly (' .' + -join (1..27).ForEach{ '{0:x2}' -f $_ })
        $lines[9] | Should -BeExactly ('fcfdfeff .' + -join (1..23).ForEach{ '{0:x2}' -f $_ })
        $lines[27] | Should -BeExactly (-join (244..255).ForEach{ '{0:x2}' -f $_ } + ' .' + -join (1..15).ForEach{ '{0:x2}' -f $_ })
        $lines[28] | Should -BeExactly 'label 7'
    }

    It 'of an image without a label says so' {
        ($network | ForEach-Object { , [byte[]]::new(784) | Invoke-MnistPrediction $_ }).GetImage() | Show-Object | Select-Object -Last 1 | Should -BeExactly 'no label'
    }

    It 'of a network has a line for each layer and one for all' {
        $network | Show-Object | Should -BeExactly @(
            'Layer              OutputShape    Parameters'
            '-----              -----------    ----------'
            'conv 8x5           (24, 24, 8)           208'
            'relu               (24, 24, 8)             0'
            'conv 12x3 same     (24, 24, 12)          876'
            'pool 2             (12, 12, 12)            0'
            'dropout 0.25       (12, 12, 12)            0'
            'dense 10           (10)                17290'
            '18374 parameters, SquaredError, seed 3, 3 epochs trained'
        )
    }

    It 'of metrics is one table, whether some have validation or not' {
        $lines = $metrics | Show-Object
        $lines[0..1] | Should -BeExactly @(
            'Epoch TrainError TrainAcc ValError ValAcc TestError TestAcc   Elapsed  Images/s'
            '----- ---------- -------- -------- ------ --------- -------   -------  --------'
        )
        $lines.Count | Should -Be 5
        $lines[2] | Should -Match '^    0 +\d\.\d{3} +\d(\.\d+)? {20,}\d\.\d{3} +\d(\.\d)? 00:\d\d\.\d{3} +[\d,]+$'
        $lines[3] | Should -Match '^    1 +\d\.\d{3} +\d(\.\d+)? +\d\.\d{3} +\d(\.\d)? +\d\.\d{3} +\d(\.\d)? 00:\d\d\.\d{3} +[\d,]+$'
        $lines[4] | Should -Match '^    2 '
    }

    It 'of metrics has a row for each epoch, however long that took' {
        (New-Metrics 98 0.8989 $null '00:00:01.5'), (New-Metrics 99 0.67995 $null '00:59:59.9999'), (New-Metrics 100 1 $null '01:02:03.4'), (New-Metrics 101 1 $null '1.01:02:03.4') | Show-Object | Should -BeExactly @(
            'Epoch TrainError TrainAcc ValError ValAcc TestError TestAcc   Elapsed  Images/s'
            '----- ---------- -------- -------- ------ --------- -------   -------  --------'
            '   98      0.898    0.397                     0.898     0.5 00:01.500    12,722'
            '   99      0.679    0.397                     0.679     0.5 59:59.999    12,722'
            '  100      1.000    0.397                     1.000     0.5   1:02:03    12,722'
            '  101      1.000    0.397                     1.000     0.5  25:02:03    12,722'
        )
    }

    It 'of metrics shows the error <Number> as <Shown>: cut, not rounded, and a power of ten where three decimals say too little' -ForEach @(
        @{ Number = 0.8989; Shown = '0.898' }
        @{ Number = 0.12299999999999998; Shown = '0.122' }
        @{ Number = 2.9999999999999996; Shown = '2.999' }
        @{ Number = 0.3; Shown = '0.300' }
        @{ Number = 0.0; Shown = '0.000' }
        @{ Number = 0.0001; Shown = '0.000' }
        @{ Number = 0.0000999; Shown = '1.0E-4' }
        @{ Number = 1.25e-7; Shown = '1.3E-7' }
        @{ Number = [double]::Epsilon; Shown = '4.9E-324' }
        @{ Number = 9999.9999; Shown = '9999.999' }
        @{ Number = 10000.0; Shown = '1.0E+4' }
        @{ Number = 337866.58; Shown = '3.4E+5' }
        @{ Number = [double]::MaxValue; Shown = '1.8E+308' }
        @{ Number = [double]::NaN; Shown = 'NaN' }
        @{ Number = [double]::PositiveInfinity; Shown = 'Infinity' }
    ) {
        $row = (New-Metrics 0 $Number $Number | Show-Object)[2]
        $row | Should -BeExactly ('    0 {0,10}    0.397 {0,8} 0.5822 {0,9}     0.5 00:01.000    12,722' -f $Shown)
    }

    It 'of metrics is in the culture of the session' {
        (New-Metrics 1 0.8989 0.5 | Show-Object -Culture de-DE)[2] | Should -BeExactly '    1      0,898    0,397    0,500 0,5822     0,898     0,5 00:01.000    12.722'
        (New-Metrics 1 1e-6 2 | Show-Object -Culture de-DE)[2] | Should -BeExactly '    1     1,0E-6    0,397    2,000 0,5822    1,0E-6     0,5 00:01.000    12.722'
    }

    It 'of predictions is a table with a row for each' {
        @(
            [pscustomobject]@{ PSTypeName = 'MnistPS.Prediction'; Index = 3; Expected = 4; Label = 1; IsCorrect = $false; Confidence = 0.87654 }
            [pscustomobject]@{ PSTypeName = 'MnistPS.Prediction'; Index = 10042; Expected = $null; Label = 0; IsCorrect = $null; Confidence = 1.0 }
            [pscustomobject]@{ PSTypeName = 'MnistPS.Prediction'; Index = 5; Expected = 2; Label = 2; IsCorrect = $true; Confidence = 0.5 }
        ) | Show-Object | Should -BeExactly @(
            ' Index Label Expected IsCorrect Confidence'
            ' ----- ----- -------- --------- ----------'
            '     3     1        4 False          0.877'
            ' 10042     0                         1.000'
            '     5     2        2 True           0.500'
        )
    }

    Context 'of a copy of <What>' -ForEach @(
        @{ What = 'metrics'; Get = { $metrics } }
        @{ What = 'predictions'; Get = { $data.Test | Invoke-MnistPrediction $network } }
        @{ What = 'a network'; Get = { $network } }
        @{ What = 'a data set'; Get = { $data } }
        @{ What = 'an image'; Get = { $data.Test[0] } }
        @{ What = 'a shape'; Get = { $data.Test.Shape } }
    ) {
        It 'is that of the original, after <From>' -ForEach @{ From = 'Export-Clixml'; Depth = 2 }, @{ From = 'a job'; Depth = 1 } {
            $original = & $Get
            $copy = $original | Copy-Object -Depth $Depth
            $copy[0].pstypenames[0] | Should -BeLike 'Deserialized.MnistPS.*'
            $lines = $copy | Show-Object
            $lines | Should -BeExactly @($original | Show-Object)
            $lines | Should -Not -BeNullOrEmpty
            foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 79 }
        }

        It 'is the same in Constrained Language Mode, and so is that of the original' {
            $original = & $Get
            $expected = @($original | Show-Object)
            foreach ($objects in @(, $original), @(, ($original | Copy-Object -Depth 1))) {
                $shell = [powershell]::Create()
                $null = $shell.AddScript('param($module, $objects) [cultureinfo]::CurrentCulture = ""; Import-Module $module; $ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; $objects | Out-String -Stream -Width 80')
                $null = $shell.AddArgument($MnistPSModule).AddArgument($objects[0])
                $shown = foreach ($line in $shell.Invoke()) { ($line -replace "`e\[[\d;]*m").TrimEnd().Where{ $_ } }
                $shell.Streams.Error | Should -BeNullOrEmpty
                $shell.Runspace.SessionStateProxy.LanguageMode | Should -Be 'ConstrainedLanguage'
                $shell.Dispose()
                $shown | Should -BeExactly $expected
            }
        }
    }
}
