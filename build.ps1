<#
.SYNOPSIS
Builds the module into MnistPS/, tests it, makes its help, or packs it. Needs PowerShell 7.6 and the .NET 10 SDK.
.PARAMETER Task
Build: the module. Test: the Pester specs, on what was built. Help: the help files, from docs/en-US. Package: out/MnistPS.<version>.nupkg, which
Publish-PSResource and Install-PSResource take. Clean: removes what was built.
.PARAMETER RepositoryUrl
Where the project lives, for the links in a package and for Get-Help -Online.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test -Output Detailed
.EXAMPLE
./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Package', 'Clean')] [string] $Task = 'Build',
    [ValidateSet('Debug', 'Release')] [string] $Configuration = 'Release',
    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')] [string] $Output = 'Normal',
    [uri] $RepositoryUrl
)

$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot MnistPS
$project = Join-Path $PSScriptRoot src MnistPS
$out = Join-Path $PSScriptRoot out
# A URI of a host alone ends with a slash.
$address = "$RepositoryUrl".TrimEnd('/')

function Invoke-Dotnet {
    dotnet @args
    if ($LASTEXITCODE) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

function Build-Module {
    $property = $address ? @("-p:RepositoryUrl=$address") : @()
    Invoke-Dotnet build $project --configuration $Configuration --verbosity quiet --nologo @property
}

# Imports a module of the Gallery, installed for the current user if it is missing.
function Import-GalleryModule([string] $Name, [version] $Minimum, [version] $Maximum = '999.0') {
    if (-not (Get-Module $Name -ListAvailable | Where-Object { $_.Version -ge $Minimum -and $_.Version -le $Maximum })) {
        Install-PSResource $Name -Version "[$Minimum,$Maximum]" -Scope CurrentUser -TrustRepository
        "Installed $Name for the current user."
    }
    Import-Module $Name -MinimumVersion $Minimum -MaximumVersion $Maximum
}

# Imports the Pester that `dotnet test` has brought, or else the Gallery's.
function Import-Pester {
    $specs = Join-Path $PSScriptRoot tests MnistPS.Specs
    $property = (dotnet msbuild $specs -getProperty:NuGetPackageRoot -getProperty:PesterVersion | ConvertFrom-Json).Properties
    $pester = Join-Path $property.NuGetPackageRoot pester $property.PesterVersion tools Pester.psd1
    if ($property.NuGetPackageRoot -and (Test-Path $pester)) { Import-Module $pester } else { Import-GalleryModule Pester 5.7.1 }
}

switch ($Task) {
    Build { Build-Module }
    Clean {
        Invoke-Dotnet clean $project --configuration $Configuration --verbosity quiet --nologo
        Remove-Item (Join-Path $module bin), $out -Recurse -ErrorAction Ignore
    }
    Test {
        Build-Module
        Import-Pester
        $run = New-PesterConfiguration
        $run.Run.Path = Join-Path $PSScriptRoot tests
        $run.Run.Exit = $true
        $run.Output.Verbosity = $Output
        Invoke-Pester -Configuration $run
    }
    Package {
        Build-Module
        # The package holds the module's folder, the readme, the license and the changelog.
        $stage = Join-Path $out MnistPS
        Remove-Item $out -Recurse -ErrorAction Ignore
        $null = New-Item $out -ItemType Directory
        Copy-Item $module $stage -Recurse
        Copy-Item (Join-Path $PSScriptRoot README.md), (Join-Path $PSScriptRoot LICENSE), (Join-Path $PSScriptRoot CHANGELOG.md) $stage
        if ($address) {
            $manifest = Join-Path $stage MnistPS.psd1
            (Get-Content $manifest -Raw).Replace((dotnet msbuild $project -getProperty:RepositoryUrl), $address) | Set-Content $manifest -NoNewline
        }
        Compress-PSResource -Path $stage -DestinationPath $out
        Remove-Item $stage -Recurse
        Get-Item (Join-Path $out *.nupkg)
    }
    Help {
        # Earlier versions say that no parameter takes pipeline input.
        Import-GalleryModule Microsoft.PowerShell.PlatyPS 1.0.3
        $docs = Join-Path $PSScriptRoot docs en-US
        $culture = (New-Item (Join-Path $module en-US) -ItemType Directory -Force).FullName
        $temporary = [System.IO.Directory]::CreateTempSubdirectory('MnistPS-help-').FullName
        # PlatyPS splits an example's output at empty lines, and trims the spaces of the next one.
        $emptyLine = [char] 0x2063
        foreach ($page in Get-ChildItem (Join-Path $docs *-*.md)) {
            $text = [regex]::Replace((Get-Content $page -Raw), '(?ms)^```\w*$.*?^```$', { $args[0].Value -replace '(?m)^(?=\r?$)', $emptyLine })
            Set-Content (Join-Path $temporary $page.Name) $text -NoNewline
        }
        $help = Import-MarkdownCommandHelp -Path (Get-ChildItem (Join-Path $temporary *.md)).FullName
        $null = $help | Export-MamlCommandHelp -OutputFolder $temporary
        foreach ($file in Get-ChildItem $temporary -Filter *-Help.xml -Recurse) {
            # Get-Help cannot follow links between pages, and would open the first one for -Online. An example's code belongs into its own element, without
            # fences and placeholders of empty lines.
            $xml = (Get-Content $file -Raw) -replace '<maml:uri>[^<:]*</maml:uri>', '<maml:uri />' -replace
                '(?s)\s*<maml:navigationLink>\s*<maml:linkText>Online Version</maml:linkText>\s*<maml:uri />\s*</maml:navigationLink>' -replace
                '(?s)<maml:introduction>\s*<maml:para>```powershell\r?\n(.*?)\r?\n```</maml:para>(.*?)</maml:introduction>\s*<dev:code />\s*<dev:remarks />',
                '<dev:code>$1</dev:code><dev:remarks>$2</dev:remarks>' -replace '```\w*\r?\n|\r?\n```' -replace "&#x80;|$emptyLine"

            # PlatyPS leaves default values out.
            $document = [xml] $xml
            $names = @{ command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'; maml = 'http://schemas.microsoft.com/maml/2004/10'; dev = 'http://schemas.microsoft.com/maml/dev/2004/10' }
            foreach ($command in $document.DocumentElement.SelectNodes('*')) {
                $title = ($command | Select-Xml -XPath 'command:details/command:name' -Namespace $names).Node.InnerText
                foreach ($parameter in ($command | Select-Xml -XPath 'command:parameters/command:parameter' -Namespace $names).Node) {
                    $name = ($parameter | Select-Xml -XPath 'maml:name' -Namespace $names).Node.InnerText
                    $value = $parameter.AppendChild($document.CreateElement('dev', 'defaultValue', $names.dev))
                    $value.InnerText = ($help | Where-Object Title -EQ $title).Parameters.Where{ $_.Name -eq $name }.DefaultValue
                }
            }
            $document.Save((Join-Path $culture $file.Name))
        }
        Remove-Item $temporary -Recurse
        # It leaves the about topics alone. They are written so that they read well as plain text, but for the marks of headings.
        foreach ($topic in Get-ChildItem (Join-Path $docs about_*.help.md)) {
            (Get-Content $topic -Raw) -replace '(?m)^#+ ' | Set-Content (Join-Path $culture "$($topic.BaseName).txt") -NoNewline
        }
    }
}
