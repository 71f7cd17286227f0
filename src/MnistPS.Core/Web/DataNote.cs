namespace MnistPS.Web;

/// <summary>A note on a data set for readers who judge what a network is fit for.</summary>
internal static class DataNote
{
    /// <summary>The note for a data set, by its name.</summary>
    public static HtmlText Of(MnistDataset dataset) => dataset.Name switch
    {
        // Sources: LeCun, Cortes and Burges, "The MNIST database of handwritten digits"; for the labels Northcutt, Athalye and Mueller, arXiv:2103.14749.
        "MNIST" => HtmlText.Of($"""
            <p>MNIST has 60,000 training images by about 250 writers and 10,000 test images by others, employees of the United States Census Bureau and high
            school students. They are single digits without lines or boxes around them, fitted into 20 × 20 pixels and centred by their mass in 28 × 28.</p>
            <p>Some labels are wrong: of the test images 15 were found (arXiv:2103.14749). The last tenths of a percent of an accuracy say little.</p>
            """),
        "Synthetic" => HtmlText.Of($"""
            <p>No human wrote these digits. MnistPS draws them from a seed, in several styles, and fits and centres them as MNIST's are. They are easier than
            handwriting: an accuracy on them says nothing of handwriting. They are for trying things out.</p>
            """),
        // Sources: Xiao, Rasul and Vollgraf, arXiv:1708.07747; Clanuwat et al., arXiv:1812.01718.
        "Fashion-MNIST" => HtmlText.Of($"""
            <p>Fashion-MNIST has 60,000 training images and 10,000 test images of clothes, shoes and bags from the photos of a shop, in ten classes, 28 × 28 in grey.
            They are no digits: what this page says of digits holds for the classes.</p>
            """),
        "Kuzushiji-MNIST" => HtmlText.Of($"""
            <p>Kuzushiji-MNIST has 60,000 training images and 10,000 test images of ten hiragana in cursive hand, cut out of old Japanese books, 28 × 28 in grey.
            They are no digits: what this page says of digits holds for the classes.</p>
            """),
        _ => HtmlText.Of($"""
            <p>The set '{dataset.Name}' is the reader's own, and nothing is known of it here. Say who wrote its images and how they were made before others rely on this
            network.</p>
            """),
    };
}
