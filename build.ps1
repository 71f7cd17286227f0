<#
.SYNOPSIS
Builds the module into MnistPS/, runs its specs with Pester, or regenerates its help. Test and Help need PowerShell 7.6 and the Gallery.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Clean')][string]$Task = 'Build',
    [ValidateSet('Debug', 'Release')][string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$module = [System.IO.Path]::Combine($PSScriptRoot, 'MnistPS')

function Invoke-Dotnet([string]$Command) {
    $project = [System.IO.Path]::Combine($PSScriptRoot, 'src', 'MnistPS', 'MnistPS.csproj')
    dotnet $Command $project --configuration $Configuration --verbosity quiet --nologo
    if ($LASTEXITCODE) { throw "dotnet $Command ended with exit code $LASTEXITCODE." }
}

# Imports a module of the Gallery, after installing it for the current user where it is missing.
function Import-GalleryModule([string]$Name, [version]$Minimum, [version]$Maximum = '999.0') {
    if (-not (Get-Module $Name -ListAvailable | Where-Object { $_.Version -ge $Minimum -and $_.Version -le $Maximum })) {
        Install-PSResource $Name -Version "[$Minimum,$Maximum]" -Scope CurrentUser -TrustRepository
        "Installed $Name for the current user."
    }
    Import-Module $Name -MinimumVersion $Minimum -MaximumVersion $Maximum
}

switch ($Task) {
    'Build' { Invoke-Dotnet build }
    'Clean' {
        Invoke-Dotnet clean
        $bin = [System.IO.Path]::Combine($module, 'bin')
        if ([System.IO.Directory]::Exists($bin)) { [System.IO.Directory]::Delete($bin, $true) }
    }
    'Test' {
        Invoke-Dotnet build
        Import-GalleryModule Pester 5.5.0
        $run = New-PesterConfiguration
        $run.Run.Path = [System.IO.Path]::Combine($PSScriptRoot, 'tests')
        $run.Run.Exit = $true
        Invoke-Pester -Configuration $run
    }
    'Help' {
        # 1.0.1 says of all parameters that nothing comes through the pipeline.
        Import-GalleryModule Microsoft.PowerShell.PlatyPS 1.0.0 1.0.0
        $docs = [System.IO.Path]::Combine($PSScriptRoot, 'docs', 'en-US')
        $pages = [System.IO.Directory]::GetFiles($docs, '*-*.md')
        [array]::Sort($pages)
        # PlatyPS puts the file into a folder named after the module; the engine looks for it in the culture's folder.
        $culture = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($module, 'en-US')).FullName
        $temporary = [System.IO.Directory]::CreateTempSubdirectory('MnistPS-help-').FullName
        $null = Import-MarkdownCommandHelp -Path $pages | Export-MamlCommandHelp -OutputFolder $temporary
        foreach ($file in [System.IO.Directory]::GetFiles($temporary, '*-Help.xml', 'AllDirectories')) {
            # Links to pages of the same folder lead nowhere from Get-Help, which would open the first one for -Online. The code
            # of an example belongs into its own element; fences and the character for an empty line would be shown as they are.
            $xml = [System.IO.File]::ReadAllText($file) -replace '<maml:uri>[^<:]*</maml:uri>', '<maml:uri />' -replace
                '(?s)\s*<maml:navigationLink>\s*<maml:linkText>Online Version</maml:linkText>\s*<maml:uri />\s*</maml:navigationLink>' -replace
                '(?s)<maml:introduction>\s*<maml:para>```powershell\r?\n(.*?)\r?\n```</maml:para>(.*?)</maml:introduction>\s*<dev:code />\s*<dev:remarks />',
                '<dev:code>$1</dev:code><dev:remarks>$2</dev:remarks>' -replace '```\w*\r?\n|\r?\n```' -replace '&#x80;'
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($culture, [System.IO.Path]::GetFileName($file)), $xml)
        }
        [System.IO.Directory]::Delete($temporary, $true)
        # It leaves the about topics alone. They are written so that they read well as plain text, but for the marks of headings.
        foreach ($topic in [System.IO.Directory]::GetFiles($docs, 'about_*.help.md')) {
            $text = [System.IO.File]::ReadAllText($topic) -replace '(?m)^#+ '
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($culture, [System.IO.Path]::GetFileNameWithoutExtension($topic) + '.txt'), $text)
        }
    }
}
