BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $hasMnist = $null -ne $MnistPath
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $cmdlet = 'MnistPS.Commands.FindMnistLabelIssueCommand'

    # A data set in which some training images have a wrong label, and the indices of these.
    function Add-WrongLabel([MnistPS.MnistDataset]$Data, [int]$Count, [uint64]$Seed) {
        $random = [MnistPS.NumPyGenerator]::new($Seed)
        $labels = [byte[]]@($Data.Training.Labels)
        $changed = $random.Choice($labels.Length, $Count)
        foreach ($i in $changed) { $labels[$i] = ($labels[$i] + $random.Integers(1, 10)) % 10 }
        $pixels = [byte[]]::new(784 * $labels.Length)
        for ($i = 0; $i -lt $labels.Length; $i++) { $Data.Training[$i].Pixels.CopyTo($pixels, 784 * $i) }
        @{ Data = [MnistPS.MnistDataset]::new('Changed', [MnistPS.ImageSet]::new($pixels, $labels), $Data.Test); Changed = [int[]]$changed }
    }
}

Describe 'Find-MnistLabelIssue' {
    Context 'on the embedded digits, of which twenty have another label' {
        BeforeAll {
            $clean = Get-MnistDataset -Synthetic -TrainingCount 1000 -TestCount 10
            $wrong = Add-WrongLabel $clean 20 1
            $issues = @($wrong.Data | Find-MnistLabelIssue -Epochs 5 -Seed 1)
        }

        It 'finds them, most likely first, with the labels that they should have' {
            $found = @($issues[0..24] | Where-Object Index -In $wrong.Changed)
            $found.Count | Should -BeGreaterOrEqual 14
            foreach ($issue in $found) {
                $issue.GivenLabel | Should -Be $wrong.Data.Training[$issue.Index].Label
                $issue.SuggestedLabel | Should -Be $clean.Training[$issue.Index].Label
            }
            $issues.Margin | Should -Be ($issues.Margin | Sort-Object)
            $issues.Margin | Should -BeLessThan 0
        }

        It 'finds the same again by the same seed' {
            $few = Get-MnistDataset -Synthetic -TrainingCount 200 -TestCount 1
            $first, $second = 1, 2 | ForEach-Object { , @($few | Find-MnistLabelIssue -Preset Mlp -FoldCount 2 -Epochs 2 -Seed 7) }
            $first.Count | Should -BeGreaterThan 0
            $second.Index | Should -Be $first.Index
            $second.Margin | Should -Be $first.Margin
        }

        It 'looks at images alone as at a data set, and knows where they are from' {
            $few = Get-MnistDataset -Synthetic -TrainingCount 200 -TestCount 1
            $whole = @($few | Find-MnistLabelIssue Mlp -FoldCount 2 -Epochs 2 -Seed 7)
            $alone = @($few.Training | Find-MnistLabelIssue Mlp -FoldCount 2 -Epochs 2 -Seed 7)
            $alone.Margin | Should -Be $whole.Margin
            $alone[0].GetImage().Origin | Should -Be "Synthetic training $($whole[0].Index)"
        }

        It 'gives objects that scripts can rely on' {
            $issues[0] | Should -BeOfType ([MnistPS.LabelIssue])
            ($issues | ConvertTo-Csv)[0] | Should -BeExactly '"Index","GivenLabel","SuggestedLabel","Margin"'
            $issues[0].GetImage() | Should -BeOfType ([MnistPS.MnistImage])
            $issues[0].GetImage().Index | Should -Be $issues[0].Index
            "$($issues[0])" | Should -BeLike 'image *: labelled *, read as *'
        }

        It 'shows a table' {
            $lines = ($issues[0] | Out-String -Stream) -replace "`e\[[\d;]*m" | Where-Object { $_.Trim() }
            $lines[0] | Should -Match '^ Index GivenLabel SuggestedLabel  Margin'
        }
    }

    It 'finds 90 of 100 labels of MNIST that were changed at random among its first 150' -Skip:(-not $hasMnist) {
        $wrong = Add-WrongLabel (Get-MnistDataset -Path $MnistPath -TestCount 1) 100 1
        $first = @($wrong.Data | Find-MnistLabelIssue ConvNet -FoldCount 3 -Epochs 1 -Seed 1)[0..149]
        @($first | Where-Object Index -In $wrong.Changed).Count | Should -BeGreaterOrEqual 90
    }

    It 'ends within half a second when it is stopped' {
        $session = Start-Pipeline { param($Data) $Data | Find-MnistLabelIssue ConvNet -Epochs 100 } (Get-MnistDataset -Synthetic -TrainingCount 1000 -TestCount 1)
        try {
            $session.InvocationStateInfo.State | Should -Be 'Running'
            $session.Streams.Progress[0].StatusDescription | Should -BeLike 'fold 1 of 3, epoch 1 of 100'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $session.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 0.5
        }
        finally { $session.Dispose() }
    }

    Context 'bad input' {
        BeforeAll { $few = Get-MnistDataset -Synthetic -TrainingCount 20 -TestCount 1 }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'one fold'; Arguments = @{ FoldCount = 1 }; Id = 'FoldCountOutOfRange' }
            @{ Name = 'more folds than there are pairs of images'; Arguments = @{ FoldCount = 11 }; Id = 'FoldCountOutOfRange' }
            @{ Name = 'no epoch'; Arguments = @{ Epochs = 0 }; Id = 'EpochsOutOfRange' }
        ) {
            { $few | Find-MnistLabelIssue Mlp @Arguments } | Should -Throw -ErrorId "$Id,$cmdlet"
        }

        It 'refuses a preset that there is not' {
            { $few | Find-MnistLabelIssue Vgg } | Should -Throw -ErrorId "CannotConvertArgumentNoMessage,$cmdlet"
        }

        It 'refuses images without labels, each for itself' {
            { $few.Training[0].Pixels, $few.Training[1].Pixels | Find-MnistLabelIssue Mlp -ErrorAction Stop } | Should -Throw '*has no label*' -ErrorId "ImageWithoutLabel,$cmdlet"
        }

        It 'passes over foreign objects' {
            $null = 5, $null | Find-MnistLabelIssue Mlp -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be "ForeignObject,$cmdlet"
        }
    }
}
