namespace MnistPS.Photos;

/// <summary>A parabola that gives the row at each column: A + B · t + C · t², where t is from -1 to 1.</summary>
internal readonly record struct Parabola(double A, double B, double C, double Middle, double Half)
{
    /// <summary>Fits a parabola to the pixels of runs by least squares.</summary>
    public static Parabola Through(IReadOnlyList<InkRun> runs)
    {
        double left = runs.Min(run => run.Start);
        double right = runs.Max(run => run.End);
        double middle = (left + right) / 2;
        double half = Math.Max((right - left) / 2, 1);
        Span<double> powers = stackalloc double[5];
        Span<double> products = stackalloc double[3];
        powers.Clear();
        products.Clear();
        foreach (InkRun run in runs)
        {
            double t = ((0.5 * (run.Start + run.End)) - middle) / half;
            double power = run.Length;
            for (int i = 0; i < 5; i++, power *= t)
            {
                powers[i] += power;
                if (i < 3)
                {
                    products[i] += power * run.Row;
                }
            }
        }

        // Cramer's rule. The small addends keep the matrix regular where all pixels are in one column.
        double s0 = powers[0], s1 = powers[1], s2 = powers[2] + 1e-6, s3 = powers[3], s4 = powers[4] + 1e-6;
        double determinant = Determinant(s0, s1, s2, s1, s2, s3, s2, s3, s4);
        if (Math.Abs(determinant) < 1e-9)
        {
            return new Parabola(products[0] / s0, 0, 0, middle, half);
        }

        return new Parabola(
            Determinant(products[0], s1, s2, products[1], s2, s3, products[2], s3, s4) / determinant,
            Determinant(s0, products[0], s2, s1, products[1], s3, s2, products[2], s4) / determinant,
            Determinant(s0, s1, products[0], s1, s2, products[1], s2, s3, products[2]) / determinant,
            middle,
            half);
    }

    /// <summary>The row at a column.</summary>
    public double At(double column)
    {
        double t = (column - Middle) / Half;
        return A + (t * (B + (t * C)));
    }

    private static double Determinant(double a, double b, double c, double d, double e, double f, double g, double h, double i)
        => (a * ((e * i) - (f * h))) - (b * ((d * i) - (f * g))) + (c * ((d * h) - (e * g)));
}
