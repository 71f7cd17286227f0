# Dot-sourced by specs that download: a mirror of MNIST on this machine. Whoever starts one has a list $mirrors, and stops those in it.
# A web server on this machine, in a runspace of its own. What it answers: Files (those of a folder), NotFound, Page, or Stall.
function Start-Mirror([string]$Answer, [string]$Folder) {
    $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $address = "http://127.0.0.1:$($probe.LocalEndpoint.Port)/mnist/"
    $probe.Stop()
    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add($address)
    $listener.Start()
    $requests = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
    $server = [powershell]::Create([initialsessionstate]::CreateDefault2())
    $null = $server.AddScript({
            param($listener, $requests, $answer, $folder)
            while ($true) {
                try { $context = $listener.GetContext() } catch { break }
                $name = $context.Request.Url.Segments[-1]
                $requests.Enqueue($name)
                $response = $context.Response
                switch ($answer) {
                    Files {
                        $response.ContentLength64 = [System.IO.FileInfo]::new((Join-Path $folder $name)).Length
                        $bytes = [System.IO.File]::ReadAllBytes((Join-Path $folder $name))
                        $response.OutputStream.Write($bytes, 0, $bytes.Length)
                        $response.Close()
                    }
                    NotFound { $response.StatusCode = 404; $response.Close() }
                    Page {
                        $bytes = [System.Text.Encoding]::UTF8.GetBytes('<html>Log in first</html>')
                        $response.OutputStream.Write($bytes, 0, $bytes.Length)
                        $response.Close()
                    }
                    Stall {
                        $response.ContentLength64 = 1000
                        $response.OutputStream.Write([byte[]]::new(10), 0, 10)
                        $response.OutputStream.Flush()
                    }
                }
            }
        }).AddArgument($listener).AddArgument($requests).AddArgument($Answer).AddArgument($Folder)
    $mirror = [pscustomobject]@{ Uri = [uri]$address; Requests = $requests; Listener = $listener; Server = $server; Run = $server.BeginInvoke() }
    $mirrors.Add($mirror)
    $mirror
}

function Stop-Mirror($Mirror) {
    $Mirror.Listener.Close()
    $null = $Mirror.Server.EndInvoke($Mirror.Run)
    $Mirror.Server.Dispose()
}
