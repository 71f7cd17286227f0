namespace MnistPS.Tests;

/// <summary>MNIST, for tests that need it. No part of it is in the project.</summary>
internal static class MnistTestData
{
    /// <summary>The folder with the four files: what MNISTPS_TEST_DATA names, or shared/mnist beside the repository; without it the test is skipped.</summary>
    public static string FolderOrSkip()
    {
        string folder = Environment.GetEnvironmentVariable("MNISTPS_TEST_DATA") ?? Path.Combine(RepositoryRoot(), "..", "shared", "mnist");
        Assert.SkipUnless(Directory.Exists(folder), $"MNIST is not at hand: there is no folder '{folder}'.");
        return folder;
    }

    internal static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MnistPS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds MnistPS.slnx.");
    }
}
