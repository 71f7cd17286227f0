BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    . (Join-Path $PSScriptRoot mirror.ps1)

    $names = 'train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'

    function New-Idx([int[]]$Size, [byte[]]$Value, [byte]$ElementType = 8) {
        $header = [byte[]](0, 0, $ElementType, $Size.Count)
        foreach ($number in $Size) {
            $bytes = [System.BitConverter]::GetBytes($number)
            [array]::Reverse($bytes)
            $header += $bytes
        }
        , [byte[]]($header + $Value)
    }

    function Compress-Byte([byte[]]$Bytes) {
        $stream = [System.IO.MemoryStream]::new()
        $gzip = [System.IO.Compression.GZipStream]::new($stream, [System.IO.Compression.CompressionMode]::Compress)
        $gzip.Write($Bytes, 0, $Bytes.Length)
        $gzip.Dispose()
        , $stream.ToArray()
    }

    # Three training and two test images. Every pixel of an image is its label.
    function New-DigitFolder([string]$Name) {
        $folder = Join-Path $TestDrive $Name
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $pixels = [byte[]]::new(3 * 784)
        for ($i = 0; $i -lt $pixels.Length; $i++) { $pixels[$i] = (5, 0, 4)[[int][System.Math]::Floor($i / 784)] }
        Set-File $folder $names[0] (New-Idx (3, 28, 28) $pixels)
        Set-File $folder $names[1] (New-Idx 3 (5, 0, 4))
        Set-File $folder $names[2] (New-Idx (2, 28, 28) $pixels[0..1567])
        Set-File $folder $names[3] (New-Idx 2 (5, 0))
        $folder
    }

    function Set-File([string]$Folder, [string]$Name, [byte[]]$Bytes) {
        [System.IO.File]::WriteAllBytes((Join-Path $Folder $Name), $Bytes)
    }

    # A pipeline of its own, to be stopped or to run beside another.
    function New-Pipeline([string]$CachePath, [uri[]]$BaseUri) {
        $pipeline = [powershell]::Create([initialsessionstate]::CreateDefault2())
        $null = $pipeline.AddScript('param($module, $cache, $mirrors) Import-Module $module; Get-MnistDataset -CachePath $cache -BaseUri $mirrors')
        $null = $pipeline.AddArgument($MnistPSModule).AddArgument($CachePath).AddArgument($BaseUri)
        $pipeline
    }

    function Get-FileName([string]$Folder) {
        if ([System.IO.Directory]::Exists($Folder)) { [System.IO.Directory]::GetFiles($Folder).ForEach{ [System.IO.Path]::GetFileName($_) } }
    }
}

Describe 'Get-MnistDataset' {
    Context 'from a folder' {
        It 'reads four files' {
            $data = Get-MnistDataset -Path (New-DigitFolder digits)
            $data | Should -BeOfType ([MnistPS.MnistDataset])
            $data.Name | Should -Be 'digits'
            $data.Training | Should -BeOfType ([MnistPS.MnistImage])
            $data.Training.Count | Should -Be 3
            $data.Training.Shape.ToString() | Should -Be '(3, 784)'
            $data.Training.Labels | Should -Be 5, 0, 4
            $data.Test.Shape.ToString() | Should -Be '(2, 784)'
            $data.Test[1].Label | Should -Be 0
            $data.Training[2].Index | Should -Be 2
            $data.Training[2].Pixels.Count | Should -Be 784
            $data.Training[2][27, 27] | Should -Be 4
        }

        It 'reads them gzipped, and with a dot before idx' {
            $folder = New-DigitFolder gzipped
            foreach ($name in $names) {
                $path = Join-Path $folder $name
                Set-File $folder "$($name.Replace('-idx', '.idx')).gz" (Compress-Byte ([System.IO.File]::ReadAllBytes($path)))
                [System.IO.File]::Delete($path)
            }
            (Get-MnistDataset -Path $folder).ToString() | Should -Be 'gzipped (3, 784) (2, 784)'
        }

        It 'takes a path from where the session is' {
            $null = New-DigitFolder relative
            $location = $ExecutionContext.SessionState.Path
            $location.PushCurrentLocation('spec')
            try {
                $null = $location.SetLocation($TestDrive)
                (Get-MnistDataset -Path ./relative).Name | Should -Be 'relative'
            }
            finally { $null = $location.PopLocation('spec') }
            (Get-MnistDataset -Path TestDrive:/relative).Name | Should -Be 'relative'
        }

        It 'takes a folder by position, from the pipeline and as Get-Item finds it' {
            $folder = New-DigitFolder given
            (Get-MnistDataset $folder).Name | Should -Be 'given'
            ($folder | Get-MnistDataset -TrainingCount 2).ToString() | Should -Be 'given (2, 784) (2, 784)'
            (Get-Item $folder | Get-MnistDataset).Name | Should -Be 'given'
            ([System.IO.DirectoryInfo]$folder | Get-MnistDataset).Name | Should -Be 'given'
            ([pscustomobject]@{ Path = $folder } | Get-MnistDataset).Name | Should -Be 'given'
            ([pscustomobject]@{ Folder = $folder } | Get-MnistDataset -Path { $_.Folder }).Name | Should -Be 'given'
        }

        It 'takes several folders, and wildcards for them' {
            $first, $second = (New-DigitFolder wild-1), (New-DigitFolder wild-2)
            (Get-MnistDataset $first, $second).Name | Should -Be 'wild-1', 'wild-2'
            ($first, $second | Get-MnistDataset).Name | Should -Be 'wild-1', 'wild-2'
            (Get-MnistDataset (Join-Path $TestDrive 'wild-[12]')).Name | Should -Be 'wild-1', 'wild-2'
            (Get-ChildItem $TestDrive -Filter wild-* | Get-MnistDataset).Name | Should -Be 'wild-1', 'wild-2'
        }

        It 'takes a name with brackets literally where that is asked for, and where Get-Item gives it' {
            $folder = New-DigitFolder 'mine [old]'
            (Get-MnistDataset -LiteralPath $folder).Name | Should -Be 'mine [old]'
            (Get-Item -LiteralPath $folder | Get-MnistDataset).Name | Should -Be 'mine [old]'
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw '*-LiteralPath*' -ErrorId 'NoMatch,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset -LiteralPath (Join-Path $TestDrive '*') -ErrorAction Stop } | Should -Throw -ErrorId 'FolderNotFound,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'takes the first of each set' {
            $data = Get-MnistDataset -Path (New-DigitFolder first) -TrainingCount 2 -TestCount 1
            $data.Training.Labels | Should -Be 5, 0
            $data.Test.Labels | Should -Be 5
        }

        It 'knows MNIST by its digests' -Skip:(-not $MnistPath) {
            $data = Get-MnistDataset -Path $MnistPath
            $data.ToString() | Should -Be 'MNIST (60000, 784) (10000, 784)'
            $data.Training[59999].Label | Should -Be 8
            $data.Training[0..4].Label | Should -Be 5, 0, 4, 1, 9
        }
    }

    Context 'from a folder with one part' {
        It 'reads <_> images alone' -ForEach 'training', 'test' {
            $folder = New-DigitFolder "part-$_"
            Remove-Item (Join-Path $folder ($_ -eq 'training' ? 't10k-*' : 'train-*'))
            $data = Get-MnistDataset $folder -WarningVariable warnings
            "$data" | Should -Be ($_ -eq 'training' ? 'part-training (3, 784) (0, 784)' : 'part-test (0, 784) (2, 784)')
            $warnings | Should -BeNullOrEmpty
        }

        It 'does not take files for missing that have another name: <_>' -ForEach 'T10K-images-idx3-ubyte', 't10k-images-idx3-ubyte/t10k-images-idx3-ubyte' -Skip:(-not $IsLinux) {
            $folder = New-DigitFolder (New-Guid)
            Remove-Item (Join-Path $folder $names[3])
            Rename-Item (Join-Path $folder $names[2]) moved
            $null = New-Item -ItemType Directory (Split-Path (Join-Path $folder $_)) -Force
            Move-Item (Join-Path $folder moved) (Join-Path $folder $_)
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw "*holds no '$($names[2])'*'$_'*" -ErrorId 'FileNotFound,*'
        }

        It 'refuses four files without an image' {
            $folder = New-DigitFolder empty
            foreach ($i in 0, 2) { Set-File $folder $names[$i] (New-Idx (0, 28, 28) @()); Set-File $folder $names[$i + 1] (New-Idx 0 @()) }
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw '*holds no images, and neither does*' -ErrorId 'EmptyImageSet,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses a label file without labels' {
            $folder = New-DigitFolder labels
            Set-File $folder $names[3] (New-Idx 0 @())
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw '*2 images*0 labels*' -ErrorId 'CountMismatch,*'
        }

        It 'takes no count of images that are not there' {
            $folder = New-DigitFolder counted
            Remove-Item (Join-Path $folder 't10k-*')
            { Get-MnistDataset $folder -TestCount 1 -ErrorAction Stop } | Should -Throw '-TestCount is 1, but the set holds 0 images. Leave it out.' -ErrorId 'CountOutOfRange,*'
        }
    }

    Context 'with the names of classes in a file' {
        It 'takes them from classes.txt as others write it' {
            $folder = New-DigitFolder classes
            [System.IO.File]::WriteAllText((Join-Path $folder classes.txt), "`u{FEFF}" + (('a'..'j') -join "`r`n") + "`r`n`r`n", [System.Text.Encoding]::UTF8)
            (Get-MnistDataset $folder).ClassNames | Should -Be ([string[]]('a'..'j'))
            (Get-MnistDataset $folder -Name KuzushijiMnist).ClassNames[0] | Should -Be 'お'
        }

        It 'warns of a classes.txt with <Name>, and passes it over' -ForEach @(
            @{ Name = 'eleven names'; Bytes = { [System.Text.Encoding]::UTF8.GetBytes(('a'..'k') -join "`n") }; Message = '*there are 11*' }
            @{ Name = 'a name twice'; Bytes = { [System.Text.Encoding]::UTF8.GetBytes((('a'..'i') + 'a') -join "`n") }; Message = "*'a' comes more than once*" }
            @{ Name = 'nothing'; Bytes = { , [byte[]]::new(0) }; Message = '*there are 1*' }
            @{ Name = 'another encoding'; Bytes = { [System.Text.Encoding]::Latin1.GetBytes("größer`n") }; Message = '*' }
            @{ Name = 'more than names take'; Bytes = { , [byte[]]::new(100000) }; Message = '*It has 100000 bytes*' }
        ) {
            $folder = New-DigitFolder (New-Guid)
            Set-File $folder classes.txt (& $Bytes)
            $data = Get-MnistDataset $folder -WarningVariable warnings -WarningAction SilentlyContinue
            $data.ClassNames | Should -Be ([string[]](0..9))
            "$warnings" | Should -BeLike "'$(Join-Path $folder classes.txt)' is no list of class names*passed over: $Message"
        }
    }

    Context 'bad folders and files' {
        It 'names a folder that is not there' {
            $missing = Join-Path $TestDrive missing
            { Get-MnistDataset -Path $missing -ErrorAction Stop } | Should -Throw "*'$missing'*" -ErrorId 'FolderNotFound,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'goes on with the other folders' {
            $missing = Join-Path $TestDrive missing
            $data = Get-MnistDataset $missing, (New-DigitFolder other) -ErrorAction SilentlyContinue -ErrorVariable problems
            $data.Name | Should -Be 'other'
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'FolderNotFound,MnistPS.Commands.GetMnistDatasetCommand'
            $problems[0].TargetObject | Should -Be $missing
        }

        It 'says that nothing matches, and what to do' {
            { Get-MnistDataset (Join-Path $TestDrive 'no[thing]*') -ErrorAction Stop } |
                Should -Throw "Nothing matches '*no*thing*'*-LiteralPath*" -ErrorId 'NoMatch,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset 'env:P*' -ErrorAction Stop } | Should -Throw -ErrorId 'NotFileSystemPath,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses a script block where there is nothing to ask it about' {
            { Get-MnistDataset -Path { 'digits' } } | Should -Throw -ErrorId 'ScriptBlockArgumentNoInput,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset -CachePath { 'digits' } } | Should -Throw '*script block*' -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses a path that is none of the file system' {
            { Get-MnistDataset -Path env:PATH -ErrorAction Stop } | Should -Throw -ErrorId 'NotFileSystemPath,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'names the missing <_>' -ForEach 'train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte' {
            $folder = New-DigitFolder incomplete
            [System.IO.File]::Delete((Join-Path $folder $_))
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*'$_'*" -ErrorId 'FileNotFound,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'says what is wrong with <What>' -ForEach @(
            @{ What = 'an empty file'; Id = 'NotIdxFile'; Message = '*is empty*' }
            @{ What = 'a wrong magic'; Id = 'NotIdxFile'; Message = '*begins with 01 00 08 03 at offset 0*00 00 08 03*' }
            @{ What = 'half a header'; Id = 'NotIdxFile'; Message = '*ends at offset 9*16 bytes of header*' }
            @{ What = 'another element type'; Id = 'WrongIdxElementType'; Message = '*type 0D at offset 2*08*' }
            @{ What = 'labels in the place of images'; Id = 'WrongIdxDimensions'; Message = '*1 dimensions at offset 3; 3 were expected*' }
            @{ What = 'images of another size'; Id = 'WrongIdxDimensions'; Message = '*declares 27 as the size of dimension 2 at offset 8; 28 was expected*' }
            @{ What = 'an image too few'; Id = 'WrongIdxLength'; Message = '*declares 3136 elements and holds 2352*' }
            @{ What = 'bytes after the last image'; Id = 'WrongIdxLength'; Message = '*declares 2352 elements and holds more*' }
            @{ What = 'a truncated gzip'; Id = 'CorruptGzip'; Message = '*truncated or corrupt*' }
            @{ What = 'a corrupt gzip'; Id = 'CorruptGzip'; Message = '*truncated or corrupt*' }
        ) {
            $folder = New-DigitFolder bad
            $good = [System.IO.File]::ReadAllBytes((Join-Path $folder $names[0]))
            $gzip = Compress-Byte $good
            [byte[]]$bytes = switch ($What) {
                'an empty file' { }
                'a wrong magic' { , [byte[]](@(1) + $good[1..($good.Length - 1)]) }
                'half a header' { , $good[0..8] }
                'another element type' { , (New-Idx (3, 28, 28) $good[16..2367] 13) }
                'labels in the place of images' { , (New-Idx 3 (5, 0, 4)) }
                'images of another size' { , (New-Idx (3, 27, 28) $good[16..2367]) }
                'an image too few' { , (New-Idx (4, 28, 28) $good[16..2367]) }
                'bytes after the last image' { , [byte[]]($good + @(0)) }
                'a truncated gzip' { , $gzip[0..($gzip.Length - 5)] }
                'a corrupt gzip' { $gzip[$gzip.Length - 6] = $gzip[$gzip.Length - 6] -bxor 255; , $gzip }
            }
            Set-File $folder $names[0] ($bytes ?? [byte[]]::new(0))
            $failure = { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand" -PassThru
            $failure.Exception.Message | Should -BeLike "'$(Join-Path $folder $names[0])' *"
            $failure.CategoryInfo.Category | Should -Be 'InvalidData'
        }

        It 'does not make room for a huge size' {
            $folder = New-DigitFolder huge
            Set-File $folder $names[0] (New-Idx (900000, 28, 28) ([byte[]]::new(784)))
            $before = [System.GC]::GetTotalAllocatedBytes()
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw '*declares 705600000 elements and holds 784*' -ErrorId 'WrongIdxLength,MnistPS.Commands.GetMnistDatasetCommand'
            [System.GC]::GetTotalAllocatedBytes() - $before | Should -BeLessThan 100000000
        }

        It 'wants a label for each image' {
            $folder = New-DigitFolder unequal
            Set-File $folder $names[1] (New-Idx 2 (5, 0))
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw '*3 images*2 labels*' -ErrorId 'CountMismatch,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses a label over 9 and says where it is' {
            $folder = New-DigitFolder label
            Set-File $folder $names[3] (New-Idx 2 (5, 12))
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*$($names[3])' has label 12 at index 1*" -ErrorId 'LabelOutOfRange,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses more images than there are' {
            $folder = New-DigitFolder few
            { Get-MnistDataset -Path $folder -TrainingCount 4 -ErrorAction Stop } | Should -Throw '-TrainingCount is 4, but the set holds 3 images*' -ErrorId 'CountOutOfRange,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset -Path $folder -TestCount 3 -ErrorAction Stop } | Should -Throw '-TestCount is 3, but the set holds 2 images*' -ErrorId 'CountOutOfRange,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses a count of <_>' -ForEach 0, -1 {
            $count = $_
            { Get-MnistDataset -Synthetic -TrainingCount $count } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset -Synthetic -TestCount $count } | Should -Throw -ErrorId 'ParameterArgumentValidationError,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses parameters that contradict each other' {
            { Get-MnistDataset -Path $TestDrive -Synthetic } | Should -Throw -ErrorId 'AmbiguousParameterSet,MnistPS.Commands.GetMnistDatasetCommand'
        }
    }

    Context 'in other forms' {
        BeforeAll {
            $digits = Get-MnistDataset (New-DigitFolder forms)
            function New-Form([string]$Format) {
                $folder = Join-Path $TestDrive ([guid]::NewGuid())
                $digits | Export-MnistDataset $folder -Format $Format
                $folder
            }

            # Changes the lines of a table.
            function Edit-Table([string]$Folder, [scriptblock]$Edit) {
                $path = Join-Path $Folder 'mnist_train.csv'
                [System.IO.File]::WriteAllLines($path, [string[]]@(Get-Content $path | & $Edit))
            }
        }

        It 'takes a table of 785 columns without a header, label first' {
            $folder = New-Form Csv
            Edit-Table $folder { $input | Select-Object -Skip 1 }
            $data = Get-MnistDataset $folder
            $data.Training.Labels | Should -Be 5, 0, 4
            $data.Training[2].Pixels | Should -Be $digits.Training[2].Pixels
        }

        It 'takes what Export-Csv wrote, in a culture of semicolons too' {
            $folder = New-Form Csv
            foreach ($path in Get-ChildItem $folder) { $rows = Import-Csv $path; $rows | Export-Csv $path -Delimiter ';' }
            (Get-MnistDataset $folder).Test.Labels | Should -Be 5, 0
        }

        It 'takes the form that comes first where there are several' {
            $folder = New-Form Csv
            [MnistPS.MnistDataset]::new('turned', $digits.Test, $digits.Training) | Export-MnistDataset $folder -Format Npz -Force
            (Get-MnistDataset $folder).Test.Count | Should -Be 3
            (Get-MnistDataset (Join-Path $folder 'mnist_train.csv')).Test.Count | Should -Be 2
        }

        It 'says what is wrong with a table: <Name>' -ForEach @(
            @{ Name = 'a column that is missing'; Edit = { $input -replace '^label,pixel0,', 'label,' }; Id = 'WrongCsvColumns'; Message = "Line 1 of '*mnist_train.csv' names 784 columns, and 'pixel0' is missing; 785 were expected*" }
            @{ Name = 'a row that is short'; Edit = { $input -replace '^0,0,', '0,' }; Id = 'WrongCsvColumns'; Message = "Line 3 of '*mnist_train.csv' has 784 columns; 785 were expected*" }
            @{ Name = 'text'; Edit = { $input -replace '^5,5,', '5,five,' }; Id = 'WrongCsvValue'; Message = "Line 2 of '*mnist_train.csv' has 'five' in column 2; a whole number from 0 (paper) to 255 (ink) was expected*" }
        ) {
            $folder = New-Form Csv
            Edit-Table $folder $Edit
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand"
        }

        It 'takes one table alone, by its folder and by its path' {
            $folder = New-Form Csv
            Move-Item (Join-Path $folder mnist_test.csv) (Join-Path $TestDrive moved.csv)
            foreach ($path in $folder, (Join-Path $folder mnist_train.csv)) { "$(Get-MnistDataset $path)" | Should -BeLike '* (3, 784) (0, 784)' }
            Remove-Item (Join-Path $folder mnist_train.csv)
            Move-Item (Join-Path $TestDrive moved.csv) (Join-Path $folder mnist_test.csv)
            foreach ($path in $folder, (Join-Path $folder mnist_test.csv)) { "$(Get-MnistDataset $path)" | Should -BeLike '* (0, 784) (2, 784)' }
        }

        It 'leaves Kaggle''s test images out, and says how they are predicted' {
            $folder = New-Form Csv
            $rows = Import-Csv (Join-Path $folder mnist_test.csv)
            $rows | Select-Object * -ExcludeProperty label | Export-Csv (Join-Path $folder mnist_test.csv) -UseQuotes Never
            $command = "Get-Content '$(Join-Path $folder mnist_test.csv)' | Select-Object -Skip 1 | ForEach-Object { , [byte[]]`$_.Split(',') } | Invoke-MnistPrediction `$network"
            foreach ($path in $folder, (Join-Path $folder mnist_train.csv)) {
                "$(Get-MnistDataset $path -WarningVariable warnings -WarningAction SilentlyContinue)" | Should -BeLike '* (3, 784) (0, 784)'
                $warnings | Should -HaveCount 1
                "$warnings" | Should -BeLike "The data set has no test images: *no column 'label'*Kaggle*"
                "$warnings".EndsWith($command) | Should -BeTrue
            }
            { Get-MnistDataset (Join-Path $folder mnist_test.csv) -ErrorAction Stop } | Should -Throw "*no column 'label'*" -ErrorId 'CsvWithoutLabels,MnistPS.Commands.GetMnistDatasetCommand'
            Remove-Item (Join-Path $folder mnist_train.csv)
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw "*no column 'label'*" -ErrorId 'CsvWithoutLabels,*'

            $network = New-MnistNetwork -Seed 1
            $predictions = @(& ([scriptblock]::Create($command)))
            $predictions.ForEach{ "$($_.Scores)" } | Should -Be @($digits.Test | Invoke-MnistPrediction $network).ForEach{ "$($_.Scores)" }
            $predictions.Index | Should -Be 0, 1
        }

        It 'refuses a table for training without labels' {
            $folder = New-Form Csv
            Edit-Table $folder { $input -replace '^[^,]+,' }
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw "*mnist_train.csv' has no column 'label'*" -ErrorId 'CsvWithoutLabels,*'
        }

        It 'says of a file what it is: <Name>' -ForEach @(
            @{ Name = 'a table of an unknown part'; File = 'digits.csv'; Text = 'label'; Id = 'NotCsvDataset'; Message = '*does not say by its name whether it is for training*' }
            @{ Name = 'a web page'; File = 'mnist.npz'; Text = '<html>Log in'; Id = 'NotNpzDataset'; Message = '*It is a web page*' }
            @{ Name = 'something else'; File = 'digits.txt'; Text = 'digits'; Id = 'FolderNotFound'; Message = "*is a file, and no folder*mnist.npz*" }
        ) {
            $path = Join-Path $TestDrive $File
            Set-Content -LiteralPath $path -Value $Text
            { Get-MnistDataset $path -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand"
        }

        It 'says that an archive is to be unpacked' {
            $folder = New-Form Csv
            Compress-Archive "$folder/*" "$folder.zip"
            { Get-MnistDataset "$folder.zip" -ErrorAction Stop } | Should -Throw "*a zip archive without arrays of NumPy. It holds 'mnist_*.csv'. Unpack it*" -ErrorId 'NotNpzDataset,*'
        }

        It 'takes pictures in the order of their numbers' {
            $folder = New-Form Png
            Set-Content (Join-Path $folder readme.txt) 'x'
            Rename-Item (Join-Path $folder training 0 00001.png) 'digit 9.png'
            Rename-Item (Join-Path $folder training 4 00002.png) 'digit 10.png'
            Rename-Item (Join-Path $folder training 5 00000.png) 'digit 8.png'
            (Get-MnistDataset $folder -WarningVariable warnings).Training.Labels | Should -Be 5, 0, 4
            $warnings | Should -BeNullOrEmpty
        }

        It 'warns of what it passes over among pictures, but for what is hidden' {
            $folder = New-Form Png
            foreach ($name in 'training/5/photo.JPG', 'training/5/notes.txt', 'training/ten/00000.png', 'training/.DS_Store', 'training/5/._00000.png') {
                $null = New-Item (Join-Path $folder $name) -Force -Value 'x'
            }
            if ($IsWindows) { foreach ($name in '.DS_Store', '5/._00000.png') { (Get-Item (Join-Path $folder training $name) -Force).Attributes = 'Hidden' } }
            (Get-MnistDataset $folder -WarningVariable warnings -WarningAction SilentlyContinue).Training.Labels | Should -Be 5, 0, 4
            $warnings | Should -HaveCount 1
            $inside = Join-Path $folder training
            "$warnings" | Should -BeLike "'$inside' has 3 files and folders that are passed over, such as '5?notes.txt'. 3 images were read: files that end in .png, in folders 0 to 9.*"
            "$warnings".EndsWith("Get-ChildItem '$inside' -Recurse -Filter *.JPG | ConvertTo-MnistImage -Label { `$_.Directory.Name } | New-MnistDataset") | Should -BeTrue
        }

        It 'reads folders of pictures in capitals, and warns of a third' {
            $folder = New-Form Png
            Rename-Item (Join-Path $folder testing) Test
            Copy-Item (Join-Path $folder training) (Join-Path $folder validation) -Recurse
            $back = Get-MnistDataset $folder -WarningVariable warnings -WarningAction SilentlyContinue
            "$($back.Training.Labels)/$($back.Test.Labels)" | Should -Be '5 0 4/5 0'
            "$warnings" | Should -Be "'$(Join-Path $folder validation)' has folders 0 to 9 too, and is passed over. Folders training and testing are read, or train and test."
        }

        It 'reads folders of pictures of one part alone: <_>' -ForEach 'training', 'testing' {
            $folder = New-Form Png
            Remove-Item (Join-Path $folder $_) -Recurse
            $back = Get-MnistDataset $folder
            "$($back.Training.Labels)/$($back.Test.Labels)" | Should -Be ($_ -eq 'training' ? '/5 0' : '5 0 4/')
        }

        It 'says what is wrong with pictures: <Name>' -ForEach @(
            @{ Name = 'none but those of another format'; Break = { Get-ChildItem "$folder/testing" -Recurse -File | Rename-Item -NewName { $_.BaseName + '.jpg' } }; Id = 'NotPngDataset'; Message = "'*testing' has no pictures in its folders 0 to 9*-Filter *.jpg | ConvertTo-MnistImage *" }
            @{ Name = 'none in a folder'; Break = { Remove-Item "$folder/testing/*/*" }; Id = 'NotPngDataset'; Message = "'*testing' has no pictures in its folders 0 to 9*" }
            @{ Name = 'one that is cut off'; Break = { $path = "$folder/testing/0/00001.png"; $bytes = [System.IO.File]::ReadAllBytes($path); [System.IO.File]::WriteAllBytes($path, $bytes[0..60]) }; Id = 'NotGreyPng'; Message = "'*00001.png' ends too early. A PNG of 28 by 28*" }
            @{ Name = 'one that is a photo'; Break = { [System.IO.File]::WriteAllBytes("$folder/testing/0/00001.png", [byte[]]::new(100000)) }; Id = 'NotGreyPng'; Message = "'*00001.png' has 100000 bytes, more than a digit takes*" }
        ) {
            $folder = New-Form Png
            . $Break
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw $Message -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand"
        }
    }

    Context 'what is no file' {
        It 'is a pipe, which does not hang' -Skip:$IsWindows {
            $folder = New-DigitFolder pipe
            Remove-Item (Join-Path $folder $names[1])
            & mkfifo (Join-Path $folder $names[1])
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw '*It is a pipe; a file was expected.*' -ErrorId 'FileNotReadable,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'is <Name>, and is called so' -ForEach @(
            @{ Name = 'a web page'; Text = '<!DOCTYPE html><html>'; Says = 'is a web page (it begins with' }
            @{ Name = 'a pointer of Git LFS'; Text = "version https://git-lfs.github.com/spec/v1`noid sha256:1"; Says = 'is a Git LFS pointer' }
        ) {
            $folder = New-DigitFolder instead
            Set-Content -LiteralPath (Join-Path $folder $names[2]) -Value $Text -NoNewline
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*$($names[2])' $Says*an IDX file was expected*" -ErrorId 'NotIdxFile,*'
        }

        It 'is missing, and what lies there instead is told' {
            $folder = New-DigitFolder archive
            Remove-Item (Join-Path $folder $names[3])
            Set-Content -LiteralPath (Join-Path $folder 'archive.zip') -Value 'PK'
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*holds no '$($names[3])'*It holds 'archive.zip', *unpack the archive*" -ErrorId 'FileNotFound,*'
        }
    }

    Context 'a folder of the family' {
        BeforeAll {
            # Rows of a label each, as QMNIST has them: eight big-endian numbers.
            function New-QmnistLabel([int[]]$Label) {
                $bytes = foreach ($digit in $Label) { 0, 0, 0, $digit; 0, 0, 0, 4; 0, 0, 1, 44; 0, 0, 0, 1; 0, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0 }
                New-Idx ($Label.Count, 8) $bytes 12
            }

            # Four files of drawn digits, under a prefix and with rows as columns if that is wanted.
            function New-FamilyFolder([string]$Name, [string]$Prefix, [switch]$Transposed) {
                $folder = Join-Path $TestDrive $Name
                $null = [System.IO.Directory]::CreateDirectory($folder)
                $parts = $Prefix ? ('train', 'test') : ('train', 't10k')
                foreach ($i in 0, 1) {
                    $set = ($drawn.Training, $drawn.Test)[$i]
                    $pixels = [byte[]]::new(784 * $set.Count)
                    for ($image = 0; $image -lt $set.Count; $image++) {
                        $own = $set[$image].Pixels
                        for ($pixel = 0; $pixel -lt 784; $pixel++) { $pixels[784 * $image + $pixel] = $own[($Transposed ? $pixel % 28 * 28 + [math]::Floor($pixel / 28) : $pixel)] }
                    }
                    Set-File $folder "$Prefix$($parts[$i])-images-idx3-ubyte.gz" (Compress-Byte (New-Idx ($set.Count, 28, 28) $pixels))
                    Set-File $folder "$Prefix$($parts[$i])-labels-idx1-ubyte.gz" (Compress-Byte (New-Idx $set.Count ([byte[]]$set.Label)))
                }
                $folder
            }

            $drawn = Get-MnistDataset -Synthetic -Seed 3 -TrainingCount 120 -TestCount 3
        }

        It 'EMNIST''s digits are put right, and said to be' {
            $folder = New-FamilyFolder emnist 'emnist-digits-' -Transposed
            $said = Get-MnistDataset -Path $folder -Verbose -WarningVariable warnings 4>&1
            $data = $said[-1]
            "$($said[0])" | Should -Be "The images in '$folder' have their rows as columns, as EMNIST is published. They are put right."
            $data.Name | Should -Be 'EMNIST'
            foreach ($i in 0..4) { $data.Training[$i].Pixels | Should -Be $drawn.Training[$i].Pixels }
            $data.Test[2].Pixels | Should -Be $drawn.Test[2].Pixels
            @($data.Training.Label) | Should -Be @($drawn.Training.Label)
            $warnings | Should -BeNullOrEmpty
        }

        It 'EMNIST''s files are told of where one is missing' {
            $folder = New-FamilyFolder emnist-part 'emnist-digits-' -Transposed
            Remove-Item (Join-Path $folder 'emnist-digits-test-labels-idx1-ubyte.gz')
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*holds no 'emnist-digits-test-labels-idx1-ubyte'*" -ErrorId 'FileNotFound,*'
        }

        It 'EMNIST''s letters are not read' {
            $folder = New-FamilyFolder emnist-letters 'emnist-letters-' -Transposed
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw "*files of EMNIST, of which those that begin with 'emnist-digits-'*" -ErrorId 'FileNotFound,*'
        }

        It 'QMNIST''s labels are the first of eight numbers' {
            $folder = New-FamilyFolder qmnist 'qmnist-'
            Remove-Item (Join-Path $folder '*labels*')
            Set-File $folder 'qmnist-train-labels-idx2-int.gz' (Compress-Byte (New-QmnistLabel @($drawn.Training.Label)))
            Set-File $folder 'qmnist-test-labels-idx2-int' (New-QmnistLabel @($drawn.Test.Label))
            $data = Get-MnistDataset -Path $folder
            "$data" | Should -Be 'QMNIST (120, 784) (3, 784)'
            @($data.Training.Label) | Should -Be @($drawn.Training.Label)
            @($data.Test.Label) | Should -Be @($drawn.Test.Label)
        }

        It 'QMNIST''s labels are refused where <What>' -ForEach @(
            @{ What = 'one is no digit'; Make = { New-QmnistLabel (1, 2, 10) }; Id = 'LabelOutOfRange' }
            @{ What = 'they are bytes'; Make = { New-Idx 3 (1, 2, 3) }; Id = 'WrongIdxElementType' }
            @{ What = 'they have another number of columns'; Make = { New-Idx (3, 1) ([byte[]]::new(12)) 12 }; Id = 'WrongIdxDimensions' }
            @{ What = 'they are too few'; Make = { New-QmnistLabel (1, 2) }; Id = 'CountMismatch' }
            @{ What = 'they end in the middle'; Make = { , (New-QmnistLabel (1, 2, 3))[0..80] }; Id = 'WrongIdxLength' }
        ) {
            $folder = New-FamilyFolder "qmnist-$Id" 'qmnist-'
            Remove-Item (Join-Path $folder '*labels*')
            Set-File $folder 'qmnist-train-labels-idx2-int' (New-QmnistLabel @($drawn.Training.Label))
            Set-File $folder 'qmnist-test-labels-idx2-int' (& $Make)
            { Get-MnistDataset -Path $folder -ErrorAction Stop } | Should -Throw -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand"
        }

        It 'that looks transposed is warned of' {
            $folder = New-FamilyFolder turned '' -Transposed
            $data = Get-MnistDataset -Path $folder -WarningVariable warnings -WarningAction SilentlyContinue
            $data.Training.Count | Should -Be 120
            "$warnings" | Should -BeLike "The images in '$folder' look as if their rows were columns. Look at them: `$data.Training``[0..4``] | Show-MnistImage. *'emnist-digits-train-images-idx3-ubyte'*are put right*"
            @($data.Training[0..4] | Show-MnistImage -Renderer Ascii).Count | Should -BeGreaterThan 0
            $null = Get-MnistDataset -Path (New-FamilyFolder upright '') -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
        }

        It 'that looks transposed is warned of in any form: <_>' -ForEach ([enum]::GetNames([MnistPS.DatasetFormat])) {
            $turned = Get-MnistDataset -Path (New-FamilyFolder "turned-$_" '' -Transposed) -WarningAction SilentlyContinue
            foreach ($set in $turned, ($turned | New-MnistDataset -TrainingFraction 0)) {
                $folder = Join-Path $TestDrive (New-Guid)
                $set | Export-MnistDataset $folder -Format $_
                $null = Get-MnistDataset $folder -WarningVariable warnings -WarningAction SilentlyContinue
                "$warnings" | Should -BeLike "The images in '$folder' look as if their rows were columns.*"
            }
            $drawn | Export-MnistDataset $folder -Format $_ -Force
            $null = Get-MnistDataset $folder -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            $turned | New-MnistDataset -ClassName ('a'..'j') | Export-MnistDataset $folder -Format $_ -Force
            $null = Get-MnistDataset $folder -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty -Because 'classes with other names are no digits'
        }

        It 'EMNIST''s tables are put right, and said to be' {
            $folder = Join-Path $TestDrive (New-Guid)
            Get-MnistDataset -Path (New-FamilyFolder emnist-table '' -Transposed) -WarningAction SilentlyContinue | Export-MnistDataset $folder -Format Csv
            Get-ChildItem $folder | Rename-Item -NewName { $_.Name -replace '^mnist_', 'emnist-digits-' }
            $said = Get-MnistDataset $folder -Verbose -WarningVariable warnings 4>&1
            "$($said[0])" | Should -BeLike "The images in '*emnist-digits-train.csv' have their rows as columns*They are put right."
            $said[-1].Training[3].Pixels | Should -Be $drawn.Training[3].Pixels
            $said[-1].Test[2].Pixels | Should -Be $drawn.Test[2].Pixels
            $warnings | Should -BeNullOrEmpty
        }

        It 'is of the collection that -Name says' {
            $data = Get-MnistDataset -Name FashionMnist -Path (New-FamilyFolder clothes '' -Transposed) -WarningVariable warnings
            $data.Name | Should -Be 'Fashion-MNIST'
            $data.ClassNames | Should -Be ('T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot')
            $warnings | Should -BeNullOrEmpty -Because 'clothes have no side that digits have'
            (Get-MnistDataset -Name KuzushijiMnist -LiteralPath (New-FamilyFolder kana '')).ClassNames[0] | Should -Be 'お'
        }
    }

    Context 'drawn digits' {
        It 'are as many as asked for' {
            $data = Get-MnistDataset -Synthetic -TrainingCount 30 -TestCount 20
            $data.Training.Shape.ToString() | Should -Be '(30, 784)'
            $data.Test.Shape.ToString() | Should -Be '(20, 784)'
        }

        It 'have labels that no script can change' {
            $data = Get-MnistDataset -Synthetic -TrainingCount 3 -TestCount 1
            $label = $data.Training[0].Label
            { $data.Training.Labels[0] = 200 } | Should -Throw
            $data.Training.Labels[0] | Should -Be $label
        }

        It 'are the same for the same seed and others for another' {
            $default, $zero, $one = $null, 0, 1 | ForEach-Object {
                $seed = if ($null -ne $_) { @{ Seed = $_ } } else { @{} }
                [System.Convert]::ToHexString((Get-MnistDataset -Synthetic @seed -TrainingCount 1 -TestCount 1).Training[0].Pixels)
            }
            $zero | Should -Be $default
            $one | Should -Not -Be $zero
        }

        It 'are of no collection' {
            { Get-MnistDataset -Name FashionMnist -Synthetic } | Should -Throw '-Name and -Synthetic contradict each other*' -ErrorId 'ContradictingParameters,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'are as many as MNIST has, and no more' {
            "$(Get-MnistDataset -Synthetic)" | Should -BeLike '*60000*10000*'
            { Get-MnistDataset -Synthetic -TrainingCount 60001 } | Should -Throw '*holds 60000 images*' -ErrorId 'CountOutOfRange,MnistPS.Commands.GetMnistDatasetCommand'
            { Get-MnistDataset -Synthetic -TestCount 10001 } | Should -Throw '*holds 10000 images*' -ErrorId 'CountOutOfRange,MnistPS.Commands.GetMnistDatasetCommand'
        }
    }

    Context 'from a mirror' {
        BeforeEach {
            $mirrors = [System.Collections.Generic.List[object]]::new()
            $cache = Join-Path $TestDrive ([guid]::NewGuid().ToString())
        }

        AfterEach {
            foreach ($mirror in $mirrors) { Stop-Mirror $mirror }
        }

        It 'fetches MNIST once and keeps it' -Skip:(-not $MnistPath) {
            $mirror = Start-Mirror Files $MnistPath
            $data = Get-MnistDataset -CachePath $cache -BaseUri $mirror.Uri -WarningVariable warnings
            $data.ToString() | Should -Be 'MNIST (60000, 784) (10000, 784)'
            $mirror.Requests | Should -Be ($names.ForEach{ "$_.gz" })
            $warnings | Should -BeNullOrEmpty

            $data = Get-MnistDataset -CachePath $cache -BaseUri $mirror.Uri -TrainingCount 1000 -TestCount 500
            $data.ToString() | Should -Be 'MNIST (1000, 784) (500, 784)'
            $mirror.Requests.Count | Should -Be 4
            $null = Get-MnistDataset -CachePath $cache -BaseUri $mirror.Uri -Force
            $mirror.Requests.Count | Should -Be 8
            Get-FileName $cache | Should -HaveCount 4
        }

        It 'keeps it where MNISTPS_CACHE says' -Skip:(-not $MnistPath) {
            $before = $env:MNISTPS_CACHE
            $env:MNISTPS_CACHE = $MnistPath
            try { (Get-MnistDataset -BaseUri http://127.0.0.1:1/ -TrainingCount 1).Name | Should -Be 'MNIST' }
            finally { $env:MNISTPS_CACHE = $before }
        }

        It 'reports progress by file, within 80 columns' -Skip:(-not $MnistPath) {
            $mirror = Start-Mirror Files $MnistPath
            $pipeline = New-Pipeline $cache $mirror.Uri
            $null = $pipeline.Invoke()
            $records = $pipeline.Streams.Progress.Where{ $_.Activity -eq 'Downloading MNIST' }
            $pipeline.Dispose()
            $length = [System.IO.FileInfo]::new((Join-Path $MnistPath "$($names[0]).gz")).Length
            $megabytes = '{0:0.00}' -f ($length / 1e6)
            $records.StatusDescription | Should -Contain "$($names[0]).gz: $megabytes of $megabytes MB"
            # PowerShell draws a bar of 80 columns: the activity, two brackets, two spaces and the status.
            foreach ($record in $records) { "$($record.Activity) [$($record.StatusDescription) ]".Length | Should -BeLessOrEqual 80 }
            $records[0].PercentComplete | Should -BeLessThan 50
            $records[-1].RecordType | Should -Be 'Completed'
        }

        It 'warns of a bad file in the cache and of a bad mirror, and goes on' -Skip:(-not $MnistPath) {
            $null = [System.IO.Directory]::CreateDirectory($cache)
            foreach ($name in $names) {
                [System.IO.File]::Copy((Join-Path $MnistPath "$name.gz"), (Join-Path $cache "$name.gz"))
            }
            Set-File $cache "$($names[2]).gz" ([byte[]] (1, 2, 3))
            $page = Start-Mirror Page
            $mirror = Start-Mirror Files $MnistPath
            $data = Get-MnistDataset -CachePath $cache -BaseUri $page.Uri, $mirror.Uri -WarningVariable warnings -WarningAction SilentlyContinue
            $data.ToString() | Should -Be 'MNIST (60000, 784) (10000, 784)'
            $warnings | Should -HaveCount 2
            $warnings[0].Message | Should -BeLike "'$(Join-Path $cache "$($names[2]).gz")' begins with 01 02 03 at offset 0; *It is fetched again."
            $warnings[1].Message | Should -BeLike "'$($page.Uri)$($names[2]).gz' is a web page*; an IDX file was expected*"
            $mirror.Requests | Should -Be "$($names[2]).gz"
            (Get-MnistDataset -CachePath $cache -BaseUri $page.Uri -WarningVariable warnings).Name | Should -Be 'MNIST'
            $warnings | Should -BeNullOrEmpty
        }

        It 'can be done by two at once' -Skip:(-not $MnistPath) {
            $mirror = Start-Mirror Files $MnistPath
            $pipelines = (New-Pipeline $cache $mirror.Uri), (New-Pipeline $cache $mirror.Uri)
            $runs = $pipelines.ForEach{ $_.BeginInvoke() }
            foreach ($i in 0, 1) {
                $pipelines[$i].EndInvoke($runs[$i]).ForEach{ $_.ToString() } | Should -Be 'MNIST (60000, 784) (10000, 784)'
                $pipelines[$i].Dispose()
            }
            Get-FileName $cache | Should -HaveCount 4
            (Get-MnistDataset -CachePath $cache -BaseUri http://127.0.0.1:1/ -WarningVariable warnings).Name | Should -Be 'MNIST'
            $warnings | Should -BeNullOrEmpty
        }

        It 'fetches <Name> by its own names and keeps nothing that is not it' -ForEach @(
            @{ Name = 'FashionMnist'; Folder = 'fashion-mnist'; Title = 'Fashion-MNIST' }
            @{ Name = 'KuzushijiMnist'; Folder = 'kuzushiji-mnist'; Title = 'Kuzushiji-MNIST' }
        ) {
            $mirror = Start-Mirror Page
            { Get-MnistDataset -Name $Name -CachePath $cache -BaseUri $mirror.Uri -WarningAction SilentlyContinue } |
                Should -Throw "*No mirror sent $($names[0]).gz*the four files of $Title*" -ErrorId 'DownloadFailed,MnistPS.Commands.GetMnistDatasetCommand'
            $mirror.Requests | Should -Be "$($names[0]).gz"
            Get-FileName $cache | Should -Be $null
            Join-Path $cache $Folder | Should -Exist
        }

        It 'does not take MNIST for <_>' -ForEach 'FashionMnist', 'KuzushijiMnist' -Skip:(-not $MnistPath) {
            $mirror = Start-Mirror Files $MnistPath
            $family = $_
            $digest = (Get-FileHash (Join-Path $MnistPath "$($names[0]).gz") -Algorithm MD5).Hash.ToLowerInvariant()
            { Get-MnistDataset -Name $family -CachePath $cache -BaseUri $mirror.Uri -WarningAction SilentlyContinue } | Should -Throw "*its MD5 is $digest;*" -ErrorId 'DownloadFailed,*'
        }

        It 'names every mirror, its reason and the ways on when all fail' {
            $missing = Start-Mirror NotFound
            $page = Start-Mirror Page
            $failure = { Get-MnistDataset -CachePath $cache -BaseUri $missing.Uri, $page.Uri, http://127.0.0.1:1/ -WarningVariable warnings -WarningAction SilentlyContinue } |
                Should -Throw -ErrorId 'DownloadFailed,MnistPS.Commands.GetMnistDatasetCommand' -PassThru
            $message = $failure.Exception.Message
            $message | Should -BeLike "*'$($missing.Uri)$($names[0]).gz' answered 404*"
            $message | Should -BeLike "*'$($page.Uri)$($names[0]).gz' is a web page*"
            $message | Should -BeLike "*'http://127.0.0.1:1/$($names[0]).gz' failed*"
            $message | Should -BeLike '*-Path*-Synthetic*'
            $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
            Get-FileName $cache | Should -BeNullOrEmpty
        }

        It 'gives a mirror up that sends nothing for 15 seconds' {
            $stalling = Start-Mirror Stall
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            { Get-MnistDataset -CachePath $cache -BaseUri $stalling.Uri -WarningAction SilentlyContinue } |
                Should -Throw "*'$($stalling.Uri)$($names[0]).gz' stalled: no byte came for 15 s, after 10 bytes.*" -ErrorId 'DownloadFailed,MnistPS.Commands.GetMnistDatasetCommand'
            $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 14.9
            Get-FileName $cache | Should -BeNullOrEmpty
        }

        It 'leaves nothing half-written when it is stopped' {
            $stalling = Start-Mirror Stall
            $pipeline = New-Pipeline $cache $stalling.Uri
            $null = $pipeline.BeginInvoke()
            while (-not (Get-FileName $cache)) { [System.Threading.Thread]::Sleep(10) }
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $pipeline.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
            $pipeline.InvocationStateInfo.State | Should -Be 'Stopped'
            $pipeline.Dispose()
            Get-FileName $cache | Should -BeNullOrEmpty
        }

        It 'leaves nothing half-written when a warning ends it' {
            $page = Start-Mirror Page
            { Get-MnistDataset -CachePath $cache -BaseUri $page.Uri, $page.Uri -WarningAction Stop } | Should -Throw
            $page.Requests | Should -HaveCount 1
            Get-FileName $cache | Should -BeNullOrEmpty
        }

        It 'replaces no file of another collection, and names -Path' {
            $mirror = Start-Mirror NotFound
            $folder = New-DigitFolder other
            $fashion = Join-Path $folder "$($names[0]).gz"
            Rename-Item (Join-Path $folder $names[0]) $fashion
            $digest = (Get-FileHash $fashion).Hash
            { Get-MnistDataset -CachePath $folder -BaseUri $mirror.Uri } |
                Should -Throw "*It is a file of another collection, and is not replaced. To read that, use -Path '$folder'*" -ErrorId 'CacheHoldsOther,MnistPS.Commands.GetMnistDatasetCommand'
            (Get-FileHash $fashion).Hash | Should -Be $digest
            $mirror.Requests | Should -HaveCount 0
        }

        It 'goes through a proxy with who one is' {
            # Requests for the mirror's address reach the proxy.
            $proxy = Start-Mirror NotFound
            $mirror = [uri]"http://$($proxy.Uri.Authority)/mnist/"
            $credential = [pscredential]::new('user', (ConvertTo-SecureString 'secret' -AsPlainText -Force))
            { Get-MnistDataset -CachePath $cache -BaseUri $mirror -Proxy "http://$($proxy.Uri.Authority)" -ProxyCredential $credential -WarningAction SilentlyContinue } |
                Should -Throw -ErrorId 'DownloadFailed,*'
            $proxy.Requests | Should -HaveCount 1
        }

        It 'reports a proxy that does not answer' {
            { Get-MnistDataset -CachePath $cache -BaseUri 'http://mirror.invalid/mnist/' -Proxy 'http://127.0.0.1:1' -WarningAction SilentlyContinue } |
                Should -Throw "*'http://mirror.invalid/mnist/$($names[0]).gz' failed after 0 bytes*" -ErrorId 'DownloadFailed,*'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'who one is without a proxy'; Arguments = @{ ProxyUseDefaultCredentials = $true }; Id = 'CredentialWithoutProxy' }
            @{ Name = 'to be two to a proxy'; Arguments = @{ Proxy = 'http://127.0.0.1:1'; ProxyUseDefaultCredentials = $true; ProxyCredential = [pscredential]::Empty }; Id = 'ContradictingParameters' }
            @{ Name = 'a proxy that is no address'; Arguments = @{ Proxy = 'proxy' }; Id = 'InvalidProxy' }
            @{ Name = 'a proxy of another kind'; Arguments = @{ Proxy = 'ftp://127.0.0.1' }; Id = 'InvalidProxy' }
        ) {
            { Get-MnistDataset -CachePath $cache @Arguments } | Should -Throw -ErrorId "$Id,MnistPS.Commands.GetMnistDatasetCommand"
        }

        It 'refuses a cache that cannot be written' {
            $mirror = Start-Mirror NotFound
            $file = Join-Path (New-DigitFolder file) $names[0]
            { Get-MnistDataset -CachePath $file -BaseUri $mirror.Uri } | Should -Throw '*-CachePath*' -ErrorId 'CacheNotWritable,MnistPS.Commands.GetMnistDatasetCommand'
        }

        It 'refuses <_> as a mirror' -ForEach 'ftp://127.0.0.1/', 'file:///mnist/', 'mnist' {
            $address = $_
            { Get-MnistDataset -CachePath $cache -BaseUri $address } | Should -Throw "*'$address'*" -ErrorId 'InvalidMirror,MnistPS.Commands.GetMnistDatasetCommand'
        }
    }
}
