namespace MnistPS.PhotoSimulator;

/// <summary>What is printed on a sheet.</summary>
internal enum PaperKind
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>Lines to write on.</summary>
    Ruled,

    /// <summary>Squares.</summary>
    Squared,
}
