# Numbers as strings: one mechanism for every numeric parameter of every cmdlet, in every culture.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'common.ps1')
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $numbers = 'Int32', 'UInt64', 'Double', 'Single', 'Int64', 'UInt32', 'Int16', 'Byte', 'Decimal'
    $cases = foreach ($command in Get-Command -Module MnistPS -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            $isList = $parameter.ParameterType.IsArray
            $element = $isList ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
            $type = [Nullable]::GetUnderlyingType($element) ?? $element
            if ($type.Name -in $numbers -and -not $type.IsEnum) {
                @{ Command = $command.Name; Parameter = $parameter; Name = $parameter.Name; Type = $type; IsList = $isList; IsNullable = $type -ne $element }
            }
        }
    }
    $cultures = 'de-DE', 'ko-KR', 'tr-TR', ''
    $inCultures = foreach ($case in $cases) { foreach ($culture in $cultures) { $case + @{ Culture = $culture } } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'common.ps1')

    function Get-NumberAttribute($Parameter) {
        $Parameter.Attributes | Where-Object { $_.GetType().Name -in 'NumberAttribute`1', 'NumbersAttribute`1' }
    }

    # Reads a value by the parameter's own argument transformation.
    function Read-Number($Parameter, $Value) {
        , (Get-NumberAttribute $Parameter).Transform($ExecutionContext, $Value)
    }
}

Describe 'The numbers of the cmdlets' {
    It 'are found: at least the known <_>' -ForEach 'New-MnistNetwork -HiddenSize', 'Invoke-MnistTraining -LearningRate', 'ConvertTo-OneHot -Label', 'Show-MnistImage -Sample' {
        $command, $name = $_ -split ' -'
        Get-NumberAttribute (Get-Command $command).Parameters[$name] | Should -Not -BeNullOrEmpty
    }

    It '<Command> -<Name> is read by the one mechanism, as what it is' -ForEach $cases {
        $attributes = @(Get-NumberAttribute $Parameter)
        $attributes.Count | Should -Be 1 -Because 'every number of every cmdlet has [Number<T>] or [Numbers<T>]'
        $attributes[0].GetType().Name | Should -Be ($IsList ? 'NumbersAttribute`1' : 'NumberAttribute`1')
        $attributes[0].GetType().GenericTypeArguments[0] | Should -Be $Type
    }

    It '<Command> -<Name> may be null where it may be left out' -ForEach $cases {
        $isMandatory = $Parameter.Attributes.Where{ $_ -is [Parameter] }.Mandatory -contains $true
        $isMandatory -or $IsList -or $IsNullable | Should -BeTrue -Because '$null, as a splatted table may have it, would be taken for 0'
    }

    It '<Command> -<Name> is read the same in the culture "<Culture>"' -ForEach $inCultures {
        Use-Culture $Culture {
            $read = Read-Number $Parameter '5'
            $read | Should -Be 5
            $read[0] | Should -BeOfType $Type
            (Read-Number $Parameter '1e2') | Should -Be 100
            (Read-Number $Parameter ' 7 ') | Should -Be 7
            (Read-Number $Parameter 3) | Should -Be 3
            foreach ($nothing in '', ' ') { { Read-Number $Parameter $nothing } | Should -Throw '*is no number; one was expected*PowerShell would have read 0.*' }
            foreach ($other in 'five', '5d', '0x10', '1kb', '5;6', $true, [switch]$true, [DayOfWeek]::Monday) {
                { Read-Number $Parameter $other } | Should -Throw '*is no number; one was expected*'
            }

            if ($IsList) {
                (Read-Number $Parameter '128,64') | Should -Be 128, 64
                (Read-Number $Parameter '128, 64') | Should -Be 128, 64
                (Read-Number $Parameter @('128,64', 32)) | Should -Be 128, 64, 32
                { Read-Number $Parameter '128,' } | Should -Throw '*is no number*'
                { Read-Number $Parameter @(1, $null) } | Should -Throw '*Nothing is no number*'
                { Read-Number $Parameter '1,024' } | Should -Throw "*'1,024' has the number 024, which begins with 0.*thousands have none*"
            }
            else {
                { Read-Number $Parameter '128,64' } | Should -Throw "*'128,64' has a comma; one number was expected*PowerShell would have read 12864.*"
            }

            if ($Type -eq [double]) {
                (Read-Number $Parameter '0.001') | Should -Be 0.001
                (Read-Number $Parameter 0.5) | Should -Be 0.5
                if (-not $IsList) {
                    { Read-Number $Parameter '0,001' } | Should -Throw "*'0,001' has a comma; one number was expected, and 0.001 is written with a point. PowerShell would have read 1.*"
                }
            }
            else {
                foreach ($fraction in 1.5, '1.5', 1.5d, [float]1.5) {
                    { Read-Number $Parameter $fraction } | Should -Throw '*1.5*is no whole number; one was expected, such as 5. PowerShell would have read 2.*'
                }

                (Read-Number $Parameter '5.0') | Should -Be 5
                { Read-Number $Parameter '1e30' } | Should -Throw "*is out of range; a number from $($Type::MinValue) to $($Type::MaxValue) was expected.*"
                (Read-Number $Parameter "$($Type::MaxValue)") | Should -Be $Type::MaxValue
                { Read-Number $Parameter ([double]::NaN) } | Should -Throw '*NaN is no whole number*'
            }
        }
    }
}

Describe 'Numbers as users give them, in the culture "<_>"' -ForEach $cultures {
    BeforeAll {
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
    }

    AfterAll { [cultureinfo]::CurrentCulture = $before }

    It 'makes layers of 128 and 64 units from the one string that another shell passes' {
        "$(New-MnistNetwork -HiddenSize '128,64')" | Should -Be 'dense 128, relu, dropout 0.5, dense 64, relu, dropout 0.5, dense 10'
        "$(New-MnistNetwork -HiddenSize 128, 64)" | Should -Be 'dense 128, relu, dropout 0.5, dense 64, relu, dropout 0.5, dense 10'
    }

    It 'refuses a fraction with a comma' {
        { New-MnistNetwork -DropoutRate '0,5' } | Should -Throw "*0.5 is written with a point*" -ErrorId 'ParameterArgumentTransformationError,MnistPS.Commands.NewMnistNetworkCommand'
        { New-BarDataset 10 5 | Invoke-MnistTraining (New-MnistNetwork) -LearningRate '0,001' } |
            Should -Throw '*0.001 is written with a point. PowerShell would have read 1.*' -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'refuses a fraction where a whole number is wanted' {
        { New-BarDataset 10 5 | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1.5 } | Should -Throw '*1.5 is no whole number*PowerShell would have read 2.*'
        { Get-MnistDataset -Synthetic -TrainingCount 1.5 } | Should -Throw '*1.5 is no whole number*'
        { New-MnistNetwork -Seed 0.5 } | Should -Throw '*0.5 is no whole number*'
    }

    It 'takes two labels for two, and nothing for none' {
        @('0,5' | ConvertTo-OneHot).Count | Should -Be 2
        '' | ConvertTo-OneHot -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        "$($problems[0])" | Should -BeLike "*'' is no number; one was expected, such as 5. PowerShell would have read 0.*"
        $problems[0].FullyQualifiedErrorId | Should -Be 'ParameterArgumentTransformationError,MnistPS.Commands.ConvertToOneHotCommand'
    }

    It 'takes $null for a number that was not given' {
        (New-MnistNetwork -Seed $null -HiddenSize $null -DropoutRate $null -WeightRange $null).Seed | Should -Not -Be 0
        { ConvertTo-OneHot 3 -ClassCount $null } | Should -Throw '*is null*' -ErrorId 'ParameterArgumentValidationError,*' -Because 'it has a range, and 0 is not in it'
        (Get-MnistDataset -Synthetic -Seed $null -TrainingCount 2 -TestCount 1).Training.Count | Should -Be 2
        @(New-BarDataset 10 5 | Invoke-MnistTraining (New-MnistNetwork) -Epochs 1 -WeightDecay $null -ValidationCount $null).Count | Should -Be 1
    }
}

Describe 'A script that another shell starts' {
    It 'gets its list of numbers as one string, and the layers are two' {
        $script = Join-Path $TestDrive 'layers.ps1'
        Set-Content -LiteralPath $script -Value @"
param(`$HiddenSize)
Import-Module '$MnistPSModule'
"`$(New-MnistNetwork -HiddenSize `$HiddenSize)"
"@
        Invoke-PowerShell -File $script -HiddenSize '128,64' | Should -Be 'dense 128, relu, dropout 0.5, dense 64, relu, dropout 0.5, dense 10'
    }
}
