# A terminal for specs, dot-sourced after common.ps1: PowerShell in a tmux window of given size, whose screen can be read. It needs tmux.

$tmux = Get-Command tmux -CommandType Application -ErrorAction Ignore | Select-Object -First 1

# Whether tmux is installed.
function Test-Terminal { $null -ne $tmux }

# Opens a window with an interactive PowerShell, the prompt '> ' and the state of a script, and waits for the prompt.
function Start-Terminal([int]$Columns = 80, [int]$Rows = 50, [string]$Script) {
    $terminal = [pscustomobject]@{ Name = "mnistps-$([guid]::NewGuid().ToString('N'))"; Columns = $Columns }
    $command = "$Script; function prompt { '> ' }; Clear-Host; 'ready'"
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($command))
    $null = Invoke-Tmux $terminal -f /dev/null new-session -d -x $Columns -y $Rows @(Get-PowerShellCommand) -NoLogo -NoProfile -NoExit -EncodedCommand $encoded
    try { $null = Wait-Terminal $terminal '(?m)^ready\n> $' } catch { Stop-Terminal $terminal; throw }
    $terminal
}

# Types a text, then presses keys by tmux's names, such as Enter, Tab or C-c.
function Send-Terminal($Terminal, [string]$Text, [string[]]$Key = 'Enter') {
    if ($Text) { $null = Invoke-Tmux $Terminal send-keys -l -- $Text }
    if ($Key) { $null = Invoke-Tmux $Terminal send-keys @Key }
}

# The screen without trailing spaces and empty lines; with -Escape, with colours.
function Get-Screen($Terminal, [switch]$Escape) {
    $lines = Invoke-Tmux $Terminal capture-pane -p @(if ($Escape) { '-e' })
    (($lines ?? '').ForEach{ $_ -replace ' +$' } -join "`n") -replace '\n+$' -replace '(?m)^>$', '> '
}

# Waits until the screen matches a pattern, and returns it.
function Wait-Terminal($Terminal, [string]$Pattern, [int]$Seconds = 60) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        $screen = Get-Screen $Terminal
        if ($screen -match $Pattern) { return $screen }
        if ($watch.Elapsed.TotalSeconds -gt $Seconds) { throw "The terminal did not show '$Pattern' within $Seconds s, but:`n$screen" }
        Start-Sleep -Milliseconds 50
    }
}

# Closes the window and ends its processes.
function Stop-Terminal($Terminal) { $null = Invoke-Tmux $Terminal kill-server }

function Invoke-Tmux($Terminal) { & $tmux -u -L $Terminal.Name @args 2>&1 }
