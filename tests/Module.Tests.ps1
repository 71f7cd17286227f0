BeforeDiscovery {
    . $PSScriptRoot/common.ps1
    $cmdlets = (Get-Command -Module MnistPS).Name
    $types = [System.Collections.Generic.HashSet[type]]::new()
    foreach ($type in (Get-Command -Module MnistPS).OutputType.Type) { if ($type.Namespace -eq 'MnistPS') { $null = $types.Add($type) } }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $module = Get-Module MnistPS
}

Describe 'The manifest' {
    BeforeAll { $manifest = Test-ModuleManifest ([System.IO.Path]::Combine($RepositoryRoot, 'MnistPS', 'MnistPS.psd1')) }

    It 'asks for PowerShell 7.6' {
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'carries the version of the assembly' {
        $manifest.Version | Should -Be ([System.Diagnostics.FileVersionInfo]::GetVersionInfo($module.ImplementingAssembly.Location).FileVersion -replace '\.0$')
    }

    It 'is under the MIT licence' {
        $manifest.LicenseUri | Should -Match '/mit$'
    }

    It 'has tags' {
        $manifest.Tags | Should -Contain 'MNIST'
        $manifest.Tags | Should -Contain 'PSEdition_Core'
    }

    It 'names what it exports, and nothing else is there' {
        $text = [System.IO.File]::ReadAllText($manifest.Path)
        $text | Should -Not -Match "ToExport\s*=\s*'?\*"
        $inAssembly = $module.ImplementingAssembly.GetTypes().ForEach({
                foreach ($attribute in $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) { "$($attribute.VerbName)-$($attribute.NounName)" }
            })
        [string[]]$inAssembly = $inAssembly
        [array]::Sort($inAssembly)
        [string[]]$exported = $module.ExportedCommands.Keys
        [array]::Sort($exported)
        $exported | Should -Be $inAssembly
        [string[]]$listed = $manifest.ExportedCmdlets.Keys
        [array]::Sort($listed)
        $listed | Should -Be $inAssembly
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $_
        $help = Get-Help $_
    }

    It 'has a synopsis of its own' {
        # Without a help file the engine makes one up from the syntax.
        $help.Synopsis.Trim() | Should -Match '\.$'
    }

    It 'has a description' {
        -join $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has examples that use it' {
        # PlatyPS 1.0 puts an example's code into its introduction.
        $help.examples | Should -Not -BeNullOrEmpty
        foreach ($example in $help.examples.example) {
            $example.introduction.Text -join "`n" | Should -Match "(?s)``````powershell\n.*\b$($command.Name)\b.*\n``````" -Because "$($example.title) shows it"
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
        $page = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($RepositoryRoot, 'docs', 'en-US', "$_.md"))
        foreach ($part in @($help.Synopsis) + $help.description.Text + $help.parameters.parameter.description.Text + $help.examples.example.introduction.Text) {
            $page.Contains($part.Trim("`n", [char]0x80)) | Should -BeTrue -Because "build.ps1 -Task Help makes the help from the page, which has no '$part'"
        }
    }

    It 'says what comes out' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach 'about_MnistPS', 'about_MnistPS_Networks' {
    It 'is that of its page in docs, without the marks of headings' {
        $page = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($RepositoryRoot, 'docs', 'en-US', "$_.help.md"))
        (Get-Help $_) -replace "`r" | Should -Be (($page -replace '(?m)^#+ ') -replace "`r")
    }
}

Describe 'The view' {
    It 'of <_.Name> exists' -ForEach @($types) {
        $views = [System.Xml.Linq.XDocument]::Load([System.IO.Path]::Combine($RepositoryRoot, 'MnistPS', 'MnistPS.Format.ps1xml'))
        $views.Descendants('TypeName').Value | Should -Contain $_.FullName
    }
}
