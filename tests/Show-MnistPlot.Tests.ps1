BeforeAll {
    . $PSScriptRoot/common.ps1

    # Output in a real terminal would be in colour.
    $colorWish = $env:NO_COLOR
    $env:NO_COLOR = '1'

    $data = New-BarDataset
    $network = New-MnistNetwork -HiddenSize 12 -Seed 3
    $metrics = @($data | Invoke-MnistTraining $network -Epochs 6)

    # The titles of the panels, in any arrangement.
    function Get-PanelTitle { process { foreach ($match in [regex]::Matches($_, '(Training|Validation|Test) set (error|accuracy)')) { $match.Value } } }
}

AfterAll {
    $env:NO_COLOR = $colorWish
}

Describe 'Show-MnistPlot' {
    It 'draws the history of a network: a heading, then four panels' {
        $lines = @($network | Show-MnistPlot)
        $lines | Should -BeOfType ([string])
        $lines[0] | Should -BeExactly 'Error and accuracy'
        $lines[1] | Should -Match '^6 epochs, best test accuracy 0\.\d{4} \(epoch \d\)$'
        $lines | Get-PanelTitle | Sort-Object | Should -Be 'Test set accuracy', 'Test set error', 'Training set accuracy', 'Training set error'
        -join $lines | Should -Match ([regex]::Escape($metrics[-1].TestAccuracy.ToString('0.000', [cultureinfo]::InvariantCulture)))
    }

    It 'is the same of metrics, of their copies, and of a file' {
        $expected = @($network | Show-MnistPlot)
        $metrics | Show-MnistPlot | Should -BeExactly $expected
        Show-MnistPlot -InputObject $metrics | Should -BeExactly $expected
        $metrics | Select-Object * | Show-MnistPlot | Should -BeExactly $expected
        $metrics | Export-Csv (Join-Path $TestDrive 'run.csv')
        Get-Item (Join-Path $TestDrive 'run.csv') | Show-MnistPlot | Should -BeExactly $expected
    }

    It 'fits the window, without trailing spaces' {
        $width = try { $Host.UI.RawUI.WindowSize.Width } catch { 80 }
        foreach ($line in $network | Show-MnistPlot) {
            $line.Length | Should -BeLessThan ([math]::Max($width, 50))
            $line | Should -Not -Match ' $'
        }
    }

    It 'is plain ASCII where colours are not wanted' {
        -join ($network | Show-MnistPlot) | Should -Match '^[ -~]+$'
    }

    It 'is plain for a command behind it' {
        $env:NO_COLOR = ''
        try { -join ($network | Show-MnistPlot | ForEach-Object { $_ }) | Should -Match '^[ -~]+$' } finally { $env:NO_COLOR = '1' }
    }

    It 'draws curves that fall and rise, as their numbers do' {
        $rows = foreach ($epoch in 0..10) { [pscustomobject]@{ Epoch = $epoch; TestError = 1 - $epoch / 10 } }
        $panel = @($rows | Show-MnistPlot) -match '\|'
        $panel.Count | Should -Be 9
        $first = $panel.ForEach{ $_.Substring($_.IndexOf('|') + 1).IndexOf('o') }.Where{ $_ -ge 0 }
        $first[0] | Should -Be 0
        $first | Should -Be ($first | Sort-Object)
    }

    It 'tells runs apart by a group' {
        $rows = foreach ($rate in 0.1, 0.5) { foreach ($epoch in 0, 1) { [pscustomobject]@{ Epoch = $epoch; TestError = $rate; Rate = $rate } } }
        $lines = @($rows | Show-MnistPlot -Group Rate -Title 'A sweep')
        $lines[0] | Should -BeExactly 'A sweep'
        $lines | Should -Contain 'Rate:  * 0.1  o 0.5'
        @($lines -match '\|\*{20}').Count | Should -Be 1
        @($lines -match '\|o{20}').Count | Should -Be 1
    }

    It 'draws a sweep of learning rates, and the rate that it suggests' {
        $lines = @($data | Find-MnistLearningRate (New-MnistNetwork -Seed 1) -Steps 30 | Show-MnistPlot)
        $lines[0] | Should -BeExactly 'Learning rate sweep'
        -join $lines | Should -Match 'Smoothed loss \(: suggested [\d.E+-]+\)'
        @($lines -match '\|.*:').Count | Should -BeGreaterThan 4
    }

    It 'draws a single epoch' {
        $lines = @($metrics[2] | Show-MnistPlot)
        $lines[1] | Should -Match '^1 epoch,'
        @($lines -match 'Epoch 2').Count | Should -BeGreaterOrEqual 1
        @($lines -match '\|.*[*o]').Count | Should -BeGreaterOrEqual 2
    }

    Context 'bad input' {
        It 'says that nothing came' {
            { @() | Show-MnistPlot } | Should -Throw 'Nothing came down the pipeline*$network | Show-MnistPlot' -ErrorId 'NothingCame,MnistPS.Commands.ShowMnistPlotCommand'
        }

        It 'passes over what is foreign' {
            $lines = @($null, 5, $metrics[0], $metrics[1] | Show-MnistPlot -ErrorAction SilentlyContinue -ErrorVariable problems)
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ShowMnistPlotCommand'
            $lines[1] | Should -Match '^2 epochs'
        }

        It 'refuses a network without a history' {
            New-MnistNetwork | Show-MnistPlot -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -Be 'NetworkWithoutHistory,MnistPS.Commands.ShowMnistPlotCommand'
        }

        It 'leaves out what is not finite, and says so' {
            $rows = $metrics | Select-Object *
            $rows[1].TestError = [double]::NaN
            $null = $rows | Show-MnistPlot -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings[0].Message | Should -Match '^1 numbers are not finite'
            { [pscustomobject]@{ Epoch = 0; TestError = 'NaN' } | Show-MnistPlot } | Should -Throw -ErrorId 'NothingToPlot,MnistPS.Commands.ShowMnistPlotCommand'
        }

        It 'says that what has no curves is drawn into files' {
            { $data.Test | Invoke-MnistPrediction $network | Show-MnistPlot } | Should -Throw '*Export-MnistPlot*' -ErrorId 'NoCurves,MnistPS.Commands.ShowMnistPlotCommand'
        }

        It 'refuses a group that is not there' {
            $metrics[0] | Show-MnistPlot -Group Rate -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Be 'GroupNotFound,MnistPS.Commands.ShowMnistPlotCommand'
        }
    }
}
