BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    $formats = [enum]::GetNames([MnistPS.DatasetFormat])
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $data = New-BarDataset 120 30
    function Get-TestPath([string] $Name = [guid]::NewGuid()) { Join-Path $TestDrive $Name }

    # All that a set holds, in its order.
    function Get-Digest($Images) {
        $bytes = [System.IO.MemoryStream]::new()
        foreach ($image in $Images) { $bytes.WriteByte($image.Label); $bytes.Write($image.Pixels, 0, 784) }
        [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes.ToArray()))
    }

    function Get-FileName([string]$Folder) {
        Get-ChildItem $Folder -Recurse -File -Force | ForEach-Object { [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Object
    }
}

Describe 'Export-MnistDataset' {
    It 'writes <_>, which Get-MnistDataset reads back bit for bit' -ForEach $formats {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -Format $_ | Should -BeNullOrEmpty
        $back = Get-MnistDataset $folder
        "$back" | Should -Be "$(Split-Path $folder -Leaf) (120, 784) (30, 784)"
        Get-Digest $back.Training | Should -Be (Get-Digest $data.Training)
        Get-Digest $back.Test | Should -Be (Get-Digest $data.Test)
        (Get-MnistDataset $folder -TrainingCount 7).Training.Count | Should -Be 7
    }

    It 'writes MNIST as <_>, which is MNIST again' -Skip:(-not $MnistPath) -ForEach 'Idx', 'Npz', 'Npy', 'Csv' {
        $folder = Get-TestPath
        $mnist = Get-MnistDataset $MnistPath
        $mnist | Export-MnistDataset $folder -Format $_
        "$(Get-MnistDataset $folder)" | Should -Be 'MNIST (60000, 784) (10000, 784)'
    }

    It 'writes the files that others know: <Format>' -ForEach @(
        @{ Format = 'Idx'; Files = 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz', 'train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz' }
        @{ Format = 'Npz'; Files = , 'mnist.npz' }
        @{ Format = 'Npy'; Files = 'x_test.npy', 'x_train.npy', 'y_test.npy', 'y_train.npy' }
        @{ Format = 'Csv'; Files = 'mnist_test.csv', 'mnist_train.csv' }
        @{ Format = 'Png'; Files = 'testing/7/00000.png', 'testing/9/00001.png', 'training/2/00001.png', 'training/7/00000.png', 'training/7/00002.png' }
    ) {
        $training, $test = foreach ($labels in (7, 2, 7), (7, 9)) { , [MnistPS.ImageSet]::new([byte[]]::new(784 * $labels.Count), [byte[]]$labels) }
        $folder = Get-TestPath
        [MnistPS.MnistDataset]::new('few', $training, $test) | Export-MnistDataset $folder -Format $Format
        Get-FileName $folder | Should -Be $Files
    }

    It 'writes four IDX files if nothing is said, and the same bytes each time' {
        $first, $second = (Get-TestPath), (Get-TestPath)
        $data | Export-MnistDataset $first
        $data | Export-MnistDataset $second
        (Get-ChildItem $first | Get-FileHash).Hash | Should -Be (Get-ChildItem $second | Get-FileHash).Hash
        (Get-ChildItem $first).Count | Should -Be 4
    }

    It 'writes a CSV with the columns of Kaggle' {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -Format Csv
        $rows = Import-Csv (Join-Path $folder 'mnist_train.csv')
        $rows | Should -HaveCount 120
        $names = $rows[0].psobject.Properties.Name
        $names | Should -HaveCount 785
        $names[0, 1, 784] | Should -Be 'label', 'pixel0', 'pixel783'
        $rows[5].label | Should -Be $data.Training[5].Label
        $rows[5].pixel300 | Should -Be $data.Training[5].Pixels[300]
    }

    It 'writes a set of <Part> images alone as <Format>, which is read back' -ForEach $(
        foreach ($format in $formats) { @{ Format = $format; Part = 'training'; Fraction = 1 }; @{ Format = $format; Part = 'test'; Fraction = 0 } }
    ) {
        $folder = Get-TestPath
        $own = $data.Training[0..11] | New-MnistDataset -TrainingFraction $Fraction
        $own | Export-MnistDataset $folder -Format $Format
        $said = Get-MnistDataset $folder -Verbose -WarningVariable warnings 4>&1
        "$($said[0])" | Should -Be "'$folder' has no $(@{ training = 'test'; test = 'training' }[$Part]) images."
        $back = $said[-1]
        "$back" | Should -Be "$(Split-Path $folder -Leaf) ($($own.Training.Count), 784) ($($own.Test.Count), 784)"
        Get-Digest ($back.Training + $back.Test) | Should -Be (Get-Digest $data.Training[0..11])
        $warnings | Should -BeNullOrEmpty
    }

    It 'leaves nothing of another set beside a set of training images: <_>' -ForEach $formats {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -Format $_
        $data.Training[0..11] | Export-MnistDataset $folder -Format $_ -Force
        "$(Get-MnistDataset $folder)" | Should -Be "$(Split-Path $folder -Leaf) (12, 784) (0, 784)"
    }

    It 'keeps the names of classes in <_>' -ForEach $formats {
        $folder = Get-TestPath
        $names = 'T-shirt/top', 'お', 'größer', ' spaces ', "it's", 'a,b', '5', '六', 'Ångström', 'nine'
        $data | New-MnistDataset -ClassName $names | Export-MnistDataset $folder -Format $_
        (Get-Content (Join-Path $folder classes.txt) -Encoding utf8) | Should -Be $names
        $back = Get-MnistDataset $folder -WarningVariable warnings
        $back.ClassNames | Should -Be $names
        $back.Test[0].LabelName | Should -Be $names[$back.Test[0].Label]
        Get-Digest $back.Training | Should -Be (Get-Digest $data.Training)
        $warnings | Should -BeNullOrEmpty
        $data | Export-MnistDataset $folder -Format $_ -Force
        (Get-MnistDataset $folder).ClassNames | Should -Be $data.ClassNames -Because 'the names of the set before are none of this one'
    }

    It 'writes varied images as any others, and the same for the same seed' {
        $folder = Get-TestPath
        $varied = $data | New-MnistDataset -Augment Shift, Rotate, Scale, Elastic -Seed 3
        $varied | Export-MnistDataset $folder
        Get-Digest (Get-MnistDataset $folder).Training | Should -Be (Get-Digest ($data | New-MnistDataset -Augment Shift, Rotate, Scale, Elastic -Seed 3).Training)
        Get-Digest $varied.Training | Should -Not -Be (Get-Digest $data.Training)
    }

    It 'takes a npz, one of four arrays and either of two tables as a path' {
        $npz, $csv, $npy = (Get-TestPath), (Get-TestPath), (Get-TestPath)
        $data | Export-MnistDataset $npz -Format Npz
        $data | Export-MnistDataset $npy -Format Npy
        $data | Export-MnistDataset $csv -Format Csv
        foreach ($path in "$npz/mnist.npz", "$npy/x_train.npy", "$npy/y_test.npy", "$csv/mnist_train.csv", "$csv/mnist_test.csv") {
            $back = Get-MnistDataset $path
            $back.Name | Should -Be (Split-Path (Split-Path $path) -Leaf)
            Get-Digest $back.Training | Should -Be (Get-Digest $data.Training)
            Get-Digest $back.Test | Should -Be (Get-Digest $data.Test)
        }
    }

    It 'hands out the folder with -PassThru' {
        $folder = $data | Export-MnistDataset (Get-TestPath) -PassThru
        $folder | Should -BeOfType ([System.IO.DirectoryInfo])
        ($folder | Get-MnistDataset).Training.Count | Should -Be 120
    }

    It 'takes the data set as a parameter, and a path with brackets from where the session is' {
        Push-Location $TestDrive
        try { Export-MnistDataset -Path './set [1]' -Dataset $data }
        finally { Pop-Location }
        (Get-MnistDataset -LiteralPath (Get-TestPath 'set [1]')).Test.Count | Should -Be 30
    }

    Context 'a folder that is there' {
        It 'is filled if it is empty' {
            $folder = (New-Item -ItemType Directory (Get-TestPath)).FullName
            $data | Export-MnistDataset $folder
            Get-FileName $folder | Should -HaveCount 4
        }

        It 'is left alone if it is not' {
            $folder = (New-Item -ItemType Directory (Get-TestPath)).FullName
            Set-Content (Join-Path $folder 'notes.txt') 'mine'
            { $data | Export-MnistDataset $folder } |
                Should -Throw "*'$folder' is there already, and is not empty*-Force*" -ErrorId 'DatasetFolderExists,MnistPS.Commands.ExportMnistDatasetCommand'
            Get-FileName $folder | Should -Be 'notes.txt'
        }

        It 'gets the files with -Force, and keeps the others' {
            $folder = (New-Item -ItemType Directory (Get-TestPath)).FullName
            Set-Content (Join-Path $folder 'notes.txt') 'mine'
            New-BarDataset 5 5 | Export-MnistDataset $folder -Format Csv -Force
            $data | Export-MnistDataset $folder -Format Csv -Force
            Get-FileName $folder | Should -Be 'mnist_test.csv', 'mnist_train.csv', 'notes.txt'
            (Get-MnistDataset $folder).Training.Count | Should -Be 120
        }

        It 'has none of the old pictures among the new ones with -Force' {
            $folder = Get-TestPath
            $data | Export-MnistDataset $folder -Format Png
            New-BarDataset 5 4 | Export-MnistDataset $folder -Format Png -Force
            Get-FileName $folder | Should -HaveCount 9
        }

        It 'is as it was where something stands in the way' {
            $folder = Get-TestPath
            New-BarDataset 5 5 | Export-MnistDataset $folder -Format Csv
            Remove-Item (Join-Path $folder 'mnist_train.csv')
            $null = New-Item -ItemType Directory (Join-Path $folder 'mnist_train.csv')
            $before = (Get-FileHash (Join-Path $folder 'mnist_test.csv')).Hash
            { $data | Export-MnistDataset $folder -Format Csv -Force } |
                Should -Throw "*mnist_train.csv' is a folder, and a file was expected*" -ErrorId 'DatasetFolderNotWritable,MnistPS.Commands.ExportMnistDatasetCommand'
            (Get-FileHash (Join-Path $folder 'mnist_test.csv')).Hash | Should -Be $before
            (Get-ChildItem $folder -Force).Name | Sort-Object | Should -Be 'mnist_test.csv', 'mnist_train.csv'
        }
    }

    It 'says where it cannot write: <Name>' -ForEach @(
        @{ Name = 'no such folder'; Path = { Get-TestPath 'no/such' }; Id = 'DatasetFolderNotWritable'; Message = '*there is no folder*' }
        @{ Name = 'a file'; Path = { Set-Content (Get-TestPath 'file') 'x'; Get-TestPath 'file' }; Id = 'DatasetFolderNotWritable'; Message = '*It is a file; a folder was expected*' }
        @{ Name = 'no such drive'; Path = { 'Nope:set' }; Id = 'DriveNotFound'; Message = '*Nope*' }
        @{ Name = 'no file system'; Path = { 'Env:set' }; Id = 'NotFileSystemPath'; Message = '*Env:set*' }
    ) {
        { $data | Export-MnistDataset (& $Path) } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.ExportMnistDatasetCommand"
    }

    It 'keeps a file that is none of a data set from being replaced' {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -Format Png
        Set-Content (Join-Path $folder training notes.txt) 'mine'
        { $data | Export-MnistDataset $folder -Format Png -Force } | Should -Throw '*notes.txt*' -ErrorId 'DatasetFolderNotWritable,MnistPS.Commands.ExportMnistDatasetCommand'
        Get-Content (Join-Path $folder training notes.txt) | Should -Be 'mine'
        (Get-MnistDataset $folder).Training.Count | Should -Be $data.Training.Count
    }

    It 'is read with a warning where a folder has two forms' {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -Format Idx
        $data | Export-MnistDataset $folder -Format Csv -Force
        (Get-MnistDataset $folder -WarningVariable warnings -WarningAction SilentlyContinue).Training.Count | Should -Be $data.Training.Count
        $warnings | Should -BeLike '*in several forms: IDX, CSV. IDX is read.*'
    }

    It 'refuses a second data set for the same folder, and keeps the first' {
        $folder = Get-TestPath
        { $data, (New-BarDataset 3 3) | Export-MnistDataset $folder -Force } |
            Should -Throw '*More than one data set*Export-MnistDataset $_.Name*' -ErrorId 'OneDatasetAFolder,MnistPS.Commands.ExportMnistDatasetCommand'
        (Get-MnistDataset $folder).Training.Count | Should -Be 120
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a data set without images'; Item = { $none = [MnistPS.ImageSet]::new([byte[]]::new(0), [byte[]]::new(0)); [MnistPS.MnistDataset]::new('empty', $none, $none) }; Id = 'EmptyImageSet' }
    ) {
        $folder = Get-TestPath
        { & $Item | Export-MnistDataset $folder } | Should -Throw -ErrorId "$Id,MnistPS.Commands.ExportMnistDatasetCommand"
        $folder | Should -Not -Exist
    }

    It 'passes over what is no data set' {
        $folder = Get-TestPath
        'text', $data | Export-MnistDataset $folder -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.FullyQualifiedErrorId | Should -Be 'ForeignObject,MnistPS.Commands.ExportMnistDatasetCommand'
        (Get-MnistDataset $folder).Training.Count | Should -Be 120
    }

    It 'says what it would do with -WhatIf, and does nothing' {
        $folder = Get-TestPath
        $data | Export-MnistDataset $folder -WhatIf
        $folder | Should -Not -Exist
    }

    It 'leaves nothing where it is stopped: <_>' -ForEach $formats {
        $folder = Get-TestPath
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript("Import-Module '$MnistPSModule'; `$set = [MnistPS.ImageSet]::new([byte[]]::new(784 * 100000), [byte[]]::new(100000)); `$data = [MnistPS.MnistDataset]::new('blank', `$set, `$set)").Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript("while (`$true) { `$data | Export-MnistDataset '$folder/new' -Format $_ -Force }")
            $null = New-Item -ItemType Directory $folder
            $null = $shell.BeginInvoke()
            while (-not (Get-ChildItem $folder -Force)) { Start-Sleep -Milliseconds 5 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { $shell.Dispose() }
        # At most a whole one of before.
        Get-ChildItem $folder -Recurse -Filter '*.partial' -Force | Should -BeNullOrEmpty
        if (Test-Path "$folder/new") { (Get-MnistDataset "$folder/new").Training.Count | Should -Be 100000 }
    }
}
