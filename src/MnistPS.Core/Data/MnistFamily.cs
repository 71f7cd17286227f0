namespace MnistPS;

/// <summary>Data sets in MNIST's form that mirrors have.</summary>
public enum MnistFamily
{
    /// <summary>Handwritten digits: LeCun, Cortes and Burges.</summary>
    Mnist,

    /// <summary>Articles of clothing: Xiao, Rasul and Vollgraf, arXiv:1708.07747.</summary>
    FashionMnist,

    /// <summary>Ten hiragana in cursive hand: Clanuwat et al., arXiv:1812.01718.</summary>
    KuzushijiMnist,
}
