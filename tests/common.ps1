# Dot-sourced by every spec: imports the module that was built, and says where MNIST lies, if it is at hand.
$RepositoryRoot = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..'))
Import-Module ([System.IO.Path]::Combine($RepositoryRoot, 'MnistPS'))

# The folder with the four files of MNIST, or $null: specs that need it are skipped then.
$MnistPath = $env:MNISTPS_TEST_DATA ? $env:MNISTPS_TEST_DATA : [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($RepositoryRoot, '..', 'shared', 'mnist'))
if (-not [System.IO.Directory]::Exists($MnistPath)) { $MnistPath = $null }
