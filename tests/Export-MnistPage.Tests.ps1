BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $network = New-MnistNetwork -Seed 1
}

Describe 'Export-MnistPage' {
    It 'writes one HTML file and hands nothing out' {
        $path = Join-Path $TestDrive 'draw.html'
        $network | Export-MnistPage $path | Should -BeNullOrEmpty
        $path | Should -FileContentMatch '<canvas id="paper"'
        Get-ChildItem $TestDrive -Filter 'draw*' | Should -HaveCount 1
    }

    It 'hands the file out when it is told to' {
        $path = Join-Path $TestDrive 'passed.html'
        $file = Export-MnistPage -Path $path -Network $network -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be $path
        $file.Length | Should -BeGreaterThan 300kb
        $file.Length | Should -BeLessThan 1mb
    }

    It 'refers to nothing outside the file, and forbids it' {
        $path = Join-Path $TestDrive 'alone.html'
        $network | Export-MnistPage $path
        $page = Get-Content $path -Raw
        $page | Should -Match "Content-Security-Policy"" content=""default-src 'none';"
        [regex]::Matches($page, '(?:src|href)="(?!data:)').Count | Should -Be 0
    }

    It 'takes a title as text' {
        $path = Join-Path $TestDrive 'title.html'
        $network | Export-MnistPage $path -Title '</title><script>alert(1)</script>'
        Get-Content $path -Raw | Should -BeLike '*<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>*'
    }

    It 'writes nothing where it is asked what it would do' {
        $path = Join-Path $TestDrive 'what-if.html'
        $network | Export-MnistPage $path -WhatIf -PassThru | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'leaves a file that is there, unless it is told to replace it' {
        $path = Join-Path $TestDrive 'there.html'
        Set-Content $path 'mine'
        { $network | Export-MnistPage $path } |
            Should -Throw '*there already*-Force*' -ErrorId 'PageFileExists,MnistPS.Commands.ExportMnistPageCommand'
        Get-Content $path | Should -Be 'mine'
        $network | Export-MnistPage $path -Force
        $path | Should -FileContentMatch '<canvas id="paper"'
    }

    It 'takes the characters of wildcards with -LiteralPath, and with -Path as wildcards' {
        $path = Join-Path $TestDrive 'draw[1].html'
        { $network | Export-MnistPage $path } |
            Should -Throw '*stands for 0 files*-LiteralPath*' -ErrorId 'NotOnePath,MnistPS.Commands.ExportMnistPageCommand'
        $network | Export-MnistPage -LiteralPath $path
        Test-Path -LiteralPath $path | Should -BeTrue
        Set-Content (Join-Path $TestDrive 'only.html') 'mine'
        $network | Export-MnistPage (Join-Path $TestDrive 'onl*.html') -Force -PassThru | Should -Be (Join-Path $TestDrive 'only.html')
    }

    It 'refuses the ending of another format' {
        $path = Join-Path $TestDrive 'draw.png'
        { $network | Export-MnistPage $path } | Should -Throw "*draw.png' ends in '.png'*.html was expected*" -ErrorId 'NotHtml,MnistPS.Commands.ExportMnistPageCommand'
        $path | Should -Not -Exist
    }

    It 'says where it cannot write: <Name>' -ForEach @(
        @{ Name = 'no such folder'; Path = { Join-Path $TestDrive 'no' 'such.html' }; Id = 'PageFileNotWritable' }
        @{ Name = 'a folder'; Path = { "$TestDrive" }; Id = 'PageFileNotWritable' }
        @{ Name = 'no such drive'; Path = { 'Nope:draw.html' }; Id = 'DriveNotFound' }
        @{ Name = 'no file system'; Path = { 'Env:draw.html' }; Id = 'NotFileSystemPath' }
    ) {
        { $network | Export-MnistPage (& $Path) -Force } | Should -Throw "*$(& $Path)*" -ErrorId "$Id,MnistPS.Commands.ExportMnistPageCommand"
    }

    It 'says that nothing came down the pipeline' {
        $path = Join-Path $TestDrive 'nothing.html'
        { @() | Export-MnistPage $path } | Should -Throw '*No network came*' -ErrorId 'NoNetwork,MnistPS.Commands.ExportMnistPageCommand'
        { $null | Export-MnistPage $path -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorNullNotAllowed,MnistPS.Commands.ExportMnistPageCommand'
        { New-BarDataset | Export-MnistPage $path -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,MnistPS.Commands.ExportMnistPageCommand'
        $path | Should -Not -Exist
    }

    It 'refuses a second network for the same file, and keeps the first' {
        $path = Join-Path $TestDrive 'two.html'
        { $network, (New-MnistNetwork -Seed 2 -HiddenSize 7) | Export-MnistPage $path } |
            Should -Throw '*one network was expected*{ $_ | Export-MnistPage "$($_.Seed).html" }' -ErrorId 'OneNetworkAPage,MnistPS.Commands.ExportMnistPageCommand'
        $path | Should -FileContentMatch 'dense 100'
    }

    It 'refuses a network that is too large for a page' {
        $path = Join-Path $TestDrive 'large.html'
        { New-MnistNetwork -HiddenSize 5100 | Export-MnistPage $path } |
            Should -Throw '*has 4,049,400 parameters; a page has 4,000,000 at most*' -ErrorId 'NetworkTooLargeForPage,MnistPS.Commands.ExportMnistPageCommand'
        $path | Should -Not -Exist
    }

    It 'refuses a network whose numbers do not fit' {
        $path = Join-Path $TestDrive 'wide.html'
        { New-MnistNetwork -WeightRange 1e300 | Export-MnistPage $path } |
            Should -Throw '*Number * of the network is *fits into 32 bits*' -ErrorId 'NetworkNotFinite,MnistPS.Commands.ExportMnistPageCommand'
        $path | Should -Not -Exist
    }

    Context 'where the system has something to open it with' {
        BeforeAll {
            $opened = Join-Path $TestDrive 'opened.txt'
            $tools = New-Item (Join-Path $TestDrive 'tools') -ItemType Directory
            $before = $env:PATH
        }

        AfterAll { $env:PATH = $before }

        It 'shows it' -Skip:(-not $IsLinux) {
            Set-Content (Join-Path $tools 'xdg-open') "#!/bin/sh`nprintf %s ""`$1"" > '$opened'"
            chmod +x (Join-Path $tools 'xdg-open')
            $env:PATH = "$tools$([System.IO.Path]::PathSeparator)$before"
            $path = Join-Path $TestDrive 'shown here.html'
            $network | Export-MnistPage $path -Show
            for ($i = 0; $i -lt 50 -and -not (Get-Content $opened -ErrorAction Ignore); $i++) { Start-Sleep -Milliseconds 100 }
            Get-Content $opened | Should -Be ([uri]::new($path).AbsoluteUri)
        }

        It 'says so where there is nothing, and the file is written' -Skip:(-not $IsLinux) {
            $env:PATH = ''
            $path = Join-Path $TestDrive 'not-shown.html'
            $network | Export-MnistPage $path -Show -ErrorAction SilentlyContinue -ErrorVariable faults
            $faults | Should -HaveCount 1
            $faults[0].FullyQualifiedErrorId | Should -Be 'CannotShow,MnistPS.Commands.ExportMnistPageCommand'
            $path | Should -Exist
        }
    }
}
