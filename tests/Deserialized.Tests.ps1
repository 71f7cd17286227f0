# An object from a job, remoting or a file is a deserialized copy. The error message names that cause and a remedy.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $cases = foreach ($command in Get-Command -Module MnistPS -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.ParameterType.FullName -in 'MnistPS.MnistNetwork', 'MnistPS.MnistNetwork[]', 'MnistPS.MnistDataset' }) {
            @{ Command = $command.Name; Parameter = $parameter; Name = $parameter.Name }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $data = New-BarDataset 20 10
    $network = New-MnistNetwork -Seed 1
    $dataCopy = Copy-Object $data
    $networkCopy = Copy-Object $network
    $causeOfNetwork = '*copy of a MnistNetwork without its type: jobs, remoting and Export-Clixml*Export-MnistNetwork*Import-MnistNetwork*'
    $causeOfData = '*copy of a MnistDataset without its type: jobs, remoting and Export-Clixml*Get-MnistDataset*'
}

Describe 'A copy without its type' {
    It 'is told of by <Command> -<Name>' -ForEach $cases {
        @($Parameter.Attributes.Where{ $_.GetType().Name -eq 'LiveObjectAttribute`1' -and $_.GetType().GenericTypeArguments[0] -in $Parameter.ParameterType, $Parameter.ParameterType.GetElementType() }).Count | Should -Be 1 -Because 'every parameter that is a network or a data set has [LiveObject]'
    }

    It 'of a network is refused by Invoke-MnistTraining, Invoke-MnistPrediction and Export-MnistNetwork' {
        { $data | Invoke-MnistTraining $networkCopy } | Should -Throw $causeOfNetwork -ErrorId 'ParameterArgumentTransformationError,*'
        { $data.Test | Invoke-MnistPrediction $networkCopy } | Should -Throw $causeOfNetwork -ErrorId 'ParameterArgumentTransformationError,*'
        { Export-MnistNetwork -Network $networkCopy -Path (Join-Path $TestDrive 'a.network') } | Should -Throw $causeOfNetwork -ErrorId 'ParameterArgumentTransformationError,*'
        $networkCopy | Export-MnistNetwork (Join-Path $TestDrive 'a.network') -ErrorAction SilentlyContinue -ErrorVariable problems
        "$($problems[0])" | Should -BeLike $causeOfNetwork
        Join-Path $TestDrive 'a.network' | Should -Not -Exist
    }

    It 'of a data set is refused by Invoke-MnistTraining and ConvertTo-OneHot' {
        $dataCopy | Invoke-MnistTraining $network -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike $causeOfData
        $problems.Count | Should -Be 1
        $dataCopy | ConvertTo-OneHot -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike $causeOfData
        { ConvertTo-OneHot -Dataset $dataCopy } | Should -Throw $causeOfData
    }

    It 'of an image or a prediction is named by Show-MnistImage and Invoke-MnistPrediction' {
        $copies = (Copy-Object $data.Test[0]), (Copy-Object ($data.Test[0] | Invoke-MnistPrediction $network))
        $copies | Show-MnistImage -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike '*copy of a MnistImage without its type*$image.Pixels*'
        "$($problems[1])" | Should -BeLike '*copy of a Prediction without its type*GetImage()*'
        $copies[0] | Invoke-MnistPrediction $network -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike '*copy of a MnistImage without its type*'
    }

    It 'of a <Type> is named by <Command>' -ForEach @(
        @{ Command = 'Measure-MnistPrediction'; Type = 'Prediction'; Arguments = @() }
        @{ Command = 'Export-MnistPlot'; Type = 'MnistNetwork'; Arguments = @('copy.png') }
        @{ Command = 'Export-MnistPlot'; Type = 'MnistImage'; Arguments = @('copy.png') }
        @{ Command = 'Show-MnistPlot'; Type = 'MnistNetwork'; Arguments = @() }
        @{ Command = 'Find-MnistLearningRate'; Type = 'MnistDataset'; Arguments = @('network') }
        @{ Command = 'Find-MnistLabelIssue'; Type = 'MnistDataset'; Arguments = @() }
    ) {
        $copy = switch ($Type) {
            'Prediction' { Copy-Object ($data.Test[0] | Invoke-MnistPrediction $network) }
            'MnistNetwork' { $networkCopy }
            'MnistImage' { Copy-Object $data.Test[0] }
            'MnistDataset' { $dataCopy }
        }
        $Arguments = @($Arguments | ForEach-Object { $_ -eq 'network' ? $network : (Join-Path $TestDrive $_) })
        try { $copy | & $Command @Arguments -ErrorAction SilentlyContinue -ErrorVariable problems } catch { $_.FullyQualifiedErrorId | Should -BeLike 'NothingToMeasure,*' }
        "$($problems[0])" | Should -BeLike "*copy of a $Type without its type: jobs, remoting and Export-Clixml*"
    }

    It 'of an image still has its pixels, as the message says' {
        $pixels = (Copy-Object $data.Test[0]).Pixels
        (, $pixels | Invoke-MnistPrediction $network).Label | Should -Be ($data.Test[0] | Invoke-MnistPrediction $network).Label
    }

    It 'of an image still has its label' {
        (Copy-Object $data.Test[0] | ConvertTo-OneHot) | Should -Be (ConvertTo-OneHot $data.Test[0].Label)
    }
}
