# The blocks of docs/tour.md run in order, in one session.

BeforeDiscovery {
    $page = Get-Content (Join-Path (Split-Path $PSScriptRoot) docs tour.md) -Raw
    $number = 0
    $blocks = @([regex]::Matches($page, '(?ms)^```powershell\r?\n(?<code>.*?)^```\r?\n(?:\r?\n```text\r?\n(?<output>.*?)^```\r?\n)?') | ForEach-Object {
        @{ Number = $number++; Code = $_.Groups['code'].Value; Output = $_.Groups['output'].Value; First = ($_.Groups['code'].Value -split "`r?`n")[0] }
    })
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $page = Get-Content (Join-Path $RepositoryRoot docs tour.md) -Raw
    $fences = [regex]::Matches($page, '(?m)^```\w+')
    $codes = @([regex]::Matches($page, '(?ms)^```powershell\r?\n(?<code>.*?)^```').ForEach{ $_.Groups['code'].Value })

    # The output of each block in 80 columns. A block may hold any text, and an error ends the run.
    $outputs = & {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        $ErrorActionPreference = 'Stop'
        Push-Location $TestDrive
        try { foreach ($code in $codes) { . ([scriptblock]::Create($code)) | Out-String -Width 80 } }
        finally {
            Pop-Location
            $PSStyle.OutputRendering = $rendering
        }
    }
}

Describe 'The tour' {
    It 'uses every cmdlet' {
        foreach ($name in (Get-Command -Module MnistPS).Name) { $codes -join "`n" | Should -BeLike "*$name*" }
    }

    It 'has blocks of PowerShell, and of what they print' {
        $fences.Value | Sort-Object -Unique | Should -Be '```powershell', '```text'
        $outputs | Should -HaveCount $codes.Count
    }

    It 'writes the files that it speaks of' {
        foreach ($name in 'rates.png', 'metrics.csv', 'digits.csv', 'curves.png', 'confusion.svg', 'weights.png', 'mistakes.png', 'report.html', 'draw.html', 'digits.safetensors', 'digits.npz', 'digits.onnx', 'sweep.csv', 'few/mnist.npz', 'run.safetensors') {
            Join-Path $TestDrive $name | Should -Exist
        }
        Get-Content (Join-Path $TestDrive metrics.csv) | Should -HaveCount 9
    }

    It 'goes on with an interrupted training, and does not begin it again' {
        [regex]::Matches($outputs[-1], '(?m)^ +(\d+) ').ForEach{ $_.Groups[1].Value } | Should -Be '0', '1', '2', '3'
    }

    It 'shows pictures that are there' {
        foreach ($link in [regex]::Matches($page, '(?:src|srcset)="([^"]+)"').ForEach{ $_.Groups[1].Value }) { Join-Path $RepositoryRoot docs $link | Should -Exist }
    }
}

# Numbers and drawings may differ slightly between processors; words and columns may not.
Describe 'The block <First>' -ForEach $blocks.Where{ $_.Output } {
    It 'prints what the tour shows' {
        $words = [regex]::Matches($Output, '[A-Za-z]{2,}').Value
        if (-not $words) { $outputs[$Number].Trim() -replace "`r" | Should -Be ($Output.Trim() -replace "`r") }
        foreach ($word in $words) { $outputs[$Number] | Should -MatchExactly "\b$word\b" }
    }
}

Describe 'The block <First>' -ForEach $blocks.Where{ -not $_.Output } {
    It 'prints nothing' {
        $outputs[$Number] | Should -BeNullOrEmpty
    }
}
