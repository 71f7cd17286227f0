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

    # A few synthetic digits instead of MNIST and of user files.
    function Get-MnistDataset { MnistPS\Get-MnistDataset -Synthetic -Seed 1 -TrainingCount 400 -TestCount 100 }

    $folder = (New-Item (Join-Path $TestDrive work) -ItemType Directory).FullName
    $learned = New-MnistNetwork -Seed 1
    $null = New-Item (Join-Path $folder runs) -ItemType Directory
    foreach ($path in 'metrics.csv', 'runs/one.csv', 'runs/two.csv') {
        $null = Get-MnistDataset | Invoke-MnistTraining $learned -Epochs 2 -MetricsPath (Join-Path $folder $path)
    }
    $learned | Export-MnistNetwork (Join-Path $folder digits.safetensors)

    function Invoke-Page([string] $Page) {
        $text = Get-Content (Join-Path $RepositoryRoot docs en-US "$Page.md") -Raw
        $ErrorActionPreference = 'Stop'
        $count = 0
        Push-Location $folder
        try {
            foreach ($example in [regex]::Matches($text, '(?ms)^### (?<title>Example.*?)\r?$.*?^```powershell\r?\n(?<code>.*?)^```')) {
                # Specs open no windows.
                $code = $example.Groups['code'].Value -replace ' -Show\b'
                # There are no other machines.
                if ($code -like '*New-PSSession*') { continue }
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
