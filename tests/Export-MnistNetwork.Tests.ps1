BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'common.ps1'))
    $data = New-BarDataset
    function Get-TestPath([string] $Name) { [System.IO.Path]::Combine($TestDrive, $Name) }
}

Describe 'Export-MnistNetwork' {
    It 'writes a file and nothing else' {
        $path = Get-TestPath 'one.network'
        New-MnistNetwork -Seed 1 | Export-MnistNetwork $path | Should -BeNullOrEmpty
        $path | Should -Exist
        [System.IO.Directory]::GetFiles($TestDrive, 'one.network*') | Should -HaveCount 1
    }

    It 'takes the network as a parameter too, and a path from where the session is' {
        $here = $ExecutionContext.SessionState.Path.CurrentLocation
        $null = $ExecutionContext.SessionState.Path.SetLocation($TestDrive)
        try { Export-MnistNetwork -Path here.network -Network (New-MnistNetwork -Seed 2) }
        finally { $null = $ExecutionContext.SessionState.Path.SetLocation($here) }
        (Import-MnistNetwork (Get-TestPath 'here.network')).Seed | Should -Be 2
    }

    It 'leaves a file that is there, unless it is told to replace it' {
        $path = Get-TestPath 'there.network'
        New-MnistNetwork -Seed 3 | Export-MnistNetwork $path
        { New-MnistNetwork -Seed 4 | Export-MnistNetwork $path } |
            Should -Throw '*there already*-Force*' -ErrorId 'NetworkFileExists,MnistPS.Commands.ExportMnistNetworkCommand'
        (Import-MnistNetwork $path).Seed | Should -Be 3
        New-MnistNetwork -Seed 4 | Export-MnistNetwork $path -Force
        (Import-MnistNetwork $path).Seed | Should -Be 4
    }

    It 'keeps each epoch where metrics come' {
        $path = Get-TestPath 'epoch.network'
        $network = New-MnistNetwork -Seed 5
        $data | Invoke-MnistTraining $network -Epochs 4 | ForEach-Object {
            $network | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).EpochsTrained | Should -Be ($_.Epoch + 1)
        }
    }

    It 'refuses a second network for the same file, and keeps the first' {
        $path = Get-TestPath 'two.network'
        { 6, 7 | ForEach-Object { New-MnistNetwork -Seed $_ } | Export-MnistNetwork $path -Force } |
            Should -Throw '*More than one network*' -ErrorId 'OneNetworkAFile,MnistPS.Commands.ExportMnistNetworkCommand'
        (Import-MnistNetwork $path).Seed | Should -Be 6
    }

    It 'says where it cannot write: <Name>' -ForEach @(
        @{ Name = 'no such folder'; Path = { Get-TestPath 'no/such.network' }; Id = 'NetworkFileNotWritable' }
        @{ Name = 'a folder'; Path = { "$TestDrive" }; Id = 'NetworkFileNotWritable' }
        @{ Name = 'no such drive'; Path = { 'Nope:one.network' }; Id = 'DriveNotFound' }
        @{ Name = 'no file system'; Path = { 'Env:one.network' }; Id = 'NotFileSystemPath' }
    ) {
        foreach ($force in $false, $true) {
            { New-MnistNetwork | Export-MnistNetwork (& $Path) -Force:$force } | Should -Throw "*$(& $Path)*" -ErrorId "$Id,MnistPS.Commands.ExportMnistNetworkCommand"
        }
    }

    It 'puts a new file in the place of one, and leaves who may read it as it was' -Skip:$IsWindows {
        $path = Get-TestPath 'linked.network'
        New-MnistNetwork -Seed 8 | Export-MnistNetwork $path
        $link = [System.IO.File]::CreateSymbolicLink((Get-TestPath 'link.network'), $path)
        New-MnistNetwork -Seed 9 | Export-MnistNetwork $link.FullName -Force
        (Import-MnistNetwork $link.FullName).Seed | Should -Be 9
        (Import-MnistNetwork $path).Seed | Should -Be 8
        foreach ($mode in 'UserRead, UserWrite', 'UserRead, UserWrite, GroupRead, GroupWrite, OtherRead, OtherWrite') {
            [System.IO.File]::SetUnixFileMode($path, $mode)
            New-MnistNetwork -Seed 10 | Export-MnistNetwork $path -Force
            [int][System.IO.File]::GetUnixFileMode($path) | Should -Be ([int][System.IO.UnixFileMode] $mode)
        }
    }

    It 'takes both slashes, and a name as long as the system does' {
        New-MnistNetwork -Seed 11 | Export-MnistNetwork "$TestDrive\slashes.network"
        (Import-MnistNetwork (Get-TestPath 'slashes.network')).Seed | Should -Be 11
        New-MnistNetwork -Seed 12 | Export-MnistNetwork (Get-TestPath ('x' * 250))
        (Import-MnistNetwork (Get-TestPath ('x' * 250))).Seed | Should -Be 12
    }

    It 'leaves a device what it is, and says when it is full' -Skip:(-not [System.IO.File]::Exists('/dev/full')) {
        foreach ($time in 1, 2) {
            { New-MnistNetwork | Export-MnistNetwork /dev/full -Force } |
                Should -Throw "*'/dev/full'*" -ErrorId 'NetworkFileNotWritable,MnistPS.Commands.ExportMnistNetworkCommand'
        }
    }

    It 'fills a file that is empty' {
        $path = [System.IO.Path]::GetTempFileName()
        try {
            New-MnistNetwork -Seed 10 | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).Seed | Should -Be 10
        }
        finally { [System.IO.File]::Delete($path) }
    }

    It 'takes networks only' {
        { $data | Export-MnistNetwork (Get-TestPath 'data.network') -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputObjectNotBound,MnistPS.Commands.ExportMnistNetworkCommand'
        Get-TestPath 'data.network' | Should -Not -Exist
    }
}
