BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'common.ps1'))

    # The digits of a real terminal would be in colour.
    $colorWish = $env:NO_COLOR
    $env:NO_COLOR = '1'

    # A full image, one with a diagonal, two empty ones.
    $pixels = [byte[]]::new(4 * 784)
    for ($i = 0; $i -lt 784; $i++) { $pixels[$i] = 255 }
    for ($i = 0; $i -lt 28; $i++) { $pixels[784 + 29 * $i] = 200 }
    $set = [MnistPS.ImageSet]::new($pixels, [byte[]](8, 1, 0, 9))

    # The titles above the images, in order, whatever the width of the window.
    function Get-Title { process { foreach ($match in [regex]::Matches($_, '\d+: \d')) { $match.Value } } }
}

AfterAll {
    $env:NO_COLOR = $colorWish
}

Describe 'Show-MnistImage' {
    Context 'one image' {
        It 'has a line with index and label, and a line for two rows of pixels' {
            $lines = $set[0] | Show-MnistImage
            $lines.Count | Should -Be 15
            $lines[0] | Should -Be '0: 8'
            foreach ($line in $lines[1..14]) { $line | Should -BeExactly ('@' * 28) }
        }

        It 'is darker where there is more ink' {
            $lines = $set[1] | Show-MnistImage
            $lines[0] | Should -Be '1: 1'
            $lines[1] | Should -BeExactly '--'
            $lines[14] | Should -BeExactly ((' ' * 26) + '--')
        }

        It 'is made of strings' {
            $set[1] | Show-MnistImage | Should -BeOfType ([string])
        }
    }

    Context 'several images' {
        It 'come in order, from the pipeline, by name or by position' {
            $set | Show-MnistImage | Get-Title | Should -Be '0: 8', '1: 1', '2: 0', '3: 9'
            $set[3], $set[1] | Show-MnistImage | Get-Title | Should -Be '3: 9', '1: 1'
            Show-MnistImage -InputObject $set | Get-Title | Should -Be '0: 8', '1: 1', '2: 0', '3: 9'
            Show-MnistImage $set[3], $set[1] | Get-Title | Should -Be '3: 9', '1: 1'
        }

        It 'stand side by side' {
            $lines = [MnistPS.TerminalImage]::Draw([MnistPS.MnistImage[]]$set[1, 0], $false)
            $lines.Count | Should -Be 15
            $lines[0] | Should -BeExactly ('1: 1' + (' ' * 26) + '0: 8')
            $lines[1] | Should -BeExactly ('--' + (' ' * 28) + ('@' * 28))
        }

        It 'are <Images> in <Columns> columns' -ForEach @(
            @{ Columns = 0; Images = 1 }
            @{ Columns = 57; Images = 1 }
            @{ Columns = 58; Images = 2 }
            @{ Columns = 80; Images = 2 }
            @{ Columns = 118; Images = 4 }
        ) {
            [MnistPS.TerminalImage]::CountPerRow($Columns) | Should -Be $Images
        }
    }

    Context 'in colour' {
        It 'draws half blocks, the upper pixel over the lower one' {
            $lines = [MnistPS.TerminalImage]::Draw([MnistPS.MnistImage[]]@(, $set[1]), $true)
            $e = [char]27
            $lines.Count | Should -Be 15
            $lines[1] | Should -BeExactly ("$e[38;2;200;200;200m$e[48;2;0;0;0m▀$e[38;2;0;0;0m$e[48;2;200;200;200m▀$e[48;2;0;0;0m" + ('▀' * 26) + "$e[0m")
        }

        It 'is <Used> where <Where>' -ForEach @(
            @{ Used = $true; Where = 'a terminal knows it'; Arguments = $null, 'Host', $true, $true }
            @{ Used = $true; Where = 'nobody says anything of it'; Arguments = '', $null, $true, $true }
            @{ Used = $false; Where = 'NO_COLOR is set'; Arguments = '1', 'Host', $true, $true }
            @{ Used = $false; Where = 'the session is in plain text'; Arguments = $null, 'PlainText', $true, $true }
            @{ Used = $false; Where = 'the lines go elsewhere'; Arguments = $null, 'Host', $false, $true }
            @{ Used = $false; Where = 'the terminal knows none'; Arguments = $null, 'Host', $true, $false }
        ) {
            $noColor, $rendering, $isShown, $knowsColor = $Arguments
            [MnistPS.TerminalImage]::MayHaveColor($noColor, $rendering, $isShown, $knowsColor) | Should -Be $Used
        }

        It 'is not used for a command behind it' {
            $set[1] | Show-MnistImage | Should -Not -Match ([char]27)
        }
    }

    Context 'a sample' {
        BeforeAll {
            $sixtyThousand = [MnistPS.ImageSet]::new([byte[]]::new(60000 * 784), [byte[]]::new(60000))
        }

        It "is NumPy's choice for the seed" {
            $expected = '43428: 0', '57133: 0', '6514: 0', '37231: 0', '41521: 0'
            Show-MnistImage -InputObject $sixtyThousand -Sample 5 -Seed 147197952744 | Get-Title | Should -Be $expected
            $sixtyThousand | Show-MnistImage -Sample 5 -Seed 147197952744 | Get-Title | Should -Be $expected
        }

        It 'without a seed is another one each time' {
            $first, $second = 1, 2 | ForEach-Object { ($sixtyThousand | Show-MnistImage -Sample 5 | Get-Title) -join ' ' }
            $first | Should -Not -Be $second
        }

        It 'without a seed holds no image twice' {
            $titles = @($set | Show-MnistImage -Sample 4 | Get-Title)
            foreach ($title in '0: 8', '1: 1', '2: 0', '3: 9') { $titles | Should -Contain $title }
        }
    }

    Context 'bad input' {
        It 'passes over null and foreign objects in the pipeline' {
            $set[0], $null, 'eight', $set[1] | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems |
                Get-Title | Should -Be '0: 8', '1: 1'
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ShowMnistImageCommand'
            $problems[1].CategoryInfo.Category | Should -Be 'InvalidType'
            $problems[1].TargetObject | Should -Be 'eight'
            $problems[1].Exception.Message | Should -Be 'A System.String came down the pipeline; an image or a set of them, such as $data.Test, or what was read of images, such as $summary.Mistakes, was expected. It was passed over.'
        }

        It 'says once that an array of numbers is no image' {
            $bytes = $set[0].Pixels
            $wrapped = foreach ($byte in $bytes) { [psobject]::AsPSObject($byte) }
            $bytes, $set[1], $wrapped | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems | Get-Title | Should -Be '1: 1'
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ShowMnistImageCommand'
        }

        It 'draws the images among numbers' {
            Show-MnistImage 1, $set[1], 2 -ErrorAction SilentlyContinue -ErrorVariable problems | Get-Title | Should -Be '1: 1'
            $problems.Count | Should -Be 2
        }

        It 'refuses a sample larger than the set' {
            { $set | Show-MnistImage -Sample 5 } | Should -Throw '*sample of 5*from 4*' -ErrorId 'SampleOutOfRange,MnistPS.Commands.ShowMnistImageCommand'
        }

        It 'refuses a sample of <_>' -ForEach 0, -1 {
            $size = $_
            { $set | Show-MnistImage -Sample $size } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.ShowMnistImageCommand'
        }

        It 'refuses a negative seed' {
            { $set | Show-MnistImage -Sample 1 -Seed -1 } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MnistPS.Commands.ShowMnistImageCommand'
        }
    }
}
