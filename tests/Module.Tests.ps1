BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $cmdlets = (Get-Command -Module MnistPS).Name
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

Describe 'The manifest' {
    BeforeAll {
        $manifest = Test-ModuleManifest $MnistPSModule
        $build = ([xml] (Get-Content -Raw (Join-Path $RepositoryRoot Directory.Build.props))).Project.PropertyGroup
    }

    It 'asks for PowerShell 7.6' {
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'carries the version of the assembly' {
        $manifest.Version | Should -Be ([System.Diagnostics.FileVersionInfo]::GetVersionInfo($module.ImplementingAssembly.Location).FileVersion -replace '\.0$')
    }

    It 'carries the version of the build' {
        "$($manifest.Version)-$($manifest.PrivateData.PSData.Prerelease)".TrimEnd('-') | Should -Be $build.Version
    }

    It 'names the address of the build, which a package has another one for' {
        # A package has its own address, so the repository's manifest is checked.
        $source = Import-PowerShellDataFile (Join-Path $RepositoryRoot MnistPS MnistPS.psd1)
        $source.PrivateData.PSData.ProjectUri | Should -Be $build.RepositoryUrl.InnerText
    }

    It 'is under the MIT licence, and leads to its text, its icon and its notes as of this version' {
        $tag = "v$($build.Version)"
        $project = "$($manifest.ProjectUri)".TrimEnd('/')
        $manifest.LicenseUri | Should -Be "$project/blob/$tag/LICENSE"
        $manifest.IconUri | Should -Be "$project/raw/$tag/MnistPS/icon.png"
        $manifest.ReleaseNotes | Should -Be "$project/blob/$tag/CHANGELOG.md"
        foreach ($file in 'LICENSE', 'MnistPS/icon.png', 'CHANGELOG.md') { Join-Path $RepositoryRoot $file | Should -Exist }
        Join-Path $RepositoryRoot LICENSE | Should -FileContentMatch '^MIT License$'
    }

    It 'has tags' {
        $manifest.Tags | Should -Contain 'MNIST'
        $manifest.Tags | Should -Contain 'PSEdition_Core'
    }

    It 'names what it exports, and nothing else is there' {
        Get-Content -Raw $manifest.Path | Should -Not -Match "ToExport\s*=\s*'?\*"
        $inAssembly = $module.ImplementingAssembly.GetTypes().ForEach({
                foreach ($attribute in $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) { "$($attribute.VerbName)-$($attribute.NounName)" }
            })
        $inAssembly = $inAssembly | Sort-Object
        $module.ExportedCommands.Keys | Sort-Object | Should -Be $inAssembly
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be $inAssembly
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $_
        $help = Get-Help $_
    }

    It 'has a synopsis of its own' {
        # Without a help file the engine generates one from the syntax.
        $help.Synopsis.Trim() | Should -Match '\.$'
    }

    It 'has a description' {
        -join $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has examples that use it' {
        $help.examples | Should -Not -BeNullOrEmpty
        foreach ($example in $help.examples.example) {
            $example.code | Should -Match "\b$($command.Name)\b" -Because "$($example.title) shows it"
        }
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($name in $command.Parameters.Keys) {
            if ($name -in $common) { continue }
            $described = @($help.parameters.parameter).Where({ $_.name -eq $name })
            -join $described.description.Text | Should -Not -BeNullOrEmpty -Because "-$name is a parameter"
        }
    }

    It 'is that of its page in docs' {
        $page = Get-Content -Raw (Join-Path $RepositoryRoot docs en-US "$_.md")
        # An example may have no remarks.
        foreach ($part in @($help.Synopsis) + $help.description.Text + $help.parameters.parameter.description.Text + $help.examples.example.code + $help.examples.example.remarks.Text | Where-Object { $_ }) {
            $page.Contains($part.Trim("`n")) | Should -BeTrue -Because "build.ps1 -Task Help makes the help from the page, which has no '$part'"
        }
    }

    It 'says what each parameter is where it is not given, as its page does' {
        $page = Get-Content -Raw (Join-Path $RepositoryRoot docs en-US "$_.md")
        foreach ($parameter in $help.parameters.parameter) {
            $page -match "(?s)### -$($parameter.name)\n.*?\nDefaultValue: (?<quote>['`"]?)(?<text>.*?)\k<quote>\n" | Should -BeTrue -Because "-$($parameter.name) is on the page"
            $Matches.text | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) is something"
            "$($parameter.defaultValue)" | Should -Be $Matches.text -Because "build.ps1 -Task Help makes the help from the page"
        }
    }

    It 'has no marks that a terminal would show as they are' {
        foreach ($text in $help.examples.example.code + $help.examples.example.remarks.Text) { $text | Should -Not -Match '```|[\x00-\x08\x7f-\x9f]' }
    }

    It 'has no links into nowhere' {
        foreach ($link in $help.relatedLinks.navigationLink) { "$($link.uri)" | Should -BeNullOrEmpty -Because "$($link.linkText) is a page of this module" }
    }

    It 'is online as the page of this version' {
        $version = "$($module.Version)-$($module.PrivateData.PSData.Prerelease)".TrimEnd('-')
        $command.HelpUri | Should -Be "$("$($module.ProjectUri)".TrimEnd('/'))/blob/v$version/docs/en-US/$($command.Name).md"
        Join-Path $RepositoryRoot docs en-US "$($command.Name).md" | Should -Exist
    }

    It 'says what comes out' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach 'about_MnistPS', 'about_MnistPS_Networks' {
    It 'is that of its page in docs, without the marks of headings' {
        $page = Get-Content -Raw (Join-Path $RepositoryRoot docs en-US "$_.help.md")
        (Get-Help $_) -replace "`r" | Should -Be (($page -replace '(?m)^#+ ') -replace "`r")
    }
}

Describe 'The assembly <_>' -ForEach 'MnistPS.dll', 'MnistPS.Core.dll' {
    BeforeAll {
        $folder = Split-Path $module.ImplementingAssembly.Location
        $path = Join-Path $folder $_
        # A path in UTF-8 or UTF-16.
        function Test-Holds([byte[]]$Bytes, [string]$Path) {
            $text = [System.Text.Encoding]::Latin1.GetString($Bytes)
            foreach ($encoding in [System.Text.Encoding]::UTF8, [System.Text.Encoding]::Unicode) {
                if ($text.Contains([System.Text.Encoding]::Latin1.GetString($encoding.GetBytes($Path)))) { return $true }
            }
            $false
        }
        $stream = [System.IO.File]::OpenRead($path)
        $reader = [System.Reflection.PortableExecutable.PEReader]::new($stream)
        $entry = $reader.ReadDebugDirectory().Where{ $_.Type -eq 'EmbeddedPortablePdb' }
    }

    AfterAll { $reader.Dispose() }

    It 'carries its symbols, and no file of them lies beside it' {
        $entry | Should -HaveCount 1
        Join-Path $folder '*.pdb' | Should -Not -Exist
    }

    It 'says nothing of where it was built, nor do its symbols' {
        # The symbols are compressed, so they are searched separately. The name of a source file shows that the search works.
        $symbols = $reader.ReadEmbeddedPortablePdbDebugDirectoryData($entry[0])
        $block = $symbols.GetMetadataReader()
        $names = foreach ($document in $block.Documents) { $block.GetString($block.GetDocument($document).Name) }
        $names.Count | Should -BeGreaterThan 10
        foreach ($name in $names) { $name | Should -BeLike '/_*/*' }
        $symbols.Dispose()
        $bytes = [System.IO.File]::ReadAllBytes($path)
        # Their header is 'MPDB' and their length: github.com/dotnet/runtime/blob/main/docs/design/specs/PE-COFF.md
        $packed = [System.IO.MemoryStream]::new($bytes, $entry[0].DataPointer + 8, $entry[0].DataSize - 8)
        $unpacked = [System.IO.MemoryStream]::new()
        [System.IO.Compression.DeflateStream]::new($packed, [System.IO.Compression.CompressionMode]::Decompress).CopyTo($unpacked)
        $inside = $unpacked.ToArray()
        Test-Holds $bytes 'MnistPS' | Should -BeTrue
        Test-Holds $inside 'MnistPS' | Should -BeTrue
        foreach ($place in $RepositoryRoot.TrimEnd([char[]]'/\'), (Join-Path ([System.Environment]::GetFolderPath('UserProfile')) '.nuget')) {
            Test-Holds $bytes $place | Should -BeFalse
            Test-Holds $inside $place | Should -BeFalse
        }
    }
}

Describe 'The public type <_>' -ForEach @(
    # Cmdlets and attributes have settable properties.
    foreach ($assembly in (Get-Module MnistPS).ImplementingAssembly, [MnistPS.ImageSet].Assembly) {
        $assembly.GetExportedTypes().Where{ -not $_.IsSubclassOf([System.Management.Automation.Cmdlet]) -and -not $_.IsSubclassOf([System.Attribute]) }
    }
) {
    BeforeAll {
        $type = $_
        $members = $type.GetMembers([System.Reflection.BindingFlags]'Public, Instance, Static, DeclaredOnly')
    }

    It 'is read only' {
        # A network's numbers may be set, parameter by parameter; they are checked and copied.
        $isSet = 'MnistPS.NetworkParameter.Values', 'MnistPS.NetworkParameters.Item'
        foreach ($property in $members.Where{ $_.MemberType -eq 'Property' -and "$($_.DeclaringType).$($_.Name)" -notin $isSet }) { $property.SetMethod.IsPublic | Should -Not -BeTrue -Because "$property has no setter, nor one that PowerShell takes for one" }
        foreach ($field in $members.Where{ $_.MemberType -eq 'Field' }) { ($field.IsLiteral -or $field.Name -eq 'value__') | Should -BeTrue -Because "$field cannot be set" }
        $members | Should -Not -BeNullOrEmpty
    }

    It 'has plain members' {
        foreach ($member in $members) { $member.Name | Should -Not -Match '^Item\d|[<>$]|^EqualityContract$' }
        foreach ($property in $members.Where{ $_.MemberType -eq 'Property' }) { $property.PropertyType.Name | Should -Not -Match 'Tuple' }
        foreach ($method in $members.Where{ $_.MemberType -eq 'Method' }) { $method.ReturnType.Name | Should -Not -Match 'Tuple' }
    }
}

Describe 'The completion of <Command> -<Parameter>' -ForEach @(
    @{ Command = 'New-MnistNetwork'; Parameter = 'Preset'; Words = 'ConvNet', 'Mlp', 'Tutorial' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Activation'; Words = 'LeakyRelu', 'Relu', 'Sigmoid', 'Tanh' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Loss'; Words = 'CrossEntropy', 'SquaredError' }
    @{ Command = 'New-MnistNetwork'; Parameter = 'Initializer'; Words = 'Glorot', 'He', 'Uniform' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Optimizer'; Words = 'Adam', 'AdamW', 'Momentum', 'Nesterov', 'Sgd' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Schedule'; Words = 'Constant', 'Cosine', 'OneCycle', 'Step' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Augment'; Words = 'Elastic', 'Rotate', 'Scale', 'Shift' }
    @{ Command = 'Invoke-MnistTraining'; Parameter = 'Precision'; Words = 'Double', 'Single' }
) {
    It 'offers all words, and those that go on from what was begun' {
        Get-Completion "$Command -$Parameter " | Should -Be $Words
        foreach ($word in $Words) { Get-Completion "$Command -$Parameter $($word.Substring(0, 2).ToLowerInvariant())" | Should -Contain $word }
    }
}
