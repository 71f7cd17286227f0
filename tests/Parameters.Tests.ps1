# The numbers of a network as scripts meet them: $network.Parameters and $network.Copy().
BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $data = New-BarDataset
    $layers = 'conv 4x3', 'batchnorm', 'relu', 'pool 2', 'dense 12', 'relu', 'dense 10'

    # What a network gives for the test images.
    function Get-Scores($Network) { foreach ($prediction in $data.Test | Invoke-MnistPrediction $Network) { Join-Number $prediction.Scores } }

    # The tensors of a safetensors file: name, shape and numbers.
    function Read-Tensor([string]$Path) {
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        $length = [System.BitConverter]::ToUInt64($bytes, 0)
        $header = [System.Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json -AsHashtable
        foreach ($name in $header.Keys | Where-Object { $_ -notmatch '^__|^optimizer' }) {
            $begin, $end = $header[$name].data_offsets
            $size = $header[$name].dtype -eq 'F32' ? 4 : 8
            $numbers = for ($at = $begin; $at -lt $end; $at += $size) {
                $size -eq 4 ? [double][System.BitConverter]::ToSingle($bytes, 8 + $length + $at) : [System.BitConverter]::ToDouble($bytes, 8 + $length + $at)
            }
            @{ Name = $name; Shape = $header[$name].shape; Values = $numbers }
        }
    }
}

Describe 'The parameters of a network' {
    BeforeEach {
        $network = New-MnistNetwork -Layer $layers -Seed 1
        $null = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10
    }

    It 'have the names, the shapes and the numbers of its file' {
        $path = Join-Path $TestDrive 'parameters.safetensors'
        $network | Export-MnistNetwork $path -Force
        $tensors = @(Read-Tensor $path)
        $tensors.Count | Should -Be 10
        $network.Parameters.Name | Should -Be '0.weight', '0.bias', '1.weight', '1.bias', '1.running_mean', '1.running_var', '4.weight', '4.bias', '6.weight', '6.bias'
        foreach ($tensor in $tensors) {
            $parameter = $network.Parameters[$tensor.Name]
            $parameter.Name | Should -BeExactly $tensor.Name
            @($parameter.Shape.Sizes) | Should -Be $tensor.Shape
            Join-Number $parameter.Values | Should -Be (Join-Number $tensor.Values)
        }
    }

    It 'are had by position too, and listed' {
        $network.Parameters.Count | Should -Be 10
        $network.Parameters[0].Name | Should -Be '0.weight'
        $network.Parameters[-1].Name | Should -Be '6.bias'
        "$($network.Parameters[0])" | Should -Be '0.weight (4, 1, 3, 3)'
        "$($network.Parameters['6.bias'].Shape)" | Should -Be '(10,)'
        $lines = ($network.Parameters[-1] | Out-String -Stream) -replace "`e\[[\d;]*m" | Where-Object { $_.Trim() }
        $lines[0] | Should -Match '^\s*Name\s+Shape\s+Values'
        $lines[2] | Should -Match '^\s*6\.bias\s+\(10,\)\s+\{'
        ($network.Parameters | Select-Object Name, Shape | ConvertTo-Csv)[1] | Should -Be '"0.weight","(4, 1, 3, 3)"'
    }

    It 'are carried from one network to another, which then reads the same' {
        $other = New-MnistNetwork -Layer $layers -Seed 2
        Get-Scores $other | Should -Not -Be (Get-Scores $network)
        foreach ($parameter in $network.Parameters) { $other.Parameters[$parameter.Name].Values = $parameter.Values }
        Get-Scores $other | Should -Be (Get-Scores $network)
        $other.EpochsTrained | Should -Be 0
        @($data | Invoke-MnistTraining $other -Epochs 1 -BatchSize 10).Count | Should -Be 1
    }

    It 'take numbers as a script has them: objects, whole ones, another precision' {
        $network.Parameters['6.bias'].Values = 0..9
        $network.Parameters['6.bias'].Values | Should -Be (0..9)
        $network.Parameters['6.bias'].Values = [float[]]@(0.5) * 10
        $network.Parameters['6.bias'].Values | Should -Be (@(0.5) * 10)
    }

    It 'change only when they are assigned, and as a copy' {
        $before = Get-Scores $network
        $values = $network.Parameters['6.bias'].Values
        $values[3] = 100
        Get-Scores $network | Should -Be $before
        $network.Parameters['6.bias'].Values = $values
        $values[3] = 0
        ($data.Test | Invoke-MnistPrediction $network).Label | Sort-Object -Unique | Should -Be 3
    }

    It 'go into a file as they were assigned' {
        $values = $network.Parameters['4.weight'].Values
        for ($i = 0; $i -lt $values.Length; $i++) { $values[$i] = $i }
        $network.Parameters['4.weight'].Values = $values
        $path = Join-Path $TestDrive 'assigned.safetensors'
        $network | Export-MnistNetwork $path -Force
        $back = Import-MnistNetwork $path
        Join-Number $back.Parameters['4.weight'].Values | Should -Be (Join-Number $values)
        Get-Scores $back | Should -Be (Get-Scores $network)
    }

    It 'refuse <What>' -ForEach @(
        @{ What = 'fewer numbers'; Name = '6.bias'; Values = 1..9; Message = '6.bias has the shape (10,), and 9 numbers were given; 10 numbers were expected, row by row.' }
        @{ What = 'more numbers'; Name = '6.bias'; Values = 1..11; Message = '*11 numbers were given; 10 numbers were expected*' }
        @{ What = 'what is no number'; Name = '6.bias'; Values = @(0, 1, [double]::NaN) + @(0) * 7; Message = 'Number 2 for 6.bias is NaN; a number from *' }
        @{ What = 'what is not finite'; Name = '6.bias'; Values = @([double]::PositiveInfinity) * 10; Message = 'Number 0 for 6.bias is Infinity*' }
        @{ What = 'what single precision does not hold'; Name = '6.bias'; Values = @(1e39) * 10; Message = 'Number 0 for 6.bias is 1E+39; a number from -3.4E+38 to 3.4E+38*' }
        @{ What = 'a variance below 0'; Name = '1.running_var'; Values = 1, 1, -1, 1; Message = 'Number 2 for 1.running_var is -1; a number from 0 to*' }
        @{ What = 'words'; Name = '6.bias'; Values = @('one') * 10; Message = '*' }
        @{ What = 'nothing'; Name = '6.bias'; Values = $null; Message = '6.bias has the shape (10,), and nothing was given; 10 numbers were expected, row by row.' }
    ) {
        $before = Join-Number $network.Parameters[$Name].Values
        $failure = { $network.Parameters[$Name].Values = $Values } | Should -Throw -PassThru
        ($failure.Exception.InnerException ?? $failure.Exception).Message | Should -BeLike $Message
        Join-Number $network.Parameters[$Name].Values | Should -Be $before
    }

    It 'take the values of another network and of arrays by their names' {
        $other = New-MnistNetwork -Layer $layers -Seed 2
        foreach ($parameter in $network.Parameters) { $other.Parameters[$parameter.Name] = $parameter }
        Get-Scores $other | Should -Be (Get-Scores $network)
        $other.Parameters['6.bias'] = 0..9
        $other.Parameters['6.bias'].Values | Should -Be (0..9)
        $other.Parameters['6.bias'] = @(0..9 | ForEach-Object { Write-Output ($_ / 10) })
        $other.Parameters['6.bias'].Values | Should -Be @(0..9 | ForEach-Object { $_ / 10 })
        $other.Parameters['6.bias'] = [float[]]@(0.1) * 10
        $other.Parameters['6.bias'].Values | Should -Be (@([double][float]0.1) * 10)
        $rows, $columns = $other.Parameters['6.weight'].Shape.Sizes
        $table = [double[, ]]::new($rows, $columns)
        $table[1, 2] = 5
        $other.Parameters['6.weight'] = $table
        $other.Parameters['6.weight'].Values[$columns + 2] | Should -Be 5
    }

    It 'say by name what they expect: <What>' -ForEach @(
        @{ What = 'another name'; Name = 'weights_1'; Values = 0..9; Message = "The network has no parameter 'weights_1'; one of 0.weight, 0.bias, *, 6.bias was expected." }
        @{ What = 'another count'; Name = '6.bias'; Values = 0..8; Message = '6.bias has the shape (10,), and 9 numbers were given; 10 numbers were expected, row by row.' }
        @{ What = 'another parameter'; Name = '6.bias'; Values = $null; Other = '0.weight'; Message = "6.bias has the shape (10,), and '0.weight (*)' was given; 10 numbers were expected*" }
        @{ What = 'another table'; Name = '6.bias'; Values = [double[, ]]::new(5, 2); Message = '6.bias *, and an array of (5, 2) was given; 10 numbers*' }
        @{ What = 'a word'; Name = '6.bias'; Values = 'ten'; Message = '6.bias *, and a System.String was given; 10 numbers*' }
        @{ What = 'a word among numbers'; Name = '6.bias'; Values = 0, 'one', 2, 3, 4, 5, 6, 7, 8, 9; Message = "6.bias *, and 'one' was given in place 1; 10 numbers*" }
        @{ What = 'a number'; Name = '6.bias'; Values = 3.5; Message = '6.bias *, and a System.Double was given; 10 numbers*' }
        @{ What = 'nothing'; Name = '6.bias'; Values = $null; Message = '6.bias *, and nothing was given; 10 numbers*' }
    ) {
        $before = Get-Scores $network
        $failure = { $network.Parameters[$Name] = $Other ? $network.Parameters[$Other] : $Values } | Should -Throw -PassThru
        ($failure.Exception.InnerException ?? $failure.Exception).Message | Should -BeLike $Message
        Get-Scores $network | Should -Be $before
    }

    It 'are left out of copies, but for their names and shapes' {
        $path = Join-Path $TestDrive 'network.xml'
        $network | Export-Clixml $path
        (Get-Item $path).Length | Should -BeLessThan 100000
        $copy = Import-Clixml $path
        $copy.Parameters.Name | Should -Be $network.Parameters.Name
        $copy.Parameters[0].PSObject.Properties.Name | Should -Not -Contain 'Values'
        $copy.Layers.Layer | Should -Be $network.Layers.Layer
    }

    It 'say which there are where a name is none of theirs' {
        $failure = { $network.Parameters.get_Item('hidden1.weight') } | Should -Throw -PassThru
        $failure.Exception.InnerException.Message | Should -BeLike "The network has no parameter 'hidden1.weight'; one of 0.weight, 0.bias, *, 6.bias was expected."
        { $network.Parameters['hidden1.weight'].Values = 1..10 } | Should -Throw
    }

    It 'are not changed under a training' {
        $data | Invoke-MnistTraining $network -Epochs 2 -BatchSize 10 | ForEach-Object {
            $failure = { $network.Parameters['6.bias'].Values = 0..9 } | Should -Throw -PassThru
            $failure.Exception.InnerException.Message | Should -BeLike '*being trained already*'
        }
        $network.Parameters['6.bias'].Values = 0..9
    }
}

Describe 'A copy of a network' {
    It 'reads the same, goes on the same, and leaves the network as it is' {
        $network = New-MnistNetwork -Layer $layers -Seed 1
        $null = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10
        $copy = $network.Copy()
        $before = Get-Scores $network
        Get-Scores $copy | Should -Be $before
        $copy.Seed | Should -Be 1
        $copy.History.Count | Should -Be 1
        $null = $data | Invoke-MnistTraining $copy -Epochs 1 -BatchSize 10
        Get-Scores $network | Should -Be $before
        $network.EpochsTrained | Should -Be 1
        $null = $data | Invoke-MnistTraining $network -Epochs 1 -BatchSize 10
        Get-Scores $network | Should -Be (Get-Scores $copy)
        $copy.Parameters['6.bias'].Values = 0..9
        $network.Parameters['6.bias'].Values | Should -Not -Be (0..9)
    }
}
