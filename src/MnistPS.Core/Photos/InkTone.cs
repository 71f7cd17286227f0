namespace MnistPS;

/// <summary>What is lighter, ink or paper.</summary>
public enum InkTone
{
    /// <summary>Dark ink on light paper.</summary>
    Dark,

    /// <summary>Light ink on a dark ground, as chalk on a blackboard.</summary>
    Light,
}
