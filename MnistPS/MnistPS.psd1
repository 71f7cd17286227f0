@{
    RootModule           = 'bin/MnistPS.dll'
    # Loaded at import, so that scripts can name its types, such as [MnistPS.ImageSet], before the first cmdlet has run.
    RequiredAssemblies   = @('bin/MnistPS.Core.dll')
    ModuleVersion        = '0.2.0'
    CompatiblePSEditions = @('Core')
    GUID                 = '3f0c1e2a-8f0b-4c51-9b57-6a4d5f8f7e21'
    Author               = 'The MnistPS developers'
    CompanyName          = 'The MnistPS developers'
    Copyright            = '(c) The MnistPS developers. MIT licence.'
    Description          = 'Trains networks to read handwritten digits, as a PowerShell pipeline: load MNIST, look at digits, train, predict, export the metrics.'
    PowerShellVersion    = '7.6'
    TypesToProcess       = @('MnistPS.Types.ps1xml')
    FormatsToProcess     = @('MnistPS.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'ConvertTo-MnistImage'
        'ConvertTo-OneHot'
        'Export-MnistDataset'
        'Export-MnistNetwork'
        'Export-MnistPage'
        'Export-MnistPlot'
        'Export-MnistReport'
        'Find-MnistLabelIssue'
        'Find-MnistLearningRate'
        'Get-MnistDataset'
        'Import-MnistNetwork'
        'Invoke-MnistPrediction'
        'Invoke-MnistTraining'
        'Measure-MnistPrediction'
        'New-MnistDataset'
        'New-MnistNetwork'
        'Save-MnistDataset'
        'Show-MnistImage'
        'Show-MnistPlot'
        'Start-MnistSweep'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('MNIST', 'NeuralNetwork', 'MachineLearning', 'DeepLearning', 'Digits', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            Prerelease   = 'preview1'
            # A package has the address of the project in the place of this one, which is in Directory.Build.props too.
            ProjectUri   = 'https://mnistps.example'
            LicenseUri   = 'https://mnistps.example/blob/v0.2.0-preview1/LICENSE'
            IconUri      = 'https://mnistps.example/raw/v0.2.0-preview1/MnistPS/icon.png'
            ReleaseNotes = 'https://mnistps.example/blob/v0.2.0-preview1/CHANGELOG.md'
        }
    }
}
