namespace MnistPS;

/// <summary>Whether the ink is darker or lighter than its ground.</summary>
public enum InkTone
{
    /// <summary>Dark ink on light paper.</summary>
    Dark,

    /// <summary>Light ink on a dark ground, such as chalk on a blackboard.</summary>
    Light,
}
