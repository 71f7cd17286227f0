# What NumPy reads of the module's files, and the module of NumPy's.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot common.ps1)
    # Debian's first: another one on the path may have no NumPy.
    $numpy = @('/usr/bin/python3', 'python3', 'python').Where({ (Get-Command $_ -CommandType Application -ErrorAction Ignore) -and $(& $_ -c 'import numpy' 2>$null; $LASTEXITCODE -eq 0) }, 'First')[0]
    $pillow = $numpy -and $(& $numpy -c 'import PIL' 2>$null; $LASTEXITCODE -eq 0)
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
            @{ Name = 'the second weights alone'; Code = '[]'; Keep = 'weights_2'; Message = "'*bad.npz' has not all weights of the tutorial's network: weights_1 is missing. weights_1 (784, units) and weights_2 (units, 10) were expected.*numpy.savez*" }
            @{ Name = 'the first weights alone'; Code = '[]'; Keep = 'weights_1'; Message = "*weights_2 is missing*numpy.savez*" }
        ) {
            $path, $mark = (Get-TestPath 'bad.npz'), (Get-TestPath 'it-was-run')
            Invoke-NumPy @"
class Evil:
    def __reduce__(self):
        return open, (sys.argv[2], 'w')
weights = {'weights_1': np.zeros((784, 100)), 'weights_2': np.zeros((100, 10))}
np.savez(sys.argv[1], **{name: value for name, value in {**weights, **dict($Code)}.items() if name in ('$Keep' or name)})
"@ $path $mark
            { Import-MnistNetwork $path -ErrorAction Stop } | Should -Throw $Message -ErrorId 'NotANetworkFile,MnistPS.Commands.ImportMnistNetworkCommand'
            $mark | Should -Not -Exist
        }
    }

    Context 'and a data set' {
        BeforeAll {
            $data = New-BarDataset 30 20
            function Get-Sum($Images) { $sum = 0; foreach ($image in $Images) { foreach ($pixel in $image.Pixels) { $sum += $pixel } }; $sum }
        }

        It 'reads <Format>' -ForEach @(
            @{ Format = 'Npz'; Code = "file = np.load(sys.argv[1] + '/mnist.npz'); x, y = file['x_train'], file['y_train']" }
            @{ Format = 'Npy'; Code = "x, y = (np.load(sys.argv[1] + '/' + name + '_train.npy') for name in 'xy')" }
            @{ Format = 'Csv'; Code = "table = np.loadtxt(sys.argv[1] + '/mnist_train.csv', np.uint8, delimiter=',', skiprows=1); x, y = table[:, 1:].reshape(-1, 28, 28), table[:, 0]" }
            @{ Format = 'Idx'; Code = "import gzip; x, y = (np.frombuffer(gzip.open(sys.argv[1] + '/' + name).read(), np.uint8, offset=offset) for name, offset in (('train-images-idx3-ubyte.gz', 16), ('train-labels-idx1-ubyte.gz', 8))); x = x.reshape(-1, 28, 28)" }
        ) {
            $folder = Get-TestPath "written-$Format"
            $data | Export-MnistDataset $folder -Format $Format
            Invoke-NumPy "$Code`nprint(x.shape, x.dtype, y.shape, y.dtype, x.sum(), x[7, 12, 9], y[7])" $folder |
                Should -Be "(30, 28, 28) uint8 (30,) uint8 $(Get-Sum $data.Training) $($data.Training[7][12, 9]) $($data.Training[7].Label)"
        }

        It 'writes arrays as <Name>' -ForEach @(
            @{ Name = 'Keras has them'; Code = 'np.savez_compressed(path, x_train=x, y_train=y, x_test=x[:20], y_test=y[:20])' }
            @{ Name = 'the tutorial calls them, flat, with labels of 64 bits'; Code = "np.savez(path, training_images=x.reshape(-1, 784), training_labels=y.astype(np.int64), test_images=x[:20].reshape(-1, 784), test_labels=y[:20].astype('>i4'))" }
            @{ Name = 'channels, columns and other orders of bytes and numbers'; Code = "np.savez(path, train_images=np.asfortranarray(x), train_labels=y.reshape(-1, 1), test_images=x[:20, ..., None].astype('>i2'), test_labels=y[:20])" }
            @{ Name = 'numpy.save has them, in a file each'; Code = "np.save(folder + '/x_train.npy', x); np.save(folder + '/y_train.npy', y.astype(np.int64)); np.save(folder + '/x_test.npy', x[:20].reshape(-1, 784)); np.save(folder + '/y_test.npy', y[:20])" }
            @{ Name = 'scikit-learn''s users call them'; Code = "[np.save(f'{folder}/{name}.npy', array) for name, array in (('X_train', x), ('y_train', y), ('X_test', x[:20]), ('y_test', y[:20]))]" }
            @{ Name = 'files of other orders of bytes and numbers'; Code = "np.save(folder + '/x_train.npy', np.asfortranarray(x.astype('>i4'))); np.save(folder + '/y_train.npy', y.reshape(-1, 1).astype('>u2')); np.save(folder + '/x_test.npy', x[:20, ..., None].astype(np.float16)); np.save(folder + '/y_test.npy', y[:20].astype(np.float32))" }
            @{ Name = 'files of newer versions of the format'; Code = "[np.lib.format.write_array(open(f'{folder}/{name}.npy', 'wb'), array, version) for name, array, version in (('train_images', x, (2, 0)), ('train_labels', y, (3, 0)), ('test_images', x[:20], (1, 0)), ('test_labels', y[:20], (2, 0)))]" }
            @{ Name = 'whole numbers in floats, with more arrays, and objects that are never run'; Code = 'np.savez(path, x_train=x.astype(float), y_train=y, x_test=x[:20], y_test=y[:20], extra=np.array([dict()]), notes="here")' }
        ) {
            $folder = (New-Item -ItemType Directory (Get-TestPath ([guid]::NewGuid()))).FullName
            $sum = Invoke-NumPy "folder = sys.argv[1]; path = folder + '/digits.npz'; rng = np.random.default_rng(1); x = rng.integers(0, 256, (30, 28, 28), np.uint8); y = np.arange(30, dtype=np.uint8) % 10`n$Code`nprint(x.sum(), x[7, 12, 9])" $folder
            $back = Get-MnistDataset $folder
            "$(Get-Sum $back.Training) $($back.Training[7][12, 9])" | Should -Be $sum
            $back.Training.Labels | Should -Be (0..29).ForEach{ $_ % 10 }
            $back.Test[7][12, 9] | Should -Be $back.Training[7][12, 9]
            $back.Test.Count | Should -Be 20
        }

        It 'is told what is wrong with <Name>' -ForEach @(
            @{ Name = 'an array that lacks'; Code = 'np.savez(path, x_train=x, y_train=y, x_test=x)'; Message = "*It has no array 'y_test'. It has 'x_train', 'y_train', 'x_test'*mnist.npz of Keras*" }
            @{ Name = 'arrays of other names'; Code = 'np.savez(path, x=x, y=y)'; Message = "*It has no array 'x_train'. It has 'x', 'y'*mnist.npz of Keras*" }
            @{ Name = 'no images'; Code = 'np.savez(path, x_train=x[:0], y_train=y[:0])'; Message = '*holds no images*'; Id = 'EmptyImageSet' }
            @{ Name = 'images of another size'; Code = 'np.savez(path, x_train=np.zeros((30, 32, 32), np.uint8), y_train=y, x_test=x, y_test=y)'; Message = "*'x_train' is (30, 32, 32); (n, 28, 28) or (n, 784) was expected*" }
            @{ Name = 'numbers from 0 to 1'; Code = 'np.savez(path, x_train=x / 255, y_train=y, x_test=x, y_test=y)'; Message = "*'x_train' has 0.* at place *; whole numbers from 0 to 255 were expected, best as uint8*" }
            @{ Name = 'pickled objects'; Code = 'np.savez(path, x_train=np.array([dict()] * 30), y_train=y, x_test=x, y_test=y)'; Message = "*'x_train' holds objects of Python*never run*" }
            @{ Name = 'one-hot labels'; Code = 'np.savez(path, x_train=x, y_train=np.eye(10)[y], x_test=x, y_test=y)'; Message = "*'y_train' is (30, 10); (n) was expected*" }
            @{ Name = 'a label over 9'; Code = 'np.savez(path, x_train=x, y_train=y + 5, x_test=x, y_test=y)'; Message = '*y_train*has label 10 at index 5*'; Id = 'LabelOutOfRange' }
            @{ Name = 'more images than labels'; Code = 'np.savez(path, x_train=x, y_train=y[:9], x_test=x, y_test=y)'; Message = '*30 images*9 labels*'; Id = 'CountMismatch' }
            @{ Name = 'a single array'; Code = 'np.save(path, x)'; Message = '*.npz'' is no data set: It is an array of NumPy*' }
        ) {
            $path = Get-TestPath 'wrong.npz'
            Invoke-NumPy "path = open(sys.argv[1], 'wb'); rng = np.random.default_rng(1); x = rng.integers(0, 256, (30, 28, 28), np.uint8); y = np.arange(30, dtype=np.uint8) % 10`n$Code" $path
            { Get-MnistDataset $path -ErrorAction Stop } | Should -Throw $Message -ErrorId "$($Id ?? 'NotNpzDataset'),MnistPS.Commands.GetMnistDatasetCommand"
        }

        It 'is told what is wrong with a file of <Name>' -ForEach @(
            @{ Name = 'labels that lacks'; Code = 'os.remove(folder + "/y_test.npy")'; Message = "*It has no array 'y_test'. It has 'x_test', 'x_train', 'y_train'*" }
            @{ Name = 'pickled objects'; Code = 'np.save(folder + "/y_train.npy", np.array([Evil()] * 30))'; Message = "*'y_train' holds objects of Python*never run*" }
            @{ Name = 'numbers from 0 to 1'; Code = 'np.save(folder + "/x_train.npy", x / 255)'; Message = "*'x_train' has 0.* at place *whole numbers from 0 to 255*" }
            @{ Name = 'images of another size'; Code = 'np.save(folder + "/x_test.npy", x[:, 2:])'; Message = "*'x_test' is (30, 26, 28); (n, 28, 28) or (n, 784)*" }
            @{ Name = 'a part of its elements'; Code = 'os.truncate(folder + "/x_train.npy", 5000)'; Message = "*'x_train' says that it has 23520 bytes of elements, and has 4872*" }
            @{ Name = 'bytes behind its elements'; Code = 'open(folder + "/x_train.npy", "ab").write(b"0")'; Message = "*'x_train' says that it has 23520 bytes of elements, and has 23521*" }
            @{ Name = 'another format'; Code = 'np.savez(open(folder + "/x_train.npy", "wb"), x=x)'; Message = "*'x_train' is no array of NumPy*" }
            @{ Name = 'a header of gigabytes'; Code = 'open(folder + "/x_train.npy", "wb").write(b"\x93NUMPY\x02\x00\xff\xff\xff\x7f")'; Message = "*'x_train' has a header of 2147483647 bytes; at most 10000*" }
            @{ Name = 'gigabytes that are not there'; Code = 'np.lib.format.write_array_header_1_0(open(folder + "/x_train.npy", "wb"), dict(descr="|u1", fortran_order=False, shape=(1000000, 28, 28)))'; Message = "*'x_train' says that it has 784000000 bytes of elements, and has 0*" }
            @{ Name = 'gigabytes of nothing'; Code = 'file = open(folder + "/x_train.npy", "wb"); np.lib.format.write_array_header_1_0(file, dict(descr="|u1", fortran_order=False, shape=(2740000, 28, 28))); file.truncate(file.tell() + 2740000 * 784)'; Message = "*'x_train' * more than can be*" }
            @{ Name = 'a million images and one'; Code = 'file = open(folder + "/x_train.npy", "wb"); np.lib.format.write_array_header_1_0(file, dict(descr="|u1", fortran_order=False, shape=(1000001, 28, 28))); file.truncate(file.tell() + 1000001 * 784)'; Message = "*'x_train' is (1000001, 28, 28)*n up to 1000000*" }
        ) {
            $folder = (New-Item -ItemType Directory (Get-TestPath ([guid]::NewGuid()))).FullName
            $mark = Join-Path $folder it-was-run
            $null = Invoke-NumPy @"
import os
class Evil:
    def __reduce__(self):
        return open, (sys.argv[2], 'w')
folder = sys.argv[1]; x = np.random.default_rng(1).integers(0, 256, (30, 28, 28), np.uint8); y = np.arange(30, dtype=np.uint8) % 10
for name, array in (('x_train', x), ('y_train', y), ('x_test', x), ('y_test', y)): np.save(f'{folder}/{name}.npy', array)
$Code
"@ $folder $mark
            $before = [System.GC]::GetTotalAllocatedBytes()
            { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw "'$folder' is no data set: $Message" -ErrorId 'NotNpyDataset,MnistPS.Commands.GetMnistDatasetCommand'
            [System.GC]::GetTotalAllocatedBytes() - $before | Should -BeLessThan 50000000
            $mark | Should -Not -Exist
        }

        It 'reads a set of training images alone: <_>' -ForEach 'Npz', 'Npy' {
            $folder = Get-TestPath "alone-$_"
            $data.Training[0..4] | New-MnistDataset -ClassName ('a'..'j') | Export-MnistDataset $folder -Format $_
            Invoke-NumPy @'
import os
folder = sys.argv[1]
arrays = np.load(folder + '/mnist.npz') if os.path.exists(folder + '/mnist.npz') else {name[:-4]: np.load(f'{folder}/{name}') for name in os.listdir(folder) if name.endswith('.npy')}
print([(name, arrays[name].shape) for name in sorted(arrays)], arrays['x_train'].sum())
'@ $folder | Should -Be "[('x_test', (0, 28, 28)), ('x_train', (5, 28, 28)), ('y_test', (0,)), ('y_train', (5,))] $(Get-Sum $data.Training[0..4])"
        }
    }
}

Describe 'Pillow' -Skip:(-not $pillow) -ForEach @{ Python = $numpy } {
    BeforeAll {
        . (Join-Path $PSScriptRoot common.ps1)
        $data = New-BarDataset 30 20
        function Invoke-Pillow([string] $Script) {
            $output = "import os, sys`nfrom PIL import Image`n$Script" | & $Python - @args 2>&1
            if ($LASTEXITCODE -ne 0) { throw "$output" }
            "$output"
        }
    }

    It 'reads the pictures of a data set' {
        $folder = Join-Path $TestDrive 'written'
        $data | Export-MnistDataset $folder -Format Png
        $label = $data.Training[7].Label
        Invoke-Pillow "image = Image.open(sys.argv[1]); print(image.mode, image.size, image.getpixel((9, 12)))" "$folder/training/$label/00007.png" |
            Should -Be "L (28, 28) $($data.Training[7][12, 9])"
    }

    It 'writes pictures in its own way, which are read as they were, in the order of their numbers' {
        $folder = Join-Path $TestDrive 'optimized'
        $data | Export-MnistDataset $folder -Format Png
        # Filters of rows by what compresses best, text in front, names as others have them.
        $null = Invoke-Pillow @'
from PIL.PngImagePlugin import PngInfo
info = PngInfo()
info.add_text('Author', 'somebody')
for top, _, files in os.walk(sys.argv[1]):
    for name in files:
        path = os.path.join(top, name)
        Image.open(path).save(os.path.join(top, f'{int(name[:-4])}.PNG'), 'png', optimize=True, pnginfo=info)
        os.remove(path)
os.rename(sys.argv[1] + '/training', sys.argv[1] + '/train')
os.rename(sys.argv[1] + '/testing', sys.argv[1] + '/test')
'@ $folder
        $back = Get-MnistDataset $folder
        $back.Training.Labels | Should -Be $data.Training.Labels
        foreach ($i in 0, 7, 29) { $back.Training[$i].Pixels | Should -Be $data.Training[$i].Pixels }
        $back.Test[19].Pixels | Should -Be $data.Test[19].Pixels
    }

    It 'writes what is refused: <Name>' -ForEach @(
        @{ Name = 'another size'; Code = "Image.new('L', (32, 30)).save(path)"; Message = "*00007.png' has 32 by 30 pixels. A PNG of 28 by 28 grey values*" }
        @{ Name = 'colours'; Code = "Image.new('RGB', (28, 28)).save(path)"; Message = "*00007.png' has colours of 8 bits*" }
        @{ Name = 'a palette'; Code = "Image.new('P', (28, 28)).save(path)"; Message = "*00007.png' has a palette of colours of * bits*" }
        @{ Name = 'black and white'; Code = "Image.new('1', (28, 28)).save(path)"; Message = "*00007.png' has grey values of 1 bits*" }
        @{ Name = 'a JPEG under the name'; Code = "Image.new('L', (28, 28)).save(path, 'jpeg')"; Message = "*00007.png' is a JPEG picture*" }
    ) {
        $folder = Join-Path $TestDrive 'refused'
        $data | Export-MnistDataset $folder -Format Png -Force
        $null = Invoke-Pillow "path = sys.argv[1]`n$Code" "$folder/training/$($data.Training[7].Label)/00007.png"
        { Get-MnistDataset $folder -ErrorAction Stop } | Should -Throw $Message -ErrorId 'NotGreyPng,MnistPS.Commands.GetMnistDatasetCommand'
    }
}
