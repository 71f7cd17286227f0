BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $hasMnist = $null -ne $MnistPath
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $cmdlet = 'MnistPS.Commands.NewMnistDatasetCommand'
    $data = New-BarDataset 100 50

    # Where each image of a set is from, and what it is.
    function Get-Identity { process { foreach ($image in $_) { "$($image.Origin) $($image.Label) $([Convert]::ToHexString($image.Pixels))" } } }
}

Describe 'New-MnistDataset' {
    Context 'of images' {
        It 'keeps their order, their labels and where they are from' {
            $set = $data.Training[5..9] + $data.Training[2] | New-MnistDataset Few
            "$set" | Should -Be 'Few (6, 784) (0, 784)'
            $set | Should -BeOfType ([MnistPS.MnistDataset])
            $set.Training | Get-Identity | Should -Be ($data.Training[5..9] + $data.Training[2] | Get-Identity)
            $set.Training.Index | Should -Be (0..5)
            $set.Training.Origin | Should -Be (@(5..9) + 2 | ForEach-Object { "Bars training $_" })
        }

        It 'knows where images of images are from' {
            $once = $data.Test | Where-Object { $_.Label -gt 4 } | New-MnistDataset Large
            $twice = $once.Training | Where-Object { $_.Label -eq 7 } | New-MnistDataset Sevens
            $twice.Training.Origin | Should -Be ($data.Test | Where-Object Label -EQ 7).Origin
            $twice.Training[0].Origin | Should -BeLike 'Bars test *'
            ($twice.Training | Invoke-MnistPrediction (New-MnistNetwork -Seed 1))[0].GetImage().Origin | Should -Be $twice.Training[0].Origin
            (ConvertTo-OneHot $twice).Training[0].Origin | Should -Be $twice.Training[0].Origin
        }

        It 'takes <Name>' -ForEach @(
            @{ Name = 'a set'; Make = { , $data.Training } }
            @{ Name = 'an array of images by name'; Make = { , @($data.Training) } }
            @{ Name = 'predictions'; Make = { $data.Training | Invoke-MnistPrediction (New-MnistNetwork -Seed 1) } }
            @{ Name = 'a filtered pipeline of all'; Make = { $data.Training | Where-Object { $true } } }
        ) {
            & $Make | New-MnistDataset | ForEach-Object Training | Get-Identity | Should -Be ($data.Training | Get-Identity)
            New-MnistDataset -InputObject @(& $Make) | ForEach-Object Training | Get-Identity | Should -Be ($data.Training | Get-Identity)
        }

        It 'takes <Name> with labels' -ForEach @(
            @{ Name = 'bytes'; Make = { param($image) [pscustomobject]@{ Pixels = $image.Pixels; Label = $image.Label } } }
            @{ Name = 'bytes in a hashtable'; Make = { param($image) @{ Pixels = $image.Pixels; Label = "$($image.Label)" } } }
            @{ Name = 'numbers from 0 to 1'; Make = { param($image) @{ Pixels = [double[]]@($image.Pixels.ForEach{ $_ / 255 }); Label = [byte]$image.Label } } }
            @{ Name = 'rows out of JSON'; Make = {
                    param($image)
                    $rows = for ($row = 0; $row -lt 28; $row++) { , [double[]]@($image.Pixels[(28 * $row)..(28 * $row + 27)].ForEach{ $_ / 255 }) }
                    @{ Pixels = $rows; Label = $image.Label } | ConvertTo-Json -Depth 3 | ConvertFrom-Json
                }
            }
            @{ Name = 'a copy out of a job'; Make = { param($image) [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($image)) } }
            @{ Name = 'an image under another label'; Make = { param($image) $image | Select-Object Pixels, @{ Name = 'Label'; Expression = { $image.Label } } } }
        ) {
            $set = foreach ($image in $data.Training[0..2]) { & $Make $image }
            $made = $set | New-MnistDataset
            $made.Training.Label | Should -Be $data.Training[0..2].Label
            foreach ($i in 0..2) { $made.Training[$i].Pixels | Should -Be $data.Training[$i].Pixels }
            $made.Training[0].Origin | Should -Be $null
        }

        It 'can be trained on, tested and drawn as any other' {
            $set = $data | New-MnistDataset Own -TrainingFraction 0.8
            $network = New-MnistNetwork -Seed 1
            @($set | Invoke-MnistTraining $network -Epochs 2).Count | Should -Be 2
            @($set.Test | Invoke-MnistPrediction $network).Count | Should -Be 30
            $picture = Join-Path $TestDrive 'own.png'
            $set.Test[0..3] | Export-MnistPlot $picture
            $picture | Should -Exist
            @($set | Show-MnistImage -ErrorAction SilentlyContinue).Count | Should -BeGreaterOrEqual 0
        }

        It 'is made of the 60 000 of MNIST as fast as a pipeline passes them on' -Skip:(-not $hasMnist) {
            $mnist = Get-MnistDataset -Path $MnistPath
            $bare, $made = [timespan]::MaxValue, [timespan]::MaxValue
            foreach ($round in 1..3) {
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $null = $mnist.Training | Write-Output | Measure-Object
                $bare = [timespan]::FromTicks([math]::Min($bare.Ticks, $clock.Elapsed.Ticks))
                $clock.Restart()
                $set = $mnist.Training | New-MnistDataset
                $made = [timespan]::FromTicks([math]::Min($made.Ticks, $clock.Elapsed.Ticks))
            }
            $set.Training.Count | Should -Be 60000
            $set.Training[59999].Origin | Should -Be 'MNIST training 59999'
            $made.TotalSeconds / $bare.TotalSeconds | Should -BeLessThan 5
        }
    }

    Context 'of data sets' {
        It 'leaves each image what it is for, one set behind the other' {
            $other = New-BarDataset 20 10
            (New-MnistDataset -InputObject $data, $other).Training.Origin | Should -Be ($data, $other | New-MnistDataset).Training.Origin
            (New-MnistDataset -InputObject $data.Test, $other.Test).Training.Origin | Should -Be ($data.Test, $other.Test | New-MnistDataset).Training.Origin
            $set = $data, $other | New-MnistDataset Both
            "$set" | Should -Be 'Both (120, 784) (60, 784)'
            $set.Training | Get-Identity | Should -Be (@($data.Training) + @($other.Training) | Get-Identity)
            $set.Test | Get-Identity | Should -Be (@($data.Test) + @($other.Test) | Get-Identity)
        }

        It 'takes those of -Label, to train on and to test with' {
            $set = $data | New-MnistDataset -Label 3, 8
            $set.Training | Get-Identity | Should -Be ($data.Training | Where-Object Label -In 3, 8 | Get-Identity)
            $set.Test | Get-Identity | Should -Be ($data.Test | Where-Object Label -In 3, 8 | Get-Identity)
            ($data | New-MnistDataset -Label '3,8').Training.Count | Should -Be $set.Training.Count
        }

        It 'takes the first -Count to train on' {
            $set = $data | New-MnistDataset -Label 3, 8 -Count 4
            $set.Training | Get-Identity | Should -Be ($data.Training | Where-Object Label -In 3, 8 | Select-Object -First 4 | Get-Identity)
            $set.Test.Count | Should -Be @($data.Test | Where-Object Label -In 3, 8).Count
        }

        It 'parts all of it by -TrainingFraction' {
            $set = $data | New-MnistDataset -TrainingFraction 0.9
            "$set" | Should -Be 'Custom (135, 784) (15, 784)'
            @($set.Training) + @($set.Test) | Get-Identity | Should -Be (@($data.Training) + @($data.Test) | Get-Identity)
            "$($data | New-MnistDataset -TrainingFraction 1)" | Should -Be 'Custom (150, 784) (0, 784)'
            "$($data | New-MnistDataset -TrainingFraction 0)" | Should -Be 'Custom (0, 784) (150, 784)'
            "$($data | New-MnistDataset -TrainingFraction 0.5 -Count 20)" | Should -Be 'Custom (10, 784) (10, 784)'
        }

        It 'shuffles by NumPy''s generator, the same for the same seed' {
            $set = $data | New-MnistDataset -Shuffle -Seed 7
            $order = [MnistPS.NumPyGenerator]::new(7).Permutation(100)
            $set.Training.Origin | Should -Be ($order | ForEach-Object { "Bars training $_" })
            $set.Test.Origin | Should -Be $data.Test.Origin
            ($data | New-MnistDataset -Shuffle -Seed 8).Training.Origin | Should -Not -Be $set.Training.Origin
            $parted = $data | New-MnistDataset -Shuffle -Seed 7 -TrainingFraction 0.5
            @($parted.Training.Origin) + @($parted.Test.Origin) | Sort-Object | Should -Be (@($data.Training.Origin) + @($data.Test.Origin) | Sort-Object)
            $few = $data | New-MnistDataset -Shuffle -Seed 7 -Count 5
            $few.Training.Origin | Should -Be $set.Training.Origin[0..4]
        }

        It 'varies the training images by -Augment, once, the same for the same seed' {
            $set = $data | New-MnistDataset -Augment Shift, Elastic -Seed 7
            "$set" | Should -Be 'Custom (100, 784) (50, 784)'
            $set.Training.Labels | Should -Be $data.Training.Labels
            $set.Training.Origin | Should -Be $data.Training.Origin
            $set.Test | Get-Identity | Should -Be ($data.Test | Get-Identity)
            $same = $data | New-MnistDataset -Augment 'shift, elastic' -Seed 7
            $other = $data | New-MnistDataset -Augment Shift, Elastic -Seed 8
            foreach ($i in 0, 50, 99) {
                $same.Training[$i].Pixels | Should -Be $set.Training[$i].Pixels
                $other.Training[$i].Pixels | Should -Not -Be $set.Training[$i].Pixels
                $data.Training[$i].Pixels | Should -Not -Be $set.Training[$i].Pixels
            }
            ($data | New-MnistDataset -Augment Shift).Training[0].Pixels | Should -Not -Be ($data | New-MnistDataset -Augment Shift).Training[0].Pixels
        }

        It 'shifts by two pixels at most, and shuffles as without it' {
            $set = $data.Training | New-MnistDataset -Augment Shift -Shuffle -Seed 5
            $plain = $data.Training | New-MnistDataset -Shuffle -Seed 5
            $set.Training.Origin | Should -Be $plain.Training.Origin
            $places = foreach ($i in 0..19) {
                $before, $after = $plain.Training[$i], $set.Training[$i]
                $fits = foreach ($down in -2..2) {
                    foreach ($right in -2..2) {
                        $isSame = $true
                        for ($row = 2; $isSame -and $row -lt 26; $row++) { for ($column = 2; $isSame -and $column -lt 26; $column++) { $isSame = $after[$row, $column] -eq $before[($row - $down), ($column - $right)] } }
                        if ($isSame) { "$right $down" }
                    }
                }
                $fits | Should -HaveCount 1
                $fits
            }
            ($places | Sort-Object -Unique).Count | Should -BeGreaterThan 5
        }

        It 'adds varied images to those of a set' {
            $more = $data, ($data.Training | New-MnistDataset -Augment Rotate -Seed 1).Training | New-MnistDataset More
            "$more" | Should -Be 'More (200, 784) (50, 784)'
            $more.Training[0..99] | Get-Identity | Should -Be ($data.Training | Get-Identity)
            $parted = $data | New-MnistDataset -Augment Scale -Seed 1 -TrainingFraction 0.5
            $parted.Test | Get-Identity | Should -Be (@($data.Training)[75..99] + @($data.Test) | Get-Identity)
        }

        It 'takes other images to test with' {
            $set = $data.Training[0..9] | New-MnistDataset Own -Test $data.Test
            "$set" | Should -Be 'Own (10, 784) (50, 784)'
            $set.Test | Get-Identity | Should -Be ($data.Test | Get-Identity)
            "$($data.Training[0..9] | New-MnistDataset Own -Test $data.Test[0..2])" | Should -Be 'Own (10, 784) (3, 784)'
        }
    }

    Context 'bad input' {
        It 'passes over <Name> and takes the others' -ForEach @(
            @{ Name = 'an image without a label'; Make = { , $data.Training[0].Pixels }; Id = 'ImageWithoutLabel' }
            @{ Name = 'pixels with no label'; Make = { @{ Pixels = $data.Training[0].Pixels } }; Id = 'ImageWithoutLabel' }
            @{ Name = 'a label of 10'; Make = { @{ Pixels = $data.Training[0].Pixels; Label = 10 } }; Id = 'NotADigit' }
            @{ Name = 'a label of half a digit'; Make = { @{ Pixels = $data.Training[0].Pixels; Label = 3.5 } }; Id = 'NotADigit' }
            @{ Name = 'a label in words'; Make = { [pscustomobject]@{ Pixels = $data.Training[0].Pixels; Label = 'three' } }; Id = 'NotADigit' }
            @{ Name = '783 pixels'; Make = { @{ Pixels = [byte[]]::new(783); Label = 3 } }; Id = 'WrongImageLength' }
            @{ Name = 'a pixel over 1'; Make = { $bad = [double[]]::new(784); $bad[3] = 2; @{ Pixels = $bad; Label = 3 } }; Id = 'PixelOutOfRange' }
            @{ Name = 'an object without pixels'; Make = { [pscustomobject]@{ Label = 3 } }; Id = 'ForeignObject' }
            @{ Name = 'a number'; Make = { 5 }; Id = 'ForeignObject' }
            @{ Name = 'a word'; Make = { 'three' }; Id = 'ForeignObject' }
            @{ Name = 'null'; Make = { $null }; Id = 'ForeignObject' }
            @{ Name = 'a copy of a data set'; Make = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($data, 1)) }; Id = 'ForeignObject' }
        ) {
            $set = $data.Training[0], (& $Make), $data.Training[1] | New-MnistDataset -ErrorAction SilentlyContinue -ErrorVariable problems
            $set.Training.Count | Should -Be 2
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be "$Id,$cmdlet"
        }

        It 'says how an image gets a label' {
            $null = $data.Training[0], $data.Training[0].Pixels | New-MnistDataset -ErrorAction SilentlyContinue -ErrorVariable problems
            "$($problems[0])" | Should -Be "'image 1' has no label; one from 0 to 9 was expected. Give it one: [pscustomobject]@{ Pixels = `$image.Pixels; Label = 3 }"
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a label that there is not'; Arguments = @{ Label = 3, 10 }; Id = 'LabelOutOfRange' }
            @{ Name = 'more than there are'; Arguments = @{ Count = 101 }; Id = 'CountOutOfRange' }
            @{ Name = 'a share over 1'; Arguments = @{ TrainingFraction = 1.1 }; Id = 'TrainingFractionOutOfRange' }
            @{ Name = 'a share below 0'; Arguments = @{ TrainingFraction = -0.1 }; Id = 'TrainingFractionOutOfRange' }
            @{ Name = 'a share that is no number'; Arguments = @{ TrainingFraction = [double]::NaN }; Id = 'TrainingFractionOutOfRange' }
            @{ Name = 'a share of less than an image'; Arguments = @{ TrainingFraction = 0.001 }; Id = 'TrainingFractionOutOfRange' }
            @{ Name = 'a seed of nothing'; Arguments = @{ Seed = 1 }; Id = 'SeedWithoutShuffle' }
            @{ Name = 'a kind of variation that there is not'; Arguments = @{ Augment = 'Mirror' }; Id = 'CannotConvertArgumentNoMessage' }
            @{ Name = 'to be told twice what to test with'; Arguments = @{ TrainingFraction = 0.5; Test = 'x' }; Id = 'ContradictingParameters' }
            @{ Name = 'a word to test with'; Arguments = @{ Test = 'x' }; Id = 'ForeignObject'; Message = '-Test is a System.String; a set of images, such as $data.Test*' }
            @{ Name = 'a number to test with'; Arguments = @{ Test = 3.5 }; Id = 'ForeignObject'; Message = '-Test is a System.Double; a set of images*' }
        ) {
            { $data | New-MnistDataset @Arguments } | Should -Throw ($Message ?? '*') -ErrorId "$Id,$cmdlet"
        }

        It 'refuses to make one of nothing' {
            { @() | New-MnistDataset } | Should -Throw '*No image came in*' -ErrorId "NoImages,$cmdlet"
            { New-MnistDataset -InputObject @() } | Should -Throw -ErrorId "NoImages,$cmdlet"
            { $data.Training | Where-Object Label -EQ 3 | New-MnistDataset -Label 4 } | Should -Throw '*has a label of 4*' -ErrorId "NoImages,$cmdlet"
        }
    }
}
