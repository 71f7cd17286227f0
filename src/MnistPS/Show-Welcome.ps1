# What a prompt says first. A script that was given to `dotnet run` says what it has to say itself.
if ([Environment]::GetCommandLineArgs()[-1] -like '*.pssc') {
    'MnistPS is loaded. Begin with: $data = Get-MnistDataset; $data.Training[0] | Show-MnistImage' | Out-Host
}
