namespace MnistPS;

/// <summary>A ready-made network, with training options that suit it.</summary>
public enum NetworkPreset
{
    /// <summary>The tutorial's: 784-100-10, squared error, image by image.</summary>
    Tutorial,

    /// <summary>Two hidden layers of 512 units with dropout.</summary>
    Mlp,

    /// <summary>Two convolutions, pooled and normalised, and a hidden dense layer.</summary>
    ConvNet,
}
