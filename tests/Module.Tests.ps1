BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $cmdlets = (Get-Command -Module MnistPS).Name
    $types = [System.Collections.Generic.HashSet[type]]::new()
    foreach ($type in (Get-Command -Module MnistPS).OutputType.Type) { if ($type.Namespace -eq 'MnistPS') { $null = $types.Add($type) } }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $module = Get-Module MnistPS
}

Describe 'The manifest' {
    BeforeAll { $manifest = Test-ModuleManifest ([System.IO.Path]::Combine($RepositoryRoot, 'MnistPS', 'MnistPS.psd1')) }

    It 'asks for PowerShell 7.6' {
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'carries the version of the assembly' {
        $manifest.Version | Should -Be ([System.Diagnostics.FileVersionInfo]::GetVersionInfo($module.ImplementingAssembly.Location).FileVersion -replace '\.0$')
    }

    It 'is under the MIT licence' {
        $manifest.LicenseUri | Should -Match '/mit$'
    }

    It 'has tags' {
        $manifest.Tags | Should -Contain 'MNIST'
        $manifest.Tags | Should -Contain 'PSEdition_Core'
    }

    It 'names what it exports, and nothing else is there' {
        $text = [System.IO.File]::ReadAllText($manifest.Path)
        $text | Should -Not -Match "ToExport\s*=\s*'?\*"
        $inAssembly = $module.ImplementingAssembly.GetTypes().ForEach({
                foreach ($attribute in $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) { "$($attribute.VerbName)-$($attribute.NounName)" }
            })
        [string[]]$inAssembly = $inAssembly
        [array]::Sort($inAssembly)
        [string[]]$exported = $module.ExportedCommands.Keys
        [array]::Sort($exported)
        $exported | Should -Be $inAssembly
        [string[]]$listed = $manifest.ExportedCmdlets.Keys
        [array]::Sort($listed)
        $listed | Should -Be $inAssembly
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $_
        $help = Get-Help $_
    }

    It 'has a synopsis of its own' {
        # Without a help file the engine makes one up from the syntax.
        $help.Synopsis.Trim() | Should -Match '\.$'
    }

    It 'has a description' {
        -join $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has examples that use it' {
        $help.examples | Should -Not -BeNullOrEmpty
        foreach ($example in $help.examples.example) {
            $example.code | Should -Match "\b$($command.Name)\b" -Because "$($example.title) shows it"
        }
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($name in $command.Parameters.Keys) {
            if ($name -in $common) { continue }
            $described = @($help.parameters.parameter).Where({ $_.name -eq $name })
            -join $described.description.Text | Should -Not -BeNullOrEmpty -Because "-$name is a parameter"
        }
    }

    It 'is that of its page in docs' {
        $page = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($RepositoryRoot, 'docs', 'en-US', "$_.md"))
        foreach ($part in @($help.Synopsis) + $help.description.Text + $help.parameters.parameter.description.Text + $help.examples.example.code + $help.examples.example.remarks.Text) {
            $page.Contains($part.Trim("`n")) | Should -BeTrue -Because "build.ps1 -Task Help makes the help from the page, which has no '$part'"
        }
    }

    It 'has no marks that a terminal would show as they are' {
        foreach ($text in $help.examples.example.code + $help.examples.example.remarks.Text) { $text | Should -Not -Match '```|[\x00-\x08\x7f-\x9f]' }
    }

    It 'has no links into nowhere' {
        foreach ($link in $help.relatedLinks.navigationLink) { "$($link.uri)" | Should -BeNullOrEmpty -Because "$($link.linkText) is a page of this module" }
    }

    It 'says what comes out' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach 'about_MnistPS', 'about_MnistPS_Networks' {
    It 'is that of its page in docs, without the marks of headings' {
        $page = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($RepositoryRoot, 'docs', 'en-US', "$_.help.md"))
        (Get-Help $_) -replace "`r" | Should -Be (($page -replace '(?m)^#+ ') -replace "`r")
    }
}

Describe 'The view' {
    BeforeAll {
        # The lines that a user sees of what a script gives.
        function Show-Output([string]$Script) {
            $culture = [cultureinfo]::CurrentCulture
            try { $lines = & ([scriptblock]::Create("[cultureinfo]::CurrentCulture = ''; $Script")) | Out-String -Stream -Width 120 }
            finally { [cultureinfo]::CurrentCulture = $culture }
            foreach ($line in $lines) { ($line -replace "`e\[[\d;]*m").TrimEnd().Where{ $_ } }
        }
    }

    It 'of <_.Name> exists' -ForEach @($types) {
        $views = [System.Xml.Linq.XDocument]::Load([System.IO.Path]::Combine($RepositoryRoot, 'MnistPS', 'MnistPS.Format.ps1xml'))
        $views.Descendants('TypeName').Value | Should -Contain $_.FullName
    }

    It 'of a data set has its shapes, as the document prints them' {
        Show-Output 'Get-MnistDataset -Synthetic -TrainingCount 4 -TestCount 3' | Should -BeExactly @(
            'The shape of training images: (4, 784) and training labels: (4,)'
            'The shape of test images: (3, 784) and test labels: (3,)'
        )
    }

    It 'of an image has its grey values in 28 rows, and its label' {
        $rows = for ($first = 0; $first -lt 784; $first += 28) { ($first..($first + 27)).ForEach{ '{0,3}' -f ($_ % 256) } -join ' ' }
        Show-Output '[MnistPS.ImageSet]::new([byte[]](0..783).ForEach{ $_ % 256 }, [byte[]](7))[0]' | Should -BeExactly @($rows; 'label 7')
    }

    It 'of a network has a line for each layer and one for all' {
        Show-Output @'
            $network = New-MnistNetwork -Layer 'conv 8x5', 'relu', 'conv 12x3 same', 'pool 2', 'dropout 0.25', 'dense 10' -Loss SquaredError -Seed 3
            $null = Get-MnistDataset -Synthetic -TrainingCount 4 -TestCount 4 | Invoke-MnistTraining $network -Epochs 2
            $network
'@ | Should -BeExactly @(
            'Layer              OutputShape    Parameters'
            '-----              -----------    ----------'
            'conv 8x5           (24, 24, 8)           208'
            'relu               (24, 24, 8)             0'
            'conv 12x3 same     (24, 24, 12)          876'
            'pool 2             (12, 12, 12)            0'
            'dropout 0.25       (12, 12, 12)            0'
            'dense 10           (10)                17290'
            '18374 parameters, SquaredError, seed 3, 2 epochs trained'
        )
    }

    It 'of metrics is a table with a row for each epoch, however long that took' {
        Show-Output @'
            $metrics = @{ TrainingError = 0.8989; TrainingAccuracy = 0.39704; TestError = 0.67995; TestAccuracy = 0.58216; LearningRate = 0.005; ImagesPerSecond = 12722.4 }
            $epoch = 98
            foreach ($elapsed in '00:00:01.5', '00:59:59.9999', '01:02:03.4', '1.01:02:03.4') { [MnistPS.EpochMetrics]($metrics + @{ Epoch = $epoch++; Elapsed = $elapsed }) }
'@ | Should -BeExactly @(
            'Epoch TrainingError TrainingAccuracy TestError TestAccuracy   Elapsed  Images/s'
            '----- ------------- ---------------- --------- ------------   -------  --------'
            '   98         0.898            0.397     0.679       0.5822 00:01.500    12,722'
            '   99         0.898            0.397     0.679       0.5822 59:59.999    12,722'
            '  100         0.898            0.397     0.679       0.5822   1:02:03    12,722'
            '  101         0.898            0.397     0.679       0.5822  25:02:03    12,722'
        )
    }

    It 'of metrics has room for the error of a training that diverges' {
        Show-Output @'
            $metrics = @{ TrainingAccuracy = 0.1; TestAccuracy = 0.1; LearningRate = 5; Elapsed = '00:00:01'; ImagesPerSecond = 1000 }
            $epoch = 0
            foreach ($large in 99999.9999, 337866.58, 1e24, 3.456e290, [double]::MaxValue) { [MnistPS.EpochMetrics]($metrics + @{ Epoch = $epoch++; TrainingError = $large; TestError = $large }) }
'@ | Should -BeExactly @(
            'Epoch TrainingError TrainingAccuracy TestError TestAccuracy   Elapsed  Images/s'
            '----- ------------- ---------------- --------- ------------   -------  --------'
            '    0     99999.999              0.1 99999.999          0.1 00:01.000     1,000'
            '    1       3.38E+5              0.1   3.38E+5          0.1 00:01.000     1,000'
            '    2      1.00E+24              0.1  1.00E+24          0.1 00:01.000     1,000'
            '    3     3.46E+290              0.1 3.46E+290          0.1 00:01.000     1,000'
            '    4     1.80E+308              0.1 1.80E+308          0.1 00:01.000     1,000'
        )
    }

    It 'of metrics has what they say of validation, within 80 columns' {
        $lines = @(Show-Output @'
            $data = Get-MnistDataset -Synthetic -TrainingCount 40 -TestCount 10
            $data | Invoke-MnistTraining (New-MnistNetwork -Seed 1) -Epochs 2 -ValidationCount 10
'@)
        $lines.Count | Should -Be 4
        $lines[0] | Should -BeExactly 'Epoch TrainingError ValidationError ValidationAccuracy TestAccuracy   Elapsed'
        $lines[1] | Should -BeExactly '----- ------------- --------------- ------------------ ------------   -------'
        $lines[2] | Should -Match '^    0 +\d\.\d{3} +\d\.\d{3} +0(\.\d)? +0(\.\d)? 00:\d\d\.\d{3}$'
        $lines[3] | Should -Match '^    1 '
    }

    It 'of predictions is a table with a row for each' {
        Show-Output @'
            [MnistPS.Prediction]@{ Index = 3; Expected = 4; Label = 1; Scores = [double[]](0, 0.87654) + [double[]]::new(8) }
            [MnistPS.Prediction]@{ Index = 10042; Label = 0; Scores = [double[]](1) + [double[]]::new(9) }
            [MnistPS.Prediction]@{ Index = 5; Expected = 2; Label = 2; Scores = [double[]](0, 0, 0.5) + [double[]]::new(7) }
'@ | Should -BeExactly @(
            ' Index Label Expected IsCorrect Confidence'
            ' ----- ----- -------- --------- ----------'
            '     3     1        4 False          0.877'
            ' 10042     0                         1.000'
            '     5     2        2 True           0.500'
        )
    }
}

Describe 'The completion of <Command> -<Parameter>' -ForEach @(
    @{ Command = 'New-MnistNetwork'; Parameter = 'Preset'; Words = 'ConvNet', 'Mlp', 'Tutorial' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Activation'; Words = 'LeakyRelu', 'Relu', 'Sigmoid', 'Tanh' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Loss'; Words = 'CrossEntropy', 'SquaredError' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Initializer'; Words = 'Glorot', 'He', 'Uniform' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Optimizer'; Words = 'Adam', 'AdamW', 'Momentum', 'Nesterov', 'Sgd' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Schedule'; Words = 'Constant', 'Cosine', 'OneCycle', 'Step' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Augment'; Words = 'Elastic', 'Rotate', 'Scale', 'Shift' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Precision'; Words = 'Double', 'Single' }
) {
    BeforeAll {
        function Complete([string]$Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
        }
    }

    It 'offers all words, and those that go on from what was begun' {
        Complete "$Command -$Parameter " | Should -Be $Words
        foreach ($word in $Words) { Complete "$Command -$Parameter $($word.Substring(0, 2).ToLowerInvariant())" | Should -Contain $word }
    }
}
