# The package as a user of the Gallery gets it: it installs into an empty folder and is imported by its name.

BeforeAll {
    . $PSScriptRoot/common.ps1

    # Packs the module without building it again. -Small leaves out the native parts, which are large.
    function New-Package([string] $Version, [string] $Prerelease, [switch] $Small) {
        $stage = Join-Path $TestDrive "stage $Version" MnistPS
        $null = New-Item (Split-Path $stage) -ItemType Directory -Force
        Copy-Item (Join-Path $RepositoryRoot MnistPS) $stage -Recurse
        if ($Small) { Remove-Item (Join-Path $stage bin Imaging runtimes) -Recurse }
        $manifest = Join-Path $stage MnistPS.psd1
        (Get-Content $manifest -Raw) -replace "(ModuleVersion\s*= )'[^']*'", "`$1'$Version'" -replace "(Prerelease\s*= )'[^']*'", "`$1'$Prerelease'" | Set-Content $manifest
        Compress-PSResource -Path $stage -DestinationPath $source -PassThru
    }

    # The output of a new process that finds modules in the folder of installed ones alone.
    function Invoke-Installed([string] $Script) {
        $path = $env:PSModulePath
        $env:PSModulePath = $modules
        try { Invoke-PowerShell -Command $Script } finally { $env:PSModulePath = $path }
    }

    $source = (New-Item (Join-Path $TestDrive source) -ItemType Directory).FullName
    $modules = (New-Item (Join-Path $TestDrive 'my modules') -ItemType Directory).FullName
    # Repositories are per user, so each run registers its own.
    $repository = "MnistPSSpecs$PID"
    Register-PSResourceRepository -Name $repository -Uri $source -Trusted
    $package = New-Package 0.2.0 preview1
    Save-PSResource MnistPS -Repository $repository -Prerelease -Path $modules
}

AfterAll {
    Unregister-PSResourceRepository -Name $repository
}

Describe 'The package' {
    It 'has the name and the version of the manifest' {
        $package.Name | Should -Be 'MnistPS.0.2.0-preview1.nupkg'
    }

    It 'holds the module and no symbols, reference assemblies or notes of a build' {
        $files = [System.IO.Compression.ZipFile]::OpenRead($package.FullName)
        try { $names = $files.Entries.FullName } finally { $files.Dispose() }
        $names | Should -Contain 'MnistPS.psd1'
        $names | Should -Contain 'MnistPS.Format.ps1xml'
        $names | Should -Contain 'bin/MnistPS.dll'
        $names | Should -Contain 'en-US/MnistPS.dll-Help.xml'
        $names -match '\.pdb$|\.deps\.json$|System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'says where the project lives and what a version brings' {
        $nuspec = Find-PSResource MnistPS -Repository $repository -Prerelease
        $nuspec.ProjectUri | Should -Not -BeNullOrEmpty
        $nuspec.LicenseUri | Should -Match '/LICENSE$'
        $nuspec.IconUri | Should -Match '/icon\.png$'
        $nuspec.ReleaseNotes | Should -Match 'CHANGELOG'
        $nuspec.Tags | Should -Contain 'MNIST'
    }

    It 'is imported by its name in a fresh process, and trains' {
        Invoke-Installed '
            Import-Module MnistPS
            $data = Get-MnistDataset -Synthetic -TrainingCount 50 -TestCount 10
            $network = New-MnistNetwork -Seed 1
            ($data | Invoke-MnistTraining $network -Epochs 2).Count
            (Get-Module MnistPS).ModuleBase' | Should -Be '2', (Join-Path $modules MnistPS 0.2.0)
    }

    It 'loads its module at the first use of a cmdlet' {
        Invoke-Installed '(New-MnistNetwork -Seed 1).ParameterCount; (Get-Help New-MnistNetwork).Synopsis.Length -gt 20' | Should -Be '79400', 'True'
    }

    It 'lies beside the next version, which is taken unless the other one is asked for' {
        $null = New-Package 0.3.0 -Small
        Save-PSResource MnistPS -Repository $repository -Path $modules
        Invoke-Installed 'Import-Module MnistPS; "$((Get-Module MnistPS).Version)"' | Should -Be '0.3.0'
        Invoke-Installed 'Import-Module MnistPS -RequiredVersion 0.2.0; "$((Get-Module MnistPS).Version)"' | Should -Be '0.2.0'
    }
}
