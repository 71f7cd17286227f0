# What NumPy reads of the module's files, and the module of NumPy's.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    # Debian's first: another one on the path may have no NumPy.
    $numpy = @('/usr/bin/python3', 'python3', 'python').Where({ (Get-Command $_ -CommandType Application -ErrorAction Ignore) -and $(& $_ -c 'import numpy' 2>$null; $LASTEXITCODE -eq 0) }, 'First')[0]
}

Describe 'NumPy' -Skip:(-not $numpy) -ForEach @{ Python = $numpy } {
    BeforeAll {
        . (Join-Path $PSScriptRoot common.ps1)
        function Get-TestPath([string] $Name) { Join-Path $TestDrive $Name }

        # Runs a script of Python, whose first line is its imports, and gives what it prints.
        function Invoke-NumPy([string] $Script) {
            $output = "import json, sys`nimport numpy as np`n$Script" | & $Python - @args 2>&1
            if ($LASTEXITCODE -ne 0) { throw "$output" }
            "$output"
        }
    }

    Context 'and a network' {
        It 'has the names and shapes of the tutorial, in float64' {
            $path = Get-TestPath 'tutorial.npz'
            $network = New-MnistNetwork -Seed 884736743
            $network | Export-MnistNetwork $path
            Invoke-NumPy @'
run = np.load(sys.argv[1])
rng = np.random.default_rng(884736743)
weights_1 = 0.2 * rng.random((784, 100)) - 0.1
weights_2 = 0.2 * rng.random((100, 10)) - 0.1
print(run.files, run['weights_1'].dtype, np.array_equal(run['weights_1'], weights_1), np.array_equal(run['weights_2'], weights_2),
    json.loads(str(run['rng'])) == rng.bit_generator.state, json.loads(str(run['mnistps']))['layers'])
'@ $path | Should -Be "['weights_1', 'weights_2', 'rng', 'mnistps'] float64 True True True ['dense 100', 'relu', 'dropout 0.5', 'dense 10']"
        }

        It 'has the names and shapes of PyTorch where it is of other layers, and float32 of single precision' {
            $path = Get-TestPath 'layers.npz'
            $network = New-MnistNetwork -Layer 'conv 3x5', 'pool 4', 'batchnorm', 'relu', 'dense 10' -Seed 1
            $null = New-BarDataset | Invoke-MnistTraining $network -Epochs 1
            $network | Export-MnistNetwork $path
            Invoke-NumPy @'
run = np.load(sys.argv[1])
print({name: (run[name].shape, str(run[name].dtype)) for name in run.files if run[name].ndim and not name.startswith('optimizer')})
'@ $path | Should -Be "{'0.weight': ((3, 1, 5, 5), 'float32'), '0.bias': ((3,), 'float32'), '2.weight': ((3,), 'float32'), '2.bias': ((3,), 'float32'), '2.running_mean': ((3,), 'float32'), '2.running_var': ((3,), 'float32'), '4.weight': ((10, 108), 'float32'), '4.bias': ((10,), 'float32')}"
        }

        It 'goes on with a training of the module, which goes on with that, and the log is the tutorial''s' -Skip:(-not $MnistPath) {
            $log = Get-Content (Join-Path $PSScriptRoot MnistPS.Core.Tests Training tutorial-log.txt)
            $script = Join-Path $PSScriptRoot numpy tutorial.py
            $data = Get-MnistDataset $MnistPath -TrainingCount 1000 -TestCount 1000
            $network = New-MnistNetwork -Seed 884736743
            $lines = foreach ($first in 0, 10) {
                # A network of NumPy's file has no history, so its epochs begin anew.
                ($data | Invoke-MnistTraining $network -Epochs 5).ForEach{ "$_" -replace '^Epoch: \d+', "Epoch: $($first + $_.Epoch)" }
                $network | Export-MnistNetwork (Get-TestPath "$first-here.npz")
                & $Python $script $MnistPath (Get-TestPath "$first-here.npz") (Get-TestPath "$first-there.npz") ($first + 5) 5
                $network = Import-MnistNetwork (Get-TestPath "$first-there.npz")
            }
            $lines | Should -Be $log
            "$network" | Should -Be 'dense 100, relu, dropout 0.5, dense 10'
        }

        It 'changes what is there, and the rest is kept' {
            $path = Get-TestPath 'changed.npz'
            $network = New-MnistNetwork -HiddenSize 7 -Seed 3
            $null = New-BarDataset 33 | Invoke-MnistTraining $network -Epochs 3
            $network | Export-MnistNetwork $path
            Invoke-NumPy @'
run = dict(np.load(sys.argv[1]))
run['weights_2'] = np.zeros((7, 10))
run['notes'] = np.array([1, 2])
np.savez_compressed(sys.argv[1], **run)
'@ $path
            $changed = Import-MnistNetwork $path
            $changed.EpochsTrained | Should -Be 3
            ((New-BarDataset).Test[0] | Invoke-MnistPrediction $changed).Scores | Should -Be (@(0) * 10)
        }

        It 'writes weights in <Name>' -ForEach @(
            @{ Name = 'another order of bytes and of numbers'; Code = '.astype(">f8", order="F")' }
            @{ Name = 'single precision'; Code = '.astype(np.float32)' }
            @{ Name = 'half precision'; Code = '.astype(">f2")' }
        ) {
            $path = Get-TestPath 'typed.npz'
            # Numbers that each of the types has.
            Invoke-NumPy @"
rng = np.random.default_rng(1)
weights_1 = rng.integers(-8, 8, (784, 6)) / 16
weights_2 = rng.integers(-8, 8, (6, 10)) / 16
np.savez(sys.argv[1], weights_1=weights_1, weights_2=weights_2)
np.savez(sys.argv[2], weights_1=weights_1$Code, weights_2=weights_2$Code)
"@ (Get-TestPath 'plain.npz') $path
            $test = (New-BarDataset).Test
            $expected = $test | Invoke-MnistPrediction (Import-MnistNetwork (Get-TestPath 'plain.npz'))
            ($test | Invoke-MnistPrediction (Import-MnistNetwork $path)).ForEach{ "$($_.Scores)" } | Should -Be $expected.ForEach{ "$($_.Scores)" }
            ($expected.Label | Sort-Object -Unique).Count | Should -BeGreaterThan 1
        }

        It 'is read with -Layer where its names are those of layers' {
            $path = Get-TestPath 'named.npz'
            Invoke-NumPy @'
np.savez(sys.argv[1], **{'fc1.weight': np.ones((5, 784), np.float32), 'fc1.bias': np.zeros(5), 'fc2.weight': np.ones((10, 5)).T.copy().T, 'fc2.bias': np.arange(10.)})
'@ $path
            { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw '*fc1.weight (5, 784) F32*-Layer*' -ErrorId 'LayersNotInFile,*'
            $network = Import-MnistNetwork $path -Layer 'dense 5', 'relu', 'dense 10'
            ((New-BarDataset).Test[0] | Invoke-MnistPrediction $network).Label | Should -Be 9
        }

        It 'is refused, and nothing in it is run: <Name>' -ForEach @(
            @{ Name = 'pickled objects'; Code = 'weights_1=np.array([Evil()], dtype=object)'; Message = "*'weights_1' holds objects of Python, which are pickled*never run*" }
            @{ Name = 'the state of a generator as it is'; Code = 'rng=np.random.default_rng(1).bit_generator.state'; Message = "*'rng' holds objects of Python*json.dumps*" }
            @{ Name = 'the state of another generator'; Code = 'rng=json.dumps({"bit_generator": "MT19937"})'; Message = "*'rng' is the state of 'MT19937'; that of PCG64*" }
            @{ Name = 'a state that is none'; Code = 'rng="here"'; Message = "*'rng' is no state of a generator; json.dumps(rng.bit_generator.state) was expected*" }
            @{ Name = 'weights that do not fit'; Code = 'weights_2=np.zeros((100, 9))'; Message = "*'weights_2' is (100, 9) <f8, which does not fit*" }
            @{ Name = 'weights of whole numbers'; Code = 'weights_2=np.zeros((100, 10), int)'; Message = "*'weights_2' is (100, 10) <i8, which does not fit*" }
            @{ Name = 'weights that are no numbers'; Code = 'weights_2=np.full((100, 10), np.nan)'; Message = '*number in * cannot be NaN*' }
            @{ Name = 'complex weights'; Code = 'weights_2=np.zeros((100, 10), complex)'; Message = "*'weights_2' is of type '<c16', which is not read*" }
            @{ Name = 'fields'; Code = 'weights_2=np.zeros(3, [("a", "<f8"), ("b", "<i4")])'; Message = "*'weights_2' has a header that does not say rightly what it is*" }
        ) {
            $path, $mark = (Get-TestPath 'bad.npz'), (Get-TestPath 'it-was-run')
            Invoke-NumPy @"
class Evil:
    def __reduce__(self):
        return open, (sys.argv[2], 'w')
weights = {'weights_1': np.zeros((784, 100)), 'weights_2': np.zeros((100, 10))}
np.savez(sys.argv[1], **{**weights, **dict($Code)})
"@ $path $mark
            { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw $Message -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
            $mark | Should -Not -Exist
        }
    }
}
