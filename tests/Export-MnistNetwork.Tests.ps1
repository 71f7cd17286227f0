BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset
}

Describe 'Export-MnistNetwork' {
    It 'writes a file and nothing else' {
        $path = Get-TestPath 'one.safetensors'
        New-MnistNetwork -Seed 1 | Export-MnistNetwork $path | Should -BeNullOrEmpty
        $path | Should -Exist
        [System.IO.Directory]::GetFiles($TestDrive, 'one.safetensors*') | Should -HaveCount 1
    }

    It 'takes the network as a parameter too, and a path from where the session is' {
        $here = $ExecutionContext.SessionState.Path.CurrentLocation
        $null = $ExecutionContext.SessionState.Path.SetLocation($TestDrive)
        try { Export-MnistNetwork -Path here.safetensors -Network (New-MnistNetwork -Seed 2) }
        finally { $null = $ExecutionContext.SessionState.Path.SetLocation($here) }
        (Import-MnistNetwork (Get-TestPath 'here.safetensors')).Seed | Should -Be 2
    }

    It 'leaves a file that is there, unless it is told to replace it' {
        $path = Get-TestPath 'there.safetensors'
        New-MnistNetwork -Seed 3 | Export-MnistNetwork $path
        { New-MnistNetwork -Seed 4 | Export-MnistNetwork $path } |
            Should -Throw '*there already*-Force*' -ErrorId 'NetworkFileExists,MnistPS.Commands.ExportMnistNetworkCommand'
        (Import-MnistNetwork $path).Seed | Should -Be 3
        New-MnistNetwork -Seed 4 | Export-MnistNetwork $path -Force
        (Import-MnistNetwork $path).Seed | Should -Be 4
    }

    It 'keeps each epoch where metrics come' {
        $path = Get-TestPath 'epoch.safetensors'
        $network = New-MnistNetwork -Seed 5
        $data | Invoke-MnistTraining $network -Epochs 4 | ForEach-Object {
            $network | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).EpochsTrained | Should -Be ($_.Epoch + 1)
        }
    }

    It 'refuses a second network for the same file, and keeps the first' {
        $path = Get-TestPath 'two.safetensors'
        { 6, 7 | ForEach-Object { New-MnistNetwork -Seed $_ } | Export-MnistNetwork $path -Force } |
            Should -Throw '*More than one network*' -ErrorId 'OneNetworkAFile,MnistPS.Commands.ExportMnistNetworkCommand'
        (Import-MnistNetwork $path).Seed | Should -Be 6
    }

    It 'says where it cannot write: <Name>' -ForEach @(
        @{ Name = 'no such folder'; Path = { Get-TestPath 'no/such.safetensors' }; Id = 'NetworkFileNotWritable' }
        @{ Name = 'a folder'; Path = { "$TestDrive" }; Id = 'NetworkFileNotWritable' }
        @{ Name = 'no such drive'; Path = { 'Nope:one.safetensors' }; Id = 'DriveNotFound' }
        @{ Name = 'no file system'; Path = { 'Env:one.safetensors' }; Id = 'NotFileSystemPath' }
    ) {
        foreach ($force in $false, $true) {
            { New-MnistNetwork | Export-MnistNetwork (& $Path) -Force:$force } | Should -Throw "*$(& $Path)*" -ErrorId "$Id,MnistPS.Commands.ExportMnistNetworkCommand"
        }
    }

    It 'puts a new file in the place of one, and leaves who may read it as it was' -Skip:$IsWindows {
        $path = Get-TestPath 'linked.safetensors'
        New-MnistNetwork -Seed 8 | Export-MnistNetwork $path
        $link = [System.IO.File]::CreateSymbolicLink((Get-TestPath 'link.safetensors'), $path)
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
        New-MnistNetwork -Seed 11 | Export-MnistNetwork "$TestDrive\slashes.safetensors"
        (Import-MnistNetwork (Get-TestPath 'slashes.safetensors')).Seed | Should -Be 11
        New-MnistNetwork -Seed 12 | Export-MnistNetwork (Get-TestPath ('x' * 250))
        (Import-MnistNetwork (Get-TestPath ('x' * 250))).Seed | Should -Be 12
    }

    It 'leaves a device what it is, and says when it is full' -Skip:(-not [System.IO.File]::Exists('/dev/full')) {
        foreach ($time in 1, 2) {
            { New-MnistNetwork | Export-MnistNetwork /dev/full -Force } |
                Should -Throw "*'/dev/full'*" -ErrorId 'NetworkFileNotWritable,MnistPS.Commands.ExportMnistNetworkCommand'
        }
    }

    It 'replaces a file in shared memory as a whole' -Skip:(-not (Test-Path /dev/shm)) {
        $path = "/dev/shm/mnistps-$([guid]::NewGuid())"
        try {
            Set-Content -LiteralPath $path -Value ('x' * 9MB)
            New-MnistNetwork -Seed 13 | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).Seed | Should -Be 13
        }
        finally { Remove-Item -LiteralPath $path }
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        $path = Get-TestPath 'whatif.safetensors'
        New-MnistNetwork | Export-MnistNetwork $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
        (Get-Command Export-MnistNetwork).Parameters.Keys | Should -Contain 'Confirm'
    }

    It 'takes -LiteralPath, and a name with brackets as it stands' {
        foreach ($parameter in 'Path', 'LiteralPath') {
            $target = @{ $parameter = Get-TestPath "[$parameter].safetensors" }
            New-MnistNetwork -Seed 14 | Export-MnistNetwork @target
            (Import-MnistNetwork -LiteralPath $target[$parameter]).Seed | Should -Be 14
        }
    }

    It 'refuses a pipe, and does not wait for it' -Skip:$IsWindows {
        $path = Get-TestPath 'pipe'
        mkfifo $path
        { New-MnistNetwork | Export-MnistNetwork $path -Force } | Should -Throw '*a pipe*' -ErrorId 'NetworkFileNotWritable,MnistPS.Commands.ExportMnistNetworkCommand'
        { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw '*a pipe*' -ErrorId 'NetworkFileNotReadable,MnistPS.Commands.ImportMnistNetworkCommand'
    }

    It 'fills a file that is empty' {
        $path = [System.IO.Path]::GetTempFileName()
        try {
            New-MnistNetwork -Seed 10 | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).Seed | Should -Be 10
        }
        finally { [System.IO.File]::Delete($path) }
    }

    Context 'ONNX' {
        BeforeAll {
            $network = New-MnistNetwork -Preset ConvNet -Seed 3
            $null = $data | Invoke-MnistTraining $network -Epochs 1
        }

        It 'says that a calibration is kept in safetensors alone' {
            $calibrated = New-MnistNetwork -Layer 'dense 20', 'relu', 'dense 10' -Seed 1
            $null = New-BarDataset -TrainingCount 200 | Invoke-MnistTraining $calibrated -Epochs 1 -BatchSize 10 -ValidationCount 100 -Calibrate
            foreach ($ending in 'onnx', 'npz') {
                $calibrated | Export-MnistNetwork (Get-TestPath "calibrated.$ending") -WarningVariable warnings -WarningAction SilentlyContinue
                $warnings | Should -BeLike "The calibration of the network is not in '*calibrated.$ending'*"
                (Import-MnistNetwork (Get-TestPath "calibrated.$ending")).Temperature | Should -BeNullOrEmpty
            }
            $calibrated | Export-MnistNetwork (Get-TestPath 'calibrated.safetensors') -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            (Import-MnistNetwork (Get-TestPath 'calibrated.safetensors')).Temperature | Should -Be $calibrated.Temperature
        }

        It 'is what a file gets that ends in .onnx' {
            $path = Get-TestPath 'net.onnx'
            $network | Export-MnistNetwork $path
            # The IR version that belongs to opset 13, first of all.
            [System.Convert]::ToHexString([System.IO.File]::ReadAllBytes($path)[0..1]) | Should -Be '0807'
            [System.IO.File]::ReadAllText($path) | Should -Match 'MnistPS'
            $network | Export-MnistNetwork (Get-TestPath 'net.safetensors')
            [System.IO.File]::ReadAllBytes((Get-TestPath 'net.safetensors'))[8] | Should -Be ([byte][char]'{')
        }

        It 'is written as a whole or not at all, as other files are' {
            $path = Get-TestPath 'there.onnx'
            [System.IO.File]::WriteAllText($path, 'mine')
            { $network | Export-MnistNetwork $path } | Should -Throw '*there already*-Force*' -ErrorId 'NetworkFileExists,MnistPS.Commands.ExportMnistNetworkCommand'
            [System.IO.File]::ReadAllText($path) | Should -Be 'mine'
            $network | Export-MnistNetwork $path -Force
            (Import-MnistNetwork $path).Seed | Should -Be 3
            { $network | Export-MnistNetwork (Get-TestPath 'no/such.onnx') } | Should -Throw '*no folder*' -ErrorId 'NetworkFileNotWritable,MnistPS.Commands.ExportMnistNetworkCommand'
            $network | Export-MnistNetwork (Get-TestPath 'whatif.onnx') -WhatIf
            Get-TestPath 'whatif.onnx' | Should -Not -Exist
        }

        It 'runs in Python as its help page says' {
            $python = $IsWindows ? 'python' : (Test-Path /usr/bin/python3) ? '/usr/bin/python3' : 'python3'
            if (-not (Get-Command $python -ErrorAction Ignore) -or -not (& $python -c 'import onnx; print(1)' 2>$null)) { Set-ItResult -Skipped -Because 'Python has no onnx'; return }
            $path = Get-TestPath 'python.onnx'
            $network | Export-MnistNetwork $path
            & $python -c 'import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True); m = onnx.load(sys.argv[1]); print(m.graph.input[0].name, *(output.name for output in m.graph.output), *(text.key for text in m.metadata_props))' $path |
                Should -Be 'image logits probabilities input outputs training mnistps'
        }

        It 'loads its packages when it is first asked for, and beside those of another module' {
            $version = '3.30.2'
            $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME .nuget packages)
            $other = Join-Path $packages google.protobuf $version lib net5.0 Google.Protobuf.dll
            if (-not (Test-Path $other)) { Set-ItResult -Skipped -Because "Google.Protobuf $version is not among the downloaded packages"; return }
            $lines = Invoke-PowerShell -Command @"
                Add-Type -Path '$other'
                Import-Module '$MnistPSModule'
                [System.Runtime.Loader.AssemblyLoadContext]::All.Name -contains 'MnistPS.Onnx'
                New-MnistNetwork -Seed 4 | Export-MnistNetwork '$(Get-TestPath 'beside.onnx')'
                (Import-MnistNetwork '$(Get-TestPath 'beside.onnx')').Seed
                [Google.Protobuf.CodedInputStream].Assembly.GetName().Version.ToString(3)
"@
            $lines | Should -Be 'False', '4', $version
        }

        It 'comes with the licences of its packages' {
            $folder = Join-Path $module.ModuleBase bin Onnx
            $notices = Get-Content (Join-Path $folder 'THIRD-PARTY-NOTICES.md') -Raw
            foreach ($file in Get-ChildItem $folder -Filter *.dll | Where-Object Name -NotLike 'MnistPS*') { $notices | Should -Match ([regex]::Escape($file.Name)) }
        }

        It 'says what is missing where its packages are, and all else goes on' {
            $copy = Join-Path $TestDrive broken MnistPS
            $null = New-Item $copy -ItemType Directory
            Get-ChildItem $module.ModuleBase -Exclude bin | Copy-Item -Destination $copy -Recurse
            $null = New-Item (Join-Path $copy bin) -ItemType Directory
            Copy-Item (Join-Path $module.ModuleBase bin *.dll) (Join-Path $copy bin)
            $lines = Invoke-PowerShell -Command @"
                Import-Module '$copy'
                try { New-MnistNetwork | Export-MnistNetwork '$(Get-TestPath 'broken.onnx')' } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }
                New-MnistNetwork -Seed 5 | Export-MnistNetwork '$(Get-TestPath 'broken.safetensors')'
                (Import-MnistNetwork '$(Get-TestPath 'broken.safetensors')').Seed
"@
            $lines | Should -HaveCount 3
            $lines[0] | Should -Be 'OnnxNotAvailable,MnistPS.Commands.ExportMnistNetworkCommand'
            $lines[1] | Should -BeLike '*MnistPS.Onnx.dll*Install the module again*'
            $lines[2] | Should -Be 5
            Get-TestPath 'broken.onnx' | Should -Not -Exist
        }
    }

    It 'takes networks only' {
        { $data | Export-MnistNetwork (Get-TestPath 'data.safetensors') -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputObjectNotBound,MnistPS.Commands.ExportMnistNetworkCommand'
        Get-TestPath 'data.safetensors' | Should -Not -Exist
    }
}
