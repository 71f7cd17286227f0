# The greeting at the prompt. A script given to `dotnet run` prints none.
if ([Environment]::GetCommandLineArgs()[-1] -like '*.pssc') {
    'MnistPS is loaded. Begin with: $data = Get-MnistDataset; $data.Training[0] | Show-MnistImage' | Out-Host
}
