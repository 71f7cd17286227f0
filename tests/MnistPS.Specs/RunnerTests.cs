namespace MnistPS.Specs;

/// <summary>The runner tells good specs from bad ones.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runner-");

    /// <summary>Removes the specs that were written.</summary>
    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("an assertion that does not hold", "Describe a { It b { 1 | Should -Be 2 } }", "Expected Be 2, but got: 1.")]
    [InlineData("a negated assertion", "Describe a { It b { 1 | Should -Not -Be 1 } }", "Expected not Be 1, but got: 1.")]
    [InlineData("an exception", "Describe a { It b { throw 'oh no' } }", "oh no")]
    [InlineData("an unknown command", "Describe a { It b { Get-Nothing; 1 | Should -Be 1 } }", "Get-Nothing")]
    [InlineData("no assertion", "Describe a { It b { $null = 1 + 1 } }", "asserts nothing")]
    [InlineData("an unknown operator", "Describe a { It b { 1 | Should -BeNice } }", "BeNice")]
    [InlineData("BeforeAll", "Describe a { BeforeAll { throw 'oh no' }; It b { 1 | Should -Be 1 } }", "oh no")]
    [InlineData("BeforeAll of a block outside", "BeforeAll { throw 'oh no' }; Describe a { It b { 1 | Should -Be 1 } }", "oh no")]
    [InlineData("BeforeEach", "Describe a { BeforeEach { throw 'oh no' }; It b { 1 | Should -Be 1 } }", "oh no")]
    [InlineData("AfterEach", "Describe a { AfterEach { throw 'oh no' }; It b { 1 | Should -Be 1 } }", "oh no")]
    [InlineData("AfterAll", "Describe a { AfterAll { throw 'oh no' }; It b { 1 | Should -Be 1 } }", "oh no")]
    [InlineData("discovery", "Describe a { It b { 1 | Should -Be 1 } }; throw 'oh no'", "oh no")]
    [InlineData("discovery of a block", "Describe a { It b { 1 | Should -Be 1 }; Get-Nothing }", "Get-Nothing")]
    [InlineData("syntax", "Describe a { It b { 1 | Should -Be 1 }", "Missing closing '}'")]
    [InlineData("an empty -ForEach", "Describe a { It b -ForEach @() { 1 | Should -Be 1 } }", "-ForEach of 'b' is empty")]
    [InlineData("a test outside Describe", "It b { 1 | Should -Be 1 }", "outside Describe")]
    [InlineData("an empty file", "", "holds no test")]
    public void FailureIsReported(string what, string spec, string message)
    {
        SpecTest test = Assert.Single(Run(spec));
        Assert.Equal((what, SpecOutcome.Failed), (what, test.Outcome));
        Assert.Contains(message, test.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Describe a { It b -Skip { 1 | Should -Be 1 } }", "It b -Skip")]
    [InlineData("Describe a { It b -Skip:(1 -eq 1) { 1 | Should -Be 1 } }", "-Skip:(1 -eq 1)")]
    [InlineData("Describe a -Skip { BeforeAll { throw 'oh no' }; It b { 1 | Should -Be 1 } }", "Describe a -Skip")]
    [InlineData("Describe a { It b { Set-ItResult -Skipped -Because 'it rains' } }", "it rains")]
    public void SkipIsReported(string spec, string reason)
    {
        SpecTest test = Assert.Single(Run(spec));
        Assert.Equal(SpecOutcome.Skipped, test.Outcome);
        Assert.Contains(reason, test.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureLeavesTheOtherTestsAlone()
    {
        IReadOnlyList<SpecTest> tests = Run("Describe a { It b { throw 'oh no' }; Context c { It '<n>' -ForEach @{ n = 1 }, @{ n = 2 } { $n | Should -Be 1 } } }");
        Assert.Equal(
            [("a b", SpecOutcome.Failed), ("a c 1", SpecOutcome.Passed), ("a c 2", SpecOutcome.Failed)],
            tests.Select(test => (test.Name, test.Outcome)));
    }

    [Fact]
    public void CasesGiveTheirValuesToNamesAndTests()
    {
        IReadOnlyList<SpecTest> tests = Run("""
            Describe 'a <x>' -ForEach @{ x = 1 } {
                It 'b <_>' -ForEach 0 { $_ | Should -Be 0; $x | Should -Be 1 }
                It 'c <x> <y.Length> <z>' -ForEach @{ x = 2; y = 'yy' } { $x | Should -Be 2; $_.y | Should -Be 'yy' }
            }
            """);
        Assert.Equal(
            [("a 1 b 0", SpecOutcome.Passed), ("a 1 c 2 2 <z>", SpecOutcome.Passed)],
            tests.Select(test => (test.Name, test.Outcome)));
    }

    [Fact]
    public void AFailureNamesTheLineOfTheSpec()
    {
        SpecTest test = Assert.Single(Run("Describe a {\n    It b {\n        1 | Should -Be 2\n    }\n}"));
        Assert.Contains("Some.Tests.ps1: line 3", test.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetUpAndTearDownRunInOrderAndKeepTheirScopes()
    {
        SpecTest[] tests = [.. Run("""
            BeforeDiscovery { $found = 'only at discovery' }
            BeforeAll { $log = [System.Collections.Generic.List[string]]::new(); $value = 1 }
            Describe a {
                BeforeEach { $log.Add('each') }
                AfterEach { $log.Add('after') }
                It b { $value | Should -Be 1; $value = 2; $value | Should -Be 2 }
                Context c {
                    BeforeEach { $log.Add('inner') }
                    It d { $value | Should -Be 1; $found | Should -BeNullOrEmpty; $log | Should -Be 'each', 'after', 'each', 'inner' }
                }
            }
            """)];
        Assert.All(tests, test => Assert.Equal((SpecOutcome.Passed, ""), (test.Outcome, test.Message)));
        Assert.Equal(2, tests.Length);
    }

    [Fact]
    public void TestDriveIsEmptiedAfterItsBlock()
    {
        SpecTest[] tests = [.. Run("""
            Describe a {
                It b { [IO.File]::WriteAllText("$TestDrive/f", "one`nTwo"); 'TestDrive:/f' | Should -Exist; 'TestDrive:/f' | Should -FileContentMatch '^two$' }
                It c { "$TestDrive/f" | Should -Exist }
            }
            Describe d { It e { "$TestDrive/f" | Should -Not -Exist } }
            """)];
        Assert.All(tests, test => Assert.Equal((SpecOutcome.Passed, ""), (test.Outcome, test.Message)));
    }

    [Theory]
    [InlineData("1, 2, 3 | Should -Be 1, 2, 3", "1, 2, 3 | Should -Be 1, 2, 4")]
    [InlineData("'a' | Should -Be 'A'", "'a' | Should -Be 'b'")]
    [InlineData("$null | Should -Be $null", "0 | Should -Be $null")]
    [InlineData("'a' | Should -BeExactly 'a'", "'a' | Should -BeExactly 'A'")]
    [InlineData("@() | Should -BeNullOrEmpty", "0 | Should -BeNullOrEmpty")]
    [InlineData("'' | Should -BeNullOrEmpty", "1, 2 | Should -BeNullOrEmpty")]
    [InlineData("$true | Should -BeTrue", "$false | Should -BeTrue")]
    [InlineData("$null | Should -BeFalse", "1 | Should -BeFalse")]
    [InlineData("2, 3 | Should -BeGreaterThan 1", "2, 1 | Should -BeGreaterThan 1")]
    [InlineData("1 | Should -BeGreaterOrEqual 1", "0 | Should -BeGreaterOrEqual 1")]
    [InlineData("0 | Should -BeLessThan 1", "1 | Should -BeLessThan 1")]
    [InlineData("1 | Should -BeLessOrEqual 1", "2 | Should -BeLessOrEqual 1")]
    [InlineData("1 | Should -BeOfType [int]", "1 | Should -BeOfType ([double])")]
    [InlineData("1 | Should -BeIn 1, 2", "3 | Should -BeIn 1, 2")]
    [InlineData("'abc' | Should -BeLike 'A*'", "'abc' | Should -BeLike 'b*'")]
    [InlineData("'abc' | Should -Match '^A'", "'abc' | Should -Match '^b'")]
    [InlineData("'abc' | Should -MatchExactly '^a'", "'abc' | Should -MatchExactly '^A'")]
    [InlineData("1, 2 | Should -Contain 2", "1, 2 | Should -Contain 3")]
    [InlineData("1, 2 | Should -HaveCount 2", "$null | Should -HaveCount 2")]
    [InlineData("@() | Should -HaveCount 0", "1 | Should -HaveCount 0")]
    [InlineData("$PSCommandPath | Should -Exist", "'nowhere' | Should -Exist")]
    [InlineData("$PSCommandPath | Should -FileContentMatch 'DESCRIBE'", "$PSCommandPath | Should -FileContentMatch '^x'")]
    [InlineData("{ throw 'abc' } | Should -Throw", "{ 1 } | Should -Throw")]
    [InlineData("{ throw 'abc' } | Should -Throw 'a*'", "{ throw 'abc' } | Should -Throw 'a'")]
    [InlineData("{ throw 'abc' } | Should -Throw -ErrorId abc", "{ throw 'abc' } | Should -Throw -ErrorId x")]
    [InlineData("{ throw [FormatException]'x' } | Should -Throw -ExceptionType ([FormatException])", "{ throw 'x' } | Should -Throw -ExceptionType ([FormatException])")]
    [InlineData("1 | Should -Not -Be 2", "1 | Should -Not -Be 1")]
    [InlineData("1 | Should -Not -BeNullOrEmpty", "$null | Should -Not -BeNullOrEmpty")]
    [InlineData("{ 1 } | Should -Not -Throw", "{ throw 'abc' } | Should -Not -Throw")]
    public void OperatorsHoldAndFail(string holds, string fails)
    {
        IReadOnlyList<SpecTest> tests = Run($"Describe a {{ It holds {{ {holds} }}\n It fails {{ {fails} }} }}");
        Assert.Equal([SpecOutcome.Passed, SpecOutcome.Failed], tests.Select(test => test.Outcome));
    }

    [Fact]
    public void ThrowHandsTheErrorOn()
    {
        SpecTest test = Assert.Single(Run("Describe a { It b { ({ throw 'oh no' } | Should -Throw -PassThru).Exception.Message | Should -Be 'oh no' } }"));
        Assert.Equal((SpecOutcome.Passed, ""), (test.Outcome, test.Message));
    }

    private IReadOnlyList<SpecTest> Run(string spec)
    {
        string path = Path.Combine(_folder.FullName, "Some.Tests.ps1");
        File.WriteAllText(path, spec);
        return new SpecFile(path).Outcomes;
    }
}
