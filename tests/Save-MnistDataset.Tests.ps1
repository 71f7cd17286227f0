BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    . (Join-Path $PSScriptRoot mirror.ps1)
    $names = ('train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte').ForEach{ "$_.gz" }
    # Nobody listens there.
    $nowhere = 'http://127.0.0.1:1/'
}

Describe 'Save-MnistDataset' {
    BeforeEach {
        $mirrors = [System.Collections.Generic.List[object]]::new()
        $cache, $folder = (Join-Path $TestDrive ([guid]::NewGuid())), (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    AfterEach {
        foreach ($mirror in $mirrors) { Stop-Mirror $mirror }
    }

    It 'saves the four files as the mirror sends them, which are read without one' -Skip:(-not $MnistPath) {
        $mirror = Start-Mirror Files $MnistPath
        Save-MnistDataset $folder -CachePath $cache -BaseUri $mirror.Uri | Should -BeNullOrEmpty
        $mirror.Requests | Should -Be $names
        (Get-ChildItem $folder).Name | Should -Be ($names | Sort-Object)
        foreach ($name in $names) { (Get-FileHash (Join-Path $folder $name)).Hash | Should -Be (Get-FileHash (Join-Path $MnistPath $name)).Hash }
        (Get-MnistDataset -Path $folder).ToString() | Should -Be 'MNIST (60000, 784) (10000, 784)'
        (Get-MnistDataset -CachePath $folder -BaseUri $nowhere -TestCount 1).Name | Should -Be 'MNIST' -Because 'a folder that is saved serves as a cache too'
    }

    It 'takes what is in the cache, and asks nobody' -Skip:(-not $MnistPath) {
        Save-MnistDataset $folder -CachePath $MnistPath -BaseUri $nowhere -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-ChildItem $folder).Name | Should -Be ($names | Sort-Object)
    }

    It 'hands out the folder, and puts files into one that is empty' -Skip:(-not $MnistPath) {
        $null = New-Item -ItemType Directory $folder
        $saved = Save-MnistDataset $folder -CachePath $MnistPath -PassThru
        $saved | Should -BeOfType ([System.IO.DirectoryInfo])
        ($saved | Get-MnistDataset -TrainingCount 1 -TestCount 1).Name | Should -Be 'MNIST'
    }

    It 'leaves a folder with files alone, and says so before it downloads' {
        $mirror = Start-Mirror NotFound
        $null = New-Item -ItemType Directory $folder
        Set-Content (Join-Path $folder 'notes.txt') 'mine'
        { Save-MnistDataset $folder -CachePath $cache -BaseUri $mirror.Uri } |
            Should -Throw "*'$folder' is there already, and is not empty*-Force*" -ErrorId 'DatasetFolderExists,MnistPS.Commands.SaveMnistDatasetCommand'
        $mirror.Requests | Should -HaveCount 0
    }

    It 'puts them among other files with -Force' -Skip:(-not $MnistPath) {
        $null = New-Item -ItemType Directory $folder
        Set-Content (Join-Path $folder 'notes.txt') 'mine'
        Set-Content (Join-Path $folder $names[1]) 'old'
        Save-MnistDataset $folder -CachePath $MnistPath -Force
        Get-Content (Join-Path $folder 'notes.txt') | Should -Be 'mine'
        (Get-ChildItem $folder -Force).Name | Should -Be (@($names) + 'notes.txt' | Sort-Object)
        (Get-MnistDataset $folder -TrainingCount 1).Name | Should -Be 'MNIST'
    }

    It 'leaves no folder where a mirror fails' {
        $mirror = Start-Mirror Page
        { Save-MnistDataset $folder -CachePath $cache -BaseUri $mirror.Uri -WarningAction SilentlyContinue } |
            Should -Throw '*is a web page*' -ErrorId 'DownloadFailed,MnistPS.Commands.SaveMnistDatasetCommand'
        $folder | Should -Not -Exist
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a file'; Path = { $file = Join-Path $TestDrive 'file'; Set-Content $file 'x'; $file }; Message = '*It is a file; a folder was expected*'; Id = 'DatasetFolderNotWritable' }
        @{ Name = 'a folder in one that is not there'; Path = { Join-Path $TestDrive 'no/such' }; Message = '*there is no folder*'; Id = 'DatasetFolderNotWritable' }
        @{ Name = 'no file system'; Path = { 'Env:mnist' }; Message = '*no path of the file system*'; Id = 'NotFileSystemPath' }
    ) {
        { Save-MnistDataset (& $Path) -CachePath $cache -BaseUri $nowhere } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.SaveMnistDatasetCommand"
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        Save-MnistDataset $folder -CachePath $cache -BaseUri $nowhere -WhatIf
        $folder, $cache | Should -Not -Exist
    }

    It 'leaves nothing half-written when it is stopped' {
        $mirror = Start-Mirror Stall
        $pipeline = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $null = $pipeline.AddScript('param($module, $folder, $cache, $mirror) Import-Module $module; Save-MnistDataset $folder -CachePath $cache -BaseUri $mirror')
        $null = $pipeline.AddArgument($MnistPSModule).AddArgument($folder).AddArgument($cache).AddArgument($mirror.Uri).BeginInvoke()
        while (-not $mirror.Requests.Count) { Start-Sleep -Milliseconds 10 }
        $pipeline.Stop()
        $pipeline.Dispose()
        $folder | Should -Not -Exist
        Get-ChildItem $TestDrive -Recurse -Filter '*.partial' -Force | Should -BeNullOrEmpty
    }
}
