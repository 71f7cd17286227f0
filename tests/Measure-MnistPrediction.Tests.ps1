BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $data = New-BarDataset -TrainingCount 200 -TestCount 100
    $network = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
    $metrics = @($data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10 -LearningRate 0.002)[-1]
    $predictions = @($data.Test | Invoke-MnistPrediction $network)
    $summary = $predictions | Measure-MnistPrediction
    $cmdlet = 'MnistPS.Commands.MeasureMnistPredictionCommand'
}

Describe 'Measure-MnistPrediction' {
    Context 'a summary' {
        It 'is one object, whatever the number of predictions' {
            @($summary).Count | Should -Be 1
            $summary | Should -BeOfType ([MnistPS.PredictionSummary])
        }

        It 'counts what is right, as the predictions and the training say' {
            $right = @($predictions | Where-Object IsCorrect).Count
            $right | Should -BeGreaterThan 20
            $right | Should -BeLessThan 100
            $summary.Count | Should -Be 100
            $summary.UnlabelledCount | Should -Be 0
            $summary.CorrectCount | Should -Be $right
            $summary.Accuracy | Should -Be ($right / 100)
            $summary.Accuracy | Should -Be $metrics.TestAccuracy
            [math]::Abs($summary.MeanLoss - $metrics.TestError) | Should -BeLessThan 1e-6
        }

        It 'has ten rows, with precision, recall and F1 of each digit' {
            $summary.Digits.Digit | Should -Be (0..9)
            ($summary.Digits | Measure-Object Count -Sum).Sum | Should -Be 100
            foreach ($row in $summary.Digits) {
                $written = @($predictions | Where-Object Expected -EQ $row.Digit)
                $read = @($predictions | Where-Object Label -EQ $row.Digit)
                $right = @($read | Where-Object IsCorrect).Count
                $row.Count | Should -Be $written.Count
                $row.Precision | Should -Be ($read.Count ? $right / $read.Count : 0)
                $row.Recall | Should -Be ($written.Count ? $right / $written.Count : 0)
                $row.F1 | Should -Be (2 * $right / ($written.Count + $read.Count))
            }
        }

        It 'has a matrix, rows as written and columns as read' {
            foreach ($expected in 0..9) {
                foreach ($read in 0..9) {
                    $summary.ConfusionMatrix[$expected, $read] | Should -Be @($predictions | Where-Object { $_.Expected -eq $expected -and $_.Label -eq $read }).Count
                }
                $summary.ConfusionMatrix.Rows[$expected].Total | Should -Be $summary.Digits[$expected].Count
            }
            $summary.ConfusionMatrix.Total | Should -Be 100
        }

        It 'has means over digits, each alike or by its images' {
            foreach ($name in 'Precision', 'Recall', 'F1') {
                [math]::Abs($summary."Macro$name" - ($summary.Digits | Measure-Object $name -Average).Average) | Should -BeLessThan 1e-12
                $weighted = 0.0
                foreach ($row in $summary.Digits) { $weighted += $row.Count * $row.$name / 100 }
                [math]::Abs($summary."Weighted$name" - $weighted) | Should -BeLessThan 1e-12
            }
        }

        It 'has the pairs that are taken for each other, most first' {
            $expected = $predictions | Where-Object IsCorrect -EQ $false | Group-Object Expected, Label | Sort-Object Count -Descending
            @($summary.MostConfused).ForEach('Count') | Should -Be @($expected).ForEach('Count')
        }

        It 'has the mistakes, most confident first' {
            $mistakes = @($summary.Mistakes)
            $mistakes.Count | Should -Be (100 - $summary.CorrectCount)
            $mistakes | Should -BeOfType ([MnistPS.Prediction])
            $mistakes.Confidence | Should -Be ($mistakes.Confidence | Sort-Object -Descending)
        }

        It 'can be of an array by name' {
            (Measure-MnistPrediction -InputObject $predictions).Accuracy | Should -Be $summary.Accuracy
            (Measure-MnistPrediction $predictions).Count | Should -Be 100
        }

        It 'is a line as text' {
            "$summary" | Should -BeLike "$($summary.CorrectCount) of 100 read right, accuracy 0.*"
        }
    }

    Context 'files' {
        It 'has plain columns where its rows go into a CSV' {
            $path = Join-Path $TestDrive 'digits.csv'
            Use-Culture de-DE { $summary.Digits | Export-Csv $path }
            $rows = @(Import-Csv $path)
            $rows.Count | Should -Be 10
            $rows[0].PSObject.Properties.Name | Should -Be 'Digit', 'Count', 'Precision', 'Recall', 'F1'
            Get-Content $path | Select-Object -Skip 1 | Should -Match '^"\d","\d+","[\d,]+","[\d,]+","[\d,]+"$'
            $matrix = $summary.ConfusionMatrix.Rows | ConvertTo-Csv | ConvertFrom-Csv
            $matrix[3].Read3 | Should -Be $summary.ConfusionMatrix[3, 3]
            $matrix[0].PSObject.Properties.Name | Should -Be (@('Expected') + (0..9).ForEach{ "Read$_" } + 'Total')
        }

        It 'has no NaN where a digit is neither written nor read' {
            $few = $predictions | Where-Object { $_.Expected -eq 3 -and $_.Label -eq 3 } | Measure-MnistPrediction
            $few.Accuracy | Should -Be 1
            $few.MacroF1 | Should -Be 1
            $few.Digits | ConvertTo-Csv | Should -Not -Match 'NaN|∞'
            $few.Digits[4].Precision | Should -Be 0
        }

        It 'gives a prediction no column and no part of JSON for its image' {
            $names = 'Index', 'Label', 'Expected', 'IsCorrect', 'Confidence', 'IsRejected', 'Scores'
            $path = Join-Path $TestDrive 'predictions.csv'
            $predictions | Export-Csv $path
            (Import-Csv $path)[0].PSObject.Properties.Name | Should -Be $names
            $json = $predictions[0] | ConvertTo-Json -Depth 5
            ($json | ConvertFrom-Json).PSObject.Properties.Name | Should -Be $names
            $json.Length | Should -BeLessThan 800
            $predictions[0].GetImage().Index | Should -Be 0
        }

        It 'comes back from a file or a job as a copy that looks the same' {
            $path = Join-Path $TestDrive 'summary.xml'
            $summary | Export-Clixml $path
            $copy = Import-Clixml $path
            $copy.PSObject.TypeNames[0] | Should -Be 'Deserialized.MnistPS.PredictionSummary'
            $copy | Show-Object -Width 120 | Should -Be ($summary | Show-Object -Width 120)
            $copy.ConfusionMatrix | Show-Object -Width 120 | Should -Be ($summary.ConfusionMatrix | Show-Object -Width 120)
            $copy.Digits | Show-Object -Width 120 | Should -Be ($summary.Digits | Show-Object -Width 120)
        }
    }

    Context 'what is shown' {
        It 'is the report that people know' {
            $lines = $summary | Show-Object -Width 120
            $lines[0] | Should -Match '^100 predictions, \d\d read right: accuracy 0\.\d+, mean loss \d\.\d+$'
            $lines[1] | Should -BeExactly 'Digit     Count Precision Recall    F1'
            $lines[2] | Should -BeExactly '-----     ----- --------- ------ -----'
            $lines.Count | Should -Be 16
            foreach ($digit in 0..9) { $lines[3 + $digit] | Should -Match "^$digit +\d+ +[01]\.\d{3}  [01]\.\d{3} [01]\.\d{3}$" }
            $lines[13] | Should -Match '^macro +[01]\.\d{3}  [01]\.\d{3} [01]\.\d{3}$'
            $lines[14] | Should -Match '^weighted    100 +[01]\.\d{3}  [01]\.\d{3} [01]\.\d{3}$'
            $lines[15] | Should -Match '^Most confused: (\d as \d \(\d+\)(, )?){1,5}$'
        }

        It 'is a matrix with its diagonal and totals' {
            $lines = $summary.ConfusionMatrix | Show-Object -Width 120
            $lines.Count | Should -Be 12
            $lines[0] | Should -BeExactly 'read:    0     1     2     3     4     5     6     7     8     9   total'
            foreach ($digit in 0..9) {
                $lines[1 + $digit] | Should -Match "^    $digit"
                $lines[1 + $digit] | Should -BeLike "*``[$($summary.ConfusionMatrix[$digit, $digit])``]*"
                $lines[1 + $digit] | Should -Match " $($summary.Digits[$digit].Count)$"
            }
            $lines[11] | Should -Match '^total .* 100$'
        }

        It 'is the same in Constrained Language Mode' {
            $session = [powershell]::Create()
            try {
                $null = $session.AddScript("Import-Module '$MnistPSModule'").Invoke()
                $session.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
                $session.Commands.Clear()
                $lines = $session.AddCommand('Out-String').AddParameter('Width', 120).Invoke(@($summary))[0]
                $lines | Should -Match 'Most confused'
                $session.Commands.Clear()
                $lines = $session.AddCommand('Out-String').AddParameter('Width', 120).Invoke(@($summary.ConfusionMatrix))[0]
                $lines | Should -Match 'total .* 100'
                $session.Streams.Error | Should -BeNullOrEmpty
            }
            finally { $session.Dispose() }
        }
    }

    Context 'predictions without a label' {
        It 'are counted apart' {
            $bare = , $data.Test[0].Pixels | Invoke-MnistPrediction $network
            $mixed = @($bare) + $predictions + $bare | Measure-MnistPrediction
            $mixed.UnlabelledCount | Should -Be 2
            $mixed.Count | Should -Be 100
            $mixed.Accuracy | Should -Be $summary.Accuracy
            ($mixed | Show-Object -Width 120)[1] | Should -BeExactly '2 more are of images without a label'
        }

        It 'alone are refused' {
            { , $data.Test[0].Pixels | Invoke-MnistPrediction $network | Measure-MnistPrediction } |
                Should -Throw 'None of the 1 predictions is of an image whose digit is known*' -ErrorId "NothingToMeasure,$cmdlet"
        }
    }

    Context 'bad input' {
        It 'says so when nothing comes' {
            { @() | Measure-MnistPrediction } | Should -Throw 'No prediction came;*Invoke-MnistPrediction*' -ErrorId "NothingToMeasure,$cmdlet"
            { Measure-MnistPrediction -InputObject @() } | Should -Throw -ErrorId "NothingToMeasure,$cmdlet"
        }

        It 'says once that images were not read' {
            { $data.Test | Measure-MnistPrediction } | Should -Throw '*Let a network read them first*' -ErrorId "NotAPrediction,$cmdlet"
            { $data | Measure-MnistPrediction } | Should -Throw -ErrorId "NotAPrediction,$cmdlet"
        }

        It 'passes over foreign objects and measures the others' {
            $some = 5, $predictions[0], $null, $metrics, $predictions[1] | Measure-MnistPrediction -ErrorAction SilentlyContinue -ErrorVariable problems
            $some.Count | Should -Be 2
            $problems.Count | Should -Be 3
            $problems[0].FullyQualifiedErrorId | Should -Be "ForeignObject,$cmdlet"
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidType'
            $problems[2].Exception.Message | Should -BeLike 'A MnistPS.EpochMetrics came down the pipeline; a prediction*'
        }
    }
}
