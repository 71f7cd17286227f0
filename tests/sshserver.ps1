# An SSH server on this machine with its own keys. Its subsystem is the PowerShell that runs this spec. Dot-sourced after common.ps1.

# Starts one in a folder that is not there yet.
function Start-SshServer([string] $Path) {
    $folder = (New-Item -ItemType Directory $Path).FullName
    $user = [System.Environment]::UserName
    $hostKey, $userKey = (Join-Path $folder host), (Join-Path $folder user)
    foreach ($key in $hostKey, $userKey) { $null = ssh-keygen -q -t ed25519 -N '' -f $key }
    Copy-Item "$userKey.pub" (Join-Path $folder authorized)
    $port = Get-FreePort
    Set-Content (Join-Path $folder config) @(
        "Port $port"
        'ListenAddress 127.0.0.1'
        "HostKey $hostKey"
        "AuthorizedKeysFile $(Join-Path $folder authorized)"
        "PidFile $(Join-Path $folder pid)"
        'PermitRootLogin yes'
        'PasswordAuthentication no'
        'StrictModes no'
        'UsePAM no'
        "Subsystem powershell $((Get-PowerShellCommand) -join ' ') -sshs -NoLogo -NoProfile"
    )
    # sshd needs this folder when it runs as root.
    if ($user -eq 'root') { $null = New-Item -ItemType Directory /run/sshd -Force }
    [pscustomobject] @{
        Folder  = $folder
        Port    = $port
        User    = $user
        Key     = $userKey
        Process = Start-Process /usr/sbin/sshd -ArgumentList '-D', '-e', '-f', (Join-Path $folder config) -PassThru -RedirectStandardError (Join-Path $folder log) -RedirectStandardOutput (Join-Path $folder output)
    }
}

# Opens a session on it. It may take a moment until it listens.
function New-SshSession($Server) {
    $known = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = (Join-Path $Server.Folder known); LogLevel = 'ERROR' }
    foreach ($attempt in 1..20) {
        $session = New-PSSession -HostName 127.0.0.1 -Port $Server.Port -UserName $Server.User -KeyFilePath $Server.Key -Options $known -ErrorAction Ignore
        if ($session) { return $session }
        Start-Sleep -Milliseconds 250
    }
    throw "No session by ssh: $(Get-Content -Raw (Join-Path $Server.Folder log))"
}

function Stop-SshServer($Server) {
    Stop-Process -Id $Server.Process.Id -Force
    $Server.Process.WaitForExit()
}
