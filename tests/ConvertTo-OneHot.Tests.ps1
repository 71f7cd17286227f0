BeforeAll {
    . $PSScriptRoot/common.ps1
    $set = [MnistPS.ImageSet]::new([byte[]]::new(3 * 784), [byte[]](5, 0, 4))
    $five = 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
}

Describe 'ConvertTo-OneHot' {
    Context 'labels' {
        It 'encodes <_> given by value' -ForEach 5, '5', ([byte]5) {
            $row = ConvertTo-OneHot $_
            $row | Should -Be $five
            $row = $_ | ConvertTo-OneHot
            $row | Should -Be $five
        }

        It 'emits one double[] a label' {
            $rows = @(ConvertTo-OneHot -Label 5, 0, 4)
            $rows.Count | Should -Be 3
            foreach ($row in $rows) {
                $row -is [double[]] | Should -BeTrue
                $row.Count | Should -Be 10
            }
            $rows[0] | Should -Be $five
            $rows[1][0] | Should -Be 1
            $rows[2][4] | Should -Be 1
        }

        It 'makes rows as long as there are classes' {
            $row = ConvertTo-OneHot 2 -ClassCount 4
            $row | Should -Be 0, 0, 1, 0
            $row = ConvertTo-OneHot 12 -ClassCount 13
            $row | Should -Be 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
        }

        It 'takes the label of an image' {
            $rows = @($set | ConvertTo-OneHot)
            $rows.Count | Should -Be 3
            $rows[0] | Should -Be $five
        }

        It 'takes the property Label of any object' {
            $row = [pscustomobject]@{ Label = 5 } | ConvertTo-OneHot
            $row | Should -Be $five
        }
    }

    Context 'a data set' {
        BeforeAll {
            $dataset = [MnistPS.MnistDataset]::new('Digits', $set, $set)
        }

        It 'comes back with its targets' {
            $encoded = $dataset | ConvertTo-OneHot
            $encoded | Should -BeOfType ([MnistPS.MnistDataset])
            $encoded.Name | Should -Be 'Digits'
            $encoded.Training.Targets.Shape.ToString() | Should -Be '(3, 10)'
            $encoded.Training.Targets[0] | Should -Be $five
            $encoded.Test.Targets.Shape.ToString() | Should -Be '(3, 10)'
            $encoded.Training[2].Label | Should -Be 4
        }

        It 'is left as it was' {
            $null = $dataset | ConvertTo-OneHot
            $dataset.Training.Targets | Should -BeNullOrEmpty
        }

        It 'can be given by name and by position' {
            (ConvertTo-OneHot -Dataset $dataset).Test.Targets[0] | Should -Be $five
            (ConvertTo-OneHot $dataset -ClassCount 6).Test.Targets.ClassCount | Should -Be 6
        }

        It 'with a label outside the classes is an error' {
            $dataset | ConvertTo-OneHot -ClassCount 5 -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'LabelOutOfRange,MnistPS.Commands.ConvertToOneHotCommand'
        }
    }

    Context 'bad input' {
        It 'reports the label <_>, outside the classes, and goes on' -ForEach 10, -1 {
            $rows = @(1, $_, 5 | ConvertTo-OneHot -ErrorAction SilentlyContinue -ErrorVariable problems)
            $rows.Count | Should -Be 2
            $rows[1] | Should -Be $five
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'LabelOutOfRange,MnistPS.Commands.ConvertToOneHotCommand'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problems[0].TargetObject | Should -Be $_
            $problems[0].Exception.Message | Should -Be "Label $_ is outside the classes 0 to 9. Give a label in that range, or a larger -ClassCount."
        }

        It 'reports a bad label among those of one argument and goes on' {
            $rows = @(ConvertTo-OneHot 1, 10, 5 -ErrorAction SilentlyContinue -ErrorVariable problems)
            $rows.Count | Should -Be 2
            $problems.Count | Should -Be 1
        }

        It 'passes over null and foreign objects in the pipeline' {
            $rows = @($null, 'five', [datetime]::Now, 5 | ConvertTo-OneHot -ErrorAction SilentlyContinue -ErrorVariable problems)
            $rows.Count | Should -Be 1
            $rows[0] | Should -Be $five
            $problems.Count | Should -Be 3
        }

        It 'passes over <_>, which is no label, and does not round it' -ForEach 2.5, '2.5', $true, '', [char]'x' {
            $rows = @($_, 5 | ConvertTo-OneHot -ErrorAction SilentlyContinue -ErrorVariable problems)
            $rows.Count | Should -Be 1
            $rows[0] | Should -Be $five
            $problems.Count | Should -Be 1
            $wrong = $_
            { ConvertTo-OneHot 5, $wrong } | Should -Throw '*is no*number; one was expected*' -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'takes 0,5 for two labels, for no label is a fraction' {
            '0,5' | ConvertTo-OneHot | ForEach-Object { [array]::IndexOf($_, 1.0) } | Should -Be 0, 5
            ConvertTo-OneHot '0,5' | ForEach-Object { [array]::IndexOf($_, 1.0) } | Should -Be 0, 5
        }

        It 'takes the letter 5 for the digit, and not for its code 53' {
            [array]::IndexOf(([char]'5' | ConvertTo-OneHot), 1.0) | Should -Be 5
        }

        It 'takes whole numbers of any type' {
            5.0, 5L, 5d, '5.0' | ConvertTo-OneHot | ForEach-Object { [array]::IndexOf($_, 1.0) } | Should -Be 5, 5, 5, 5
        }

        It 'says of each label that a row of all classes would not fit into memory' {
            ConvertTo-OneHot 1, 2 -ClassCount ([int]::MaxValue) -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems.Count | Should -Be 2
            $problems[1].FullyQualifiedErrorId | Should -Be 'ClassCountOutOfRange,MnistPS.Commands.ConvertToOneHotCommand'
            "$($problems[1])" | Should -BeLike '*2147483647*memory*smaller*'
        }

        It 'refuses <_> classes' -ForEach 0, -1 {
            $count = $_
            { ConvertTo-OneHot 1 -ClassCount $count } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.ConvertToOneHotCommand'
        }
    }
}
