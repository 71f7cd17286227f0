namespace MnistPS;

/// <summary>One-hot encoding: a label becomes a row that is 1 at the label's place and 0 elsewhere.</summary>
public static class OneHot
{
    /// <summary>The row of one label, (classes).</summary>
    /// <exception cref="MnistException">A label outside the classes (<c>LabelOutOfRange</c>), or no class at all, or more than fit into memory (<c>ClassCountOutOfRange</c>).</exception>
    public static double[] Encode(int label, int classCount)
    {
        CheckClassCount(classCount);
        CheckLabel(label, classCount);
        try
        {
            double[] row = new double[classCount];
            row[label] = 1;
            return row;
        }
        catch (OutOfMemoryException e)
        {
            throw new MnistException("ClassCountOutOfRange", Fault.InvalidArgument,
                $"The class count is {classCount}; a row of so many numbers does not fit into memory. Give a smaller one (10 for digits).", classCount, e);
        }
    }

    internal static void CheckClassCount(int classCount)
    {
        if (classCount < 1)
        {
            throw new MnistException("ClassCountOutOfRange", Fault.InvalidArgument,
                $"The class count is {classCount}; 1 or more was expected (10 for digits).", classCount);
        }
    }

    internal static void CheckLabel(int label, int classCount)
    {
        if (label < 0 || label >= classCount)
        {
            throw new MnistException("LabelOutOfRange", Fault.InvalidArgument,
                $"Label {label} is outside the classes 0 to {classCount - 1}. Give a label in that range, or a larger -ClassCount.", label);
        }
    }
}
