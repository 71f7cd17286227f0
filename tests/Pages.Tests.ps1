# The examples of docs/en-US. Those of a page run in order, in one session, in a folder with the files that they name.

BeforeDiscovery {
    $pages = @((Get-ChildItem (Join-Path (Split-Path $PSScriptRoot) docs en-US *-*.md)).BaseName).Where{
        # These train for long, on all of MNIST; the last one needs a connection.
        $_ -notin 'Invoke-MnistTraining', 'Export-MnistNetwork', 'Import-MnistNetwork', 'Save-MnistDataset'
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    # An example draws with escape sequences, which NO_COLOR turns off.
    $rendering, $PSStyle.OutputRendering = $PSStyle.OutputRendering, 'Host'

    # A few synthetic digits instead of MNIST and of user files; a tenth of them is enough to calibrate on.
    function Get-MnistDataset { MnistPS\Get-MnistDataset -Synthetic -Seed 1 -TrainingCount 1000 -TestCount 100 }

    $folder = (New-Item (Join-Path $TestDrive work) -ItemType Directory).FullName
    $learned = New-MnistNetwork -Seed 1
    $null = New-Item (Join-Path $folder runs) -ItemType Directory
    foreach ($path in 'metrics.csv', 'runs/one.csv', 'runs/two.csv') {
        $null = Get-MnistDataset | Invoke-MnistTraining $learned -Epochs 2 -MetricsPath (Join-Path $folder $path)
    }
    $learned | Export-MnistNetwork (Join-Path $folder digits.safetensors)

    # Dark digits on light paper, side by side and line by line, as a BMP of 24 bits, whose rows run from the bottom up.
    function New-Photo([string] $Name, [int] $Rows, [int] $Columns) {
        $images = (Get-MnistDataset).Test[0..($Rows * $Columns - 1)]
        $scale = 2
        $width, $height = (28 * $scale * $Columns), (28 * $scale * $Rows)
        $writer = [System.IO.BinaryWriter]::new([System.IO.File]::Create((Join-Path $folder $Name)))
        $writer.Write([byte[]] (0x42, 0x4D))
        foreach ($number in (54 + 3 * $width * $height), 0, 54, 40, $width, $height, 0x180001, 0, 0, 0, 0, 0, 0) { $writer.Write([int] $number) }
        for ($y = $height - 1; $y -ge 0; $y--) {
            for ($x = 0; $x -lt $width; $x++) {
                $row, $column = ([int] [math]::Floor($y / $scale)), ([int] [math]::Floor($x / $scale))
                $image = $images[$Columns * [math]::Floor($row / 28) + [math]::Floor($column / 28)]
                $value = [byte] (255 - $image[($row % 28), ($column % 28)])
                $writer.Write([byte[]] ($value, $value, $value))
            }
        }
        $writer.Dispose()
    }

    $null = New-Item (Join-Path $folder photos) -ItemType Directory
    New-Photo photo.jpg -Rows 1 -Columns 1
    New-Photo photos/one.jpg -Rows 1 -Columns 1
    New-Photo page.jpg -Rows 3 -Columns 4
    New-Photo form.jpg -Rows 4 -Columns 8
    # Images without labels, as Kaggle's competition has them.
    $null = New-Item (Join-Path $folder kaggle) -ItemType Directory
    Set-Content (Join-Path $folder kaggle test.csv) (@((0..783).ForEach{ "pixel$_" } -join ',') + @((Get-MnistDataset).Test[0..9].ForEach{ $_.Pixels -join ',' }))
    Set-Content (Join-Path $folder labels.csv) 'Path,Label', 'photo.jpg,7'

    function Invoke-Page([string] $Page) {
        $text = Get-Content (Join-Path $RepositoryRoot docs en-US "$Page.md") -Raw
        $ErrorActionPreference = 'Stop'
        $count = 0
        Push-Location $folder
        try {
            foreach ($example in [regex]::Matches($text, '(?ms)^### (?<title>Example.*?)\r?$.*?^```powershell\r?\n(?<code>.*?)^```')) {
                # Specs open no windows.
                $code = $example.Groups['code'].Value -replace ' -Show\b'
                # Other machines are tried by the spec of the cmdlet.
                if ($code -match 'New-PSSession') { continue }
                try {
                    $null = . ([scriptblock]::Create($code))
                    $count++
                }
                catch { throw "$($example.Groups['title'].Value): $_" }
            }
        }
        finally { Pop-Location }
        $count
    }
}

AfterAll { $PSStyle.OutputRendering = $rendering }

Describe 'The page of <_>' -ForEach $pages {
    It 'has examples that run' {
        Invoke-Page $_ | Should -BeGreaterThan 0
    }
}
