# The subset of Pester 5 that the specs use, on the bare engine. As in Pester, a file is read twice: at discovery the bodies
# of Describe and Context run and say which tests there are; later the set-up, the tests and the tear-down run. Stricter than
# Pester in one thing: a test that asserts nothing fails.

Set-StrictMode -Version 3.0

$script:frame = $null      # a script block of the specs' own session state, see Find-SpecTest
$script:root = $null
$script:block = $null      # the block whose body is being discovered
$script:testDrive = $null
$script:assertions = 0

# --- discovery ---

function New-Block($Name, $Variables, $Skip) {
    [pscustomobject]@{
        Parent = $script:block; Name = $Name; Variables = $Variables; Skip = $Skip; Children = [System.Collections.Generic.List[object]]::new()
        BeforeAll = $null; BeforeEach = $null; AfterEach = $null; AfterAll = $null
    }
}

# Reads a spec file and emits its tests, each a SpecTest; a file that fails here has one failed test that says so. The frame is
# made by the caller, because a script block belongs to the session state where it was written, and the specs must neither see
# this module's variables nor lose their own scopes.
function Find-SpecTest([string]$Path, [scriptblock]$Frame) {
    $script:frame = $Frame
    $script:block = $null
    $script:root = $script:block = New-Block $null @{} $null
    try {
        $null = & $script:frame @{} @($Path) {} @()
        $tests = @(Get-Test $script:root)
        if (-not $tests) { throw 'The file holds no test.' }
        $tests
    }
    catch {
        $failure = [MnistPS.Specs.SpecTest]::new([System.IO.Path]::GetFileName($Path), {}, @{})
        $failure.Fail((Get-ErrorText $_))
        $script:root.Children.Clear()
        $script:root.Children.Add($failure)
        $failure
    }
}

function Get-Test($Block) {
    foreach ($child in $Block.Children) {
        if ($child -is [MnistPS.Specs.SpecTest]) { $child } else { Get-Test $child }
    }
}

# The variables of each case: the item as $_, and the entries of a hashtable by their names.
function Get-Case($Bound) {
    if (-not $Bound.ContainsKey('ForEach')) { return @{} }
    if ($null -eq $Bound['ForEach'] -or $Bound['ForEach'].Count -eq 0) { throw "-ForEach of '$($Bound['Name'])' is empty." }
    foreach ($item in $Bound['ForEach']) {
        $case = @{ _ = $item }
        if ($item -is [System.Collections.IDictionary]) { foreach ($key in $item.Keys) { $case[$key] = $item[$key] } }
        $case
    }
}

function Expand-Name([string]$Name, [hashtable]$Case) {
    [regex]::Replace($Name, '<(\w+)((?:\.\w+)*)>', {
            param($match)
            if (-not $Case.ContainsKey($match.Groups[1].Value)) { return $match.Value }
            $value = $Case[$match.Groups[1].Value]
            foreach ($member in $match.Groups[2].Value.Split('.', [System.StringSplitOptions]::RemoveEmptyEntries)) { $value = $value.$member }
            if ($null -eq $value) { '$null' } else { "$value" }
        })
}

# The variables of the blocks around, for names only: at run time the scopes bring them.
function Get-OuterVariable {
    $all = @{}
    for ($outer = $script:block; $outer; $outer = $outer.Parent) {
        foreach ($name in $outer.Variables.Keys) { if (-not $all.ContainsKey($name)) { $all[$name] = $outer.Variables[$name] } }
    }
    $all
}

function Join-Variable($Outer, $Case) {
    $all = $Outer.Clone()
    foreach ($name in $Case.Keys) { $all[$name] = $Case[$name] }
    $all
}

function Get-SkipReason($Invocation) {
    if ($script:block.Skip) { return $script:block.Skip }
    if ($Invocation.BoundParameters.ContainsKey('Skip') -and $Invocation.BoundParameters['Skip']) { $Invocation.Line.Trim() }
}

function Describe {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][string]$Name,
        [Parameter(Mandatory, Position = 1)][scriptblock]$Fixture,
        [object[]]$ForEach, [string[]]$Tag, [switch]$Skip
    )
    $reason = Get-SkipReason $MyInvocation
    foreach ($case in Get-Case $PSBoundParameters) {
        $block = New-Block (Expand-Name $Name (Join-Variable (Get-OuterVariable) $case)) $case $reason
        $script:block.Children.Add($block)
        $script:block = $block
        try { $null = & $script:frame $case @($Fixture) {} @() }
        finally { $script:block = $block.Parent }
    }
}


$function:Context = $function:Describe

function It {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][string]$Name,
        [Parameter(Mandatory, Position = 1)][scriptblock]$Test,
        [Alias('TestCases')][object[]]$ForEach, [string[]]$Tag, [switch]$Skip
    )
    if (-not $script:block.Name) { throw "It '$Name' stands outside Describe." }
    $names = for ($outer = $script:block; $outer.Name; $outer = $outer.Parent) { $outer.Name }
    $path = @($names)
    [array]::Reverse($path)
    $reason = Get-SkipReason $MyInvocation
    foreach ($case in Get-Case $PSBoundParameters) {
        $full = ($path + (Expand-Name $Name (Join-Variable (Get-OuterVariable) $case))) -join ' '
        $new = [MnistPS.Specs.SpecTest]::new($full, $Test, $case)
        if ($reason) { $new.Skip($reason) }
        $script:block.Children.Add($new)
    }
}

function Set-Step([string]$Step, [scriptblock]$Body) {
    if ($script:block.$Step) { throw "$Step stands twice in one block." }
    $script:block.$Step = $Body
}

function BeforeDiscovery([scriptblock]$Body) { . $Body }
function BeforeAll([scriptblock]$Body) { Set-Step BeforeAll $Body }
function BeforeEach([scriptblock]$Body) { Set-Step BeforeEach $Body }
function AfterEach([scriptblock]$Body) { Set-Step AfterEach $Body }
function AfterAll([scriptblock]$Body) { Set-Step AfterAll $Body }

# --- run ---

# Runs what was found last; the outcomes are left in the tests.
function Invoke-SpecTest {
    $script:testDrive = [System.IO.Directory]::CreateTempSubdirectory('specs-').FullName
    $provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
    $drive = [System.Management.Automation.PSDriveInfo]::new('TestDrive', $provider, $script:testDrive, '', $null)
    $null = $ExecutionContext.SessionState.Drive.New($drive, 'Global')
    $script:root.Variables = @{ TestDrive = $script:testDrive }
    try { Invoke-Block $script:root }
    finally { [System.IO.Directory]::Delete($script:testDrive, $true) }
}

function Invoke-Block($Block) {
    $tests = @(Get-Test $Block)
    if (-not $tests.Where({ $_.Outcome -eq 'NotRun' })) { return }
    $earlier = [System.IO.Directory]::GetFileSystemEntries($script:testDrive)
    try {
        $null = & $script:frame $Block.Variables $Block.BeforeAll {
            foreach ($child in $Block.Children) {
                if ($child -isnot [MnistPS.Specs.SpecTest]) { Invoke-Block $child }
                elseif ($child.Outcome -eq 'NotRun') { Invoke-Test $child $Block }
            }
        } $Block.AfterAll
    }
    catch {
        # Tests catch their own errors, so this one is of BeforeAll or AfterAll, and no test of the block can be trusted.
        foreach ($test in $tests.Where({ $_.Outcome -in 'NotRun', 'Passed' })) { $test.Fail((Get-ErrorText $_)) }
    }
    finally {
        foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($script:testDrive)) {
            if ($entry -in $earlier) { continue }
            if ([System.IO.Directory]::Exists($entry)) { [System.IO.Directory]::Delete($entry, $true) } else { [System.IO.File]::Delete($entry) }
        }
    }
}

function Invoke-Test($Test, $Block) {
    $before = [System.Collections.Generic.List[object]]::new()
    $after = [System.Collections.Generic.List[object]]::new()
    for ($outer = $Block; $outer; $outer = $outer.Parent) {
        if ($outer.BeforeEach) { $before.Insert(0, $outer.BeforeEach) }
        if ($outer.AfterEach) { $after.Add($outer.AfterEach) }
    }
    $before.Add($Test.Body)
    $script:assertions = 0
    try {
        $null = & $script:frame $Test.Variables $before {} $after
        if ($script:assertions) { $Test.Pass() } else { $Test.Fail('The test asserts nothing: no Should was reached.') }
    }
    catch {
        if ($_.FullyQualifiedErrorId -eq 'SpecSkipped') { $Test.Skip($_.Exception.Message) } else { $Test.Fail((Get-ErrorText $_)) }
    }
}

# The message and the lines of the spec that led to it.
function Get-ErrorText($Record) {
    $lines = "$($Record.ScriptStackTrace)" -split '\r?\n' -match '\.ps1: line'
    (@("$($Record.Exception.Message)") + $lines) -join "`n"
}

function Set-ItResult([Parameter(Mandatory)][switch]$Skipped, [string]$Because) {
    throw [System.Management.Automation.ErrorRecord]::new([Exception]::new($Because), 'SpecSkipped', 'NotSpecified', $null)
}

# --- assertions ---

function Format-Value($Value) {
    if ($null -eq $Value) { '$null' }
    elseif ($Value -is [string]) { "'$Value'" }
    elseif ($Value -is [bool]) { "`$$Value".ToLowerInvariant() }
    elseif ($Value -is [type]) { "[$Value]" }
    elseif ($Value -is [System.Collections.IList]) { '@(' + (@(foreach ($item in $Value) { Format-Value $item }) -join ', ') + ')' }
    else { "$Value" }
}

# Element by element, and a single element is as good as the array of it.
function Test-Equal($Actual, $Expected, [bool]$CaseSensitive) {
    $actuals = @($Actual)
    $expecteds = @($Expected)
    $noActual = $actuals.Count -eq 0 -or ($actuals.Count -eq 1 -and $null -eq $actuals[0])
    $noExpected = $expecteds.Count -eq 0 -or ($expecteds.Count -eq 1 -and $null -eq $expecteds[0])
    if ($noActual -or $noExpected) { return $noActual -and $noExpected }
    if ($actuals.Count -ne $expecteds.Count) { return $false }
    for ($i = 0; $i -lt $actuals.Count; $i++) {
        $same = if ($actuals[$i] -is [array] -or $expecteds[$i] -is [array]) { Test-Equal $actuals[$i] $expecteds[$i] $CaseSensitive }
        elseif ($CaseSensitive) { $expecteds[$i] -ceq $actuals[$i] }
        else { $expecteds[$i] -eq $actuals[$i] }
        if (-not $same) { return $false }
    }
    $true
}

function Test-FileContent([string]$Path, [string]$Pattern) {
    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    [bool]([System.IO.File]::ReadAllLines($file) -match $Pattern)
}

# What is wrong with what a script block threw (or did not); nothing when all is as expected.
function Get-ThrowComplaint($Thrown, $Bound) {
    if (-not $Thrown) { return 'nothing was thrown' }
    if ($Bound.ContainsKey('ErrorId') -and $Thrown.FullyQualifiedErrorId -notlike $Bound.ErrorId) {
        "its id was $(Format-Value $Thrown.FullyQualifiedErrorId)"
    }
    if ($Bound.ContainsKey('ExpectedMessage') -and $Thrown.Exception.Message -notlike $Bound.ExpectedMessage) {
        "its message was $(Format-Value $Thrown.Exception.Message)"
    }
    if ($Bound.ContainsKey('ExceptionType') -and $Thrown.Exception -isnot $Bound.ExceptionType) {
        "its type was $(Format-Value $Thrown.Exception.GetType())"
    }
}

function Should {
    [CmdletBinding(PositionalBinding = $false)]
    param(
        [Parameter(ValueFromPipeline)][object]$ActualValue,
        [switch]$Not, [string]$Because,
        [Parameter(Mandatory, ParameterSetName = 'Be')][AllowNull()][AllowEmptyString()][AllowEmptyCollection()][object]$Be,
        [Parameter(Mandatory, ParameterSetName = 'BeExactly')][AllowNull()][AllowEmptyString()][AllowEmptyCollection()][object]$BeExactly,
        [Parameter(Mandatory, ParameterSetName = 'BeNullOrEmpty')][switch]$BeNullOrEmpty,
        [Parameter(Mandatory, ParameterSetName = 'BeTrue')][switch]$BeTrue,
        [Parameter(Mandatory, ParameterSetName = 'BeFalse')][switch]$BeFalse,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterThan')][object]$BeGreaterThan,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterOrEqual')][object]$BeGreaterOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeLessThan')][object]$BeLessThan,
        [Parameter(Mandatory, ParameterSetName = 'BeLessOrEqual')][object]$BeLessOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeOfType')][object]$BeOfType,
        [Parameter(Mandatory, ParameterSetName = 'BeIn')][object[]]$BeIn,
        [Parameter(Mandatory, ParameterSetName = 'BeLike')][string]$BeLike,
        [Parameter(Mandatory, ParameterSetName = 'Match')][string]$Match,
        [Parameter(Mandatory, ParameterSetName = 'MatchExactly')][string]$MatchExactly,
        [Parameter(Mandatory, ParameterSetName = 'Contain')][AllowNull()][object]$Contain,
        [Parameter(Mandatory, ParameterSetName = 'HaveCount')][int]$HaveCount,
        [Parameter(Mandatory, ParameterSetName = 'Exist')][switch]$Exist,
        [Parameter(Mandatory, ParameterSetName = 'FileContentMatch')][string]$FileContentMatch,
        [Parameter(Mandatory, ParameterSetName = 'Throw')][switch]$Throw,
        [Parameter(ParameterSetName = 'Throw', Position = 0)][string]$ExpectedMessage,
        [Parameter(ParameterSetName = 'Throw')][string]$ErrorId,
        [Parameter(ParameterSetName = 'Throw')][type]$ExceptionType,
        [Parameter(ParameterSetName = 'Throw')][switch]$PassThru
    )
    begin { $actuals = [System.Collections.Generic.List[object]]::new() }
    process { $actuals.Add($ActualValue) }
    end {
        $script:assertions++
        $operator = $PSCmdlet.ParameterSetName
        $expected = $PSBoundParameters[$operator]
        $given = @($actuals)
        if ($operator -notin 'Be', 'BeExactly', 'BeNullOrEmpty', 'Contain', 'HaveCount') {
            # These look at one value: each that came down the pipeline has to hold.
            if ($actuals.Count -gt 1) {
                $null = $PSBoundParameters.Remove('ActualValue')
                foreach ($one in $actuals) { Should -ActualValue $one @PSBoundParameters }
                return
            }
            $given = if ($actuals.Count) { $actuals[0] } else { $null }
        }

        $complaint = $null
        $holds = switch ($operator) {
            'Be' { Test-Equal $given $expected $false }
            'BeExactly' { Test-Equal $given $expected $true }
            'BeNullOrEmpty' { $given.Count -eq 0 -or ($given.Count -eq 1 -and [string]::IsNullOrEmpty($given[0])) }
            'BeTrue' { [bool]$given }
            'BeFalse' { -not $given }
            'BeGreaterThan' { $given -gt $expected }
            'BeGreaterOrEqual' { $given -ge $expected }
            'BeLessThan' { $given -lt $expected }
            'BeLessOrEqual' { $given -le $expected }
            'BeOfType' { $given -is ($expected -is [string] ? $expected.Trim('[', ']') : $expected) }
            'BeIn' { $expected -contains $given }
            'BeLike' { $given -like $expected }
            'Match' { $given -match $expected }
            'MatchExactly' { $given -cmatch $expected }
            'Contain' { $given -contains $expected }
            'HaveCount' { $given.Count -eq $expected }
            'Exist' { $ExecutionContext.SessionState.InvokeProvider.Item.Exists($given) }
            'FileContentMatch' { Test-FileContent $given $expected }
            'Throw' {
                if ($given -isnot [scriptblock]) { throw 'Should -Throw expects a script block.' }
                $thrown = $null
                try { $null = & $given } catch { $thrown = $_ }
                if ($Not) { [bool]$thrown; $complaint = "$thrown" }
                else { $complaint = @(Get-ThrowComplaint $thrown $PSBoundParameters) -join ', '; -not $complaint }
            }
        }
        if ([bool]$holds -eq [bool]$Not) {
            $subject = if ($operator -eq 'Throw') { $complaint } else { Format-Value ($given -is [array] -and $given.Count -eq 1 ? $given[0] : $given) }
            $wanted = $expected -is [switch] -or $operator -eq 'Throw' ? '' : " $(Format-Value $expected)"
            $text = "Expected$($Not ? ' not' : '') $operator$wanted, but got: $subject."
            if ($Because) { $text += " Because: $Because." }
            throw [System.Management.Automation.ErrorRecord]::new([Exception]::new($text), 'AssertionFailed', 'InvalidResult', $null)
        }
        if ($PassThru) { $thrown }
    }
}

Export-ModuleMember -Function Find-SpecTest, Invoke-SpecTest, Describe, Context, It, BeforeDiscovery, BeforeAll, BeforeEach, AfterEach, AfterAll, Set-ItResult, Should
