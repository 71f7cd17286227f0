using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using MnistPS.Numerics;

namespace MnistPS.Tests;

/// <summary>Each kernel at each register width, against plain loops in float64. Values beyond the columns stay as they were.</summary>
public abstract unsafe class KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Iterations = 40;

    private static readonly Dictionary<string, Kernels<T>> _all = new()
    {
        [KernelWidths.Bits512] = new Kernels<T, Vector512<T>, Lanes512<T>>(),
        [KernelWidths.Bits256] = new Kernels<T, Vector256<T>, Lanes256<T>>(),
        [KernelWidths.Bits128] = new Kernels<T, Vector128<T>, Lanes128<T>>(),
        [KernelWidths.OneNumber] = new Kernels<T, T, LanesScalar<T>>(),
    };

    private static readonly double _tolerance = typeof(T) == typeof(float) ? 2e-5 : 2e-14;

    // Kernels get pointers, which keep no memory alive. It is kept until a test is over.
    private readonly ConcurrentBag<object> _memory = [];

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void RegistersHaveTheirBits(string width)
    {
        int expected = width == KernelWidths.OneNumber ? 8 * sizeof(T) : int.Parse(width.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, _all[width].RegisterBits);
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void MultiplyIsAMatrixProduct(string width)
        => Gen.Select(Gen.Int[0, 17], Gen.Int[0, 4], Gen.Int[1, 7], Gen.Int[1, 75], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 99999])
            .Sample((rows, segments, length, columns, step, initial, seed) =>
            {
                Random random = new(seed);
                int stride = Buffer<T>.Pad(columns);
                int k = segments * length;
                Buffer<T> a = Random(random, 2000);
                Buffer<int> rowOffsets = Offsets(random, rows + 1, 900);
                Buffer<int> segmentOffsets = Offsets(random, segments + 1, 900);
                Buffer<T> b = Random(random, (k + 1) * stride);
                Buffer<T> c = Random(random, (rows + 1) * stride);
                Buffer<T> bias = Random(random, stride);
                double[] before = Doubles(c);
                Operand<T> operand = new()
                {
                    Origin = a.Pointer, Rows = rowOffsets.Pointer, Segments = segmentOffsets.Pointer, SegmentCount = segments, SegmentLength = length, Step = step,
                };

                // Zero, one row for all, or the values in C.
                T* start = initial switch { 0 => null, 1 => bias.Pointer, _ => c.Pointer };
                _all[width].Multiply(operand, rows, b.Pointer, stride, columns, c.Pointer, stride, start, initial == 2 ? stride : 0);

                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        double sum = initial switch { 0 => 0, 1 => D(bias.Pointer[column]), _ => before[row * stride + column] };
                        for (int i = 0; i < k; i++)
                        {
                            int place = rowOffsets.Pointer[row] + segmentOffsets.Pointer[i / length] + i % length * step;
                            sum += D(a.Pointer[place]) * D(b.Pointer[i * stride + column]);
                        }

                        AssertClose(sum, c.Pointer[row * stride + column], k + 1);
                    }
                }

                Assert.Equal(before[(rows * stride)..], Doubles(c)[(rows * stride)..]);
            }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void SparseProductsAreMatrixProducts(string width)
        => Gen.Select(Gen.Int[0, 300], Gen.Int[1, 500], Gen.Int[1, 150], Gen.Int[0, 2], Gen.Int[0, 99999]).Sample((rows, inner, columns, initial, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            (CsrMatrix<T> sparse, double[,] dense) = Sparse(random, rows, inner, random.Next(2) * random.Next(inner));
            int from = random.Next(rows + 1);
            int to = random.Next(from, rows + 1);
            Buffer<T> b = Random(random, inner * stride);
            Buffer<T> c = Random(random, (rows + 1) * stride);
            Buffer<T> bias = Random(random, stride);
            double[] before = Doubles(c);
            T* start = initial switch { 0 => null, 1 => bias.Pointer, _ => c.Pointer };
            _all[width].Multiply(sparse, from, to, b.Pointer, stride, columns, c.Pointer, stride, start, initial == 2 ? stride : 0);
            for (int row = from; row < to; row++)
            {
                int place = (row - from) * stride;
                for (int column = 0; column < columns; column++)
                {
                    double sum = initial switch { 0 => 0, 1 => D(bias.Pointer[column]), _ => before[place + column] };
                    for (int i = 0; i < inner; i++)
                    {
                        sum += dense[row, i] * D(b.Pointer[i * stride + column]);
                    }

                    AssertClose(sum, c.Pointer[place + column], inner + 1);
                }
            }

            Assert.Equal(before[((to - from) * stride)..], Doubles(c)[((to - from) * stride)..]);
        }, iter: Iterations);

    /// <summary>As the patches of an image: rows of B overlap, and rows of C, which is accumulated.</summary>
    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void SparseProductsAreAddedWhereRowsOverlap(string width)
        => Gen.Select(Gen.Int[0, 300], Gen.Int[1, 900], Gen.Int[1, 3], Gen.Int[1, 6], Gen.Int[0, 99999]).Sample((rows, inner, pixel, pixels, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(1) * pixel;
            int columns = stride * pixels;
            (CsrMatrix<T> sparse, double[,] dense) = Sparse(random, rows, inner);
            Buffer<T> b = Random(random, (inner + pixels) * stride);
            Buffer<T> c = Random(random, (rows + pixels) * stride);
            double[] expected = Doubles(c);
            _all[width].Multiply(sparse, 0, rows, b.Pointer, stride, columns, c.Pointer, stride, c.Pointer, stride);
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < inner; i++)
                {
                    for (int column = 0; column < columns && dense[row, i] != 0; column++)
                    {
                        expected[row * stride + column] += dense[row, i] * D(b.Pointer[i * stride + column]);
                    }
                }
            }

            Assert.All(expected.Index(), number => AssertClose(number.Item, c.Pointer[number.Index], pixels * inner + 1));
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void TransposedProductsOfBytesAreAdded(string width)
        => Gen.Select(Gen.Int[0, 300], Gen.Int[1, 500], Gen.Int[1, 150], Gen.Int[0, 99999]).Sample((rows, inner, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> table = Random(random, 256);
            table.Pointer[0] = T.Zero;
            (ColumnMajorBytes bytes, byte[,] dense) = Bytes(random, rows, inner);
            int from = random.Next(inner + 1);
            int to = random.Next(from, inner + 1);
            Buffer<T> c = Random(random, (rows + 1) * stride);
            Buffer<T> b = Random(random, (inner + 1) * stride);
            double[] before = Doubles(b);
            _all[width].AddTransposed(bytes, table.Pointer, rows, from, to, c.Pointer, stride, columns, b.Pointer, stride);
            for (int i = from; i < to; i++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double sum = before[(i - from) * stride + column];
                    for (int row = 0; row < rows; row++)
                    {
                        sum += D(table.Pointer[dense[row, i]]) * D(c.Pointer[row * stride + column]);
                    }

                    AssertClose(sum, b.Pointer[(i - from) * stride + column], rows + 1);
                }
            }

            Assert.Equal(before[((to - from) * stride)..], Doubles(b)[((to - from) * stride)..]);
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void WhatHasBeenMovedIsMultipliedOnTheSameWay(string width)
        => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 40], Gen.Int[1, 500], Gen.Int[1, 150], Gen.Int[0, 99999]).Sample((rows, next, inner, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> table = Random(random, 256);
            table.Pointer[0] = T.Zero;
            (ColumnMajorBytes bytes, _) = Bytes(random, rows, inner);
            (CsrMatrix<T> x, double[,] dense) = Sparse(random, next, inner);
            Buffer<T> c = Random(random, (rows + 1) * stride);
            Buffer<T> b = Random(random, (inner + 1) * stride);
            Buffer<T> moved = Keep(new Buffer<T>(b.Length));
            b.Span.CopyTo(moved.Span);
            Buffer<T> y = Random(random, (next + 1) * stride);
            double[] before = Doubles(y);
            _all[width].AddTransposed(bytes, table.Pointer, rows, 0, inner, c.Pointer, stride, columns, moved.Pointer, stride);
            _all[width].AddTransposedAndMultiply(
                bytes, table.Pointer, rows, c.Pointer, stride, x, next, y.Pointer, stride, b.Pointer, stride, columns);
            Assert.Equal(Doubles(moved), Doubles(b));
            for (int row = 0; row < next; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    double sum = 0;
                    for (int i = 0; i < inner; i++)
                    {
                        sum += dense[row, i] * D(b.Pointer[i * stride + column]);
                    }

                    AssertClose(sum, y.Pointer[row * stride + column], inner + rows + 1);
                }
            }

            Assert.Equal(before[(next * stride)..], Doubles(y)[(next * stride)..]);
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void WhatASingleImageGivesBackIsAProductAndMovesTheMatrixAfterIt(string width)
        => Gen.Select(Gen.Int[0, 17], Gen.Int[1, 150], Gen.Int[0, 99999]).Sample((rows, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> c = Random(random, rows + 1);
            Buffer<T> x = Random(random, stride);
            Buffer<T> w = Random(random, (rows + 1) * stride);
            Buffer<T> y = Random(random, 2 * stride);
            double[] before = Doubles(w);
            double[] behind = Doubles(y)[stride..];
            _all[width].MultiplyAndAddOuter(c.Pointer, rows, x.Pointer, w.Pointer, stride, columns, y.Pointer);
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int row = 0; row < rows; row++)
                {
                    double weight = before[row * stride + column];
                    sum += D(c.Pointer[row]) * weight;
                    AssertClose(weight + D(c.Pointer[row]) * D(x.Pointer[column]), w.Pointer[row * stride + column], 2);
                }

                AssertClose(sum, y.Pointer[column], rows + 1);
            }

            Assert.Equal(before[(rows * stride)..], Doubles(w)[(rows * stride)..]);
            Assert.Equal(behind, Doubles(y)[stride..]);
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void DotsAreAProductWithOneVector(string width)
        => Gen.Select(Gen.Int[0, 17], Gen.Int[1, 150], Gen.Bool, Gen.Int[0, 99999]).Sample((rows, columns, hasInitial, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> x = Random(random, stride);
            Buffer<T> w = Random(random, (rows + 1) * stride);
            for (int row = 0; row <= rows; row++)
            {
                new Span<T>(w.Pointer + row * stride + columns, stride - columns).Clear();
            }

            new Span<T>(x.Pointer + columns, stride - columns).Clear();
            Buffer<T> initial = Random(random, rows + 1);
            Buffer<T> y = Keep(new Buffer<T>(rows + 1));
            _all[width].Dots(x.Pointer, w.Pointer, stride, rows, columns, y.Pointer, hasInitial ? initial.Pointer : null);
            for (int row = 0; row < rows; row++)
            {
                double expected = hasInitial ? D(initial.Pointer[row]) : 0;
                for (int i = 0; i < columns; i++)
                {
                    expected += D(x.Pointer[i]) * D(w.Pointer[row * stride + i]);
                }

                AssertClose(expected, y.Pointer[row], columns + 1);
            }

            Assert.Equal(T.Zero, y.Pointer[rows]);
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void RowsAreCombined(string width)
        => Gen.Select(Gen.Int[0, 41], Gen.Int[1, 300], Gen.Int[0, 99999]).Sample((rows, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> x = Random(random, rows);
            Buffer<T> w = Random(random, rows * stride);
            Buffer<T> initial = Random(random, stride);
            Buffer<T> y = Random(random, 2 * stride);
            double[] behind = Doubles(y)[stride..];
            _all[width].Combine(x.Pointer, w.Pointer, stride, rows, columns, y.Pointer, initial.Pointer);
            for (int column = 0; column < columns; column++)
            {
                double expected = D(initial.Pointer[column]);
                for (int row = 0; row < rows; row++)
                {
                    expected += D(x.Pointer[row]) * D(w.Pointer[row * stride + column]);
                }

                AssertClose(expected, y.Pointer[column], rows + 1);
            }

            Assert.Equal(behind, Doubles(y)[stride..]);
        }, iter: Iterations);

    /// <summary>A matrix with a fifth of its values nonzero from a column on, in CSR form and dense.</summary>
    private (CsrMatrix<T> Sparse, double[,] Dense) Sparse(Random random, int rows, int columns, int firstColumn = 0)
    {
        CsrMatrix<T> sparse = Keep(new CsrMatrix<T>(rows, columns, firstColumn));
        Buffer<T> table = Random(random, 256);
        double[,] dense = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            Buffer<uint> entries = Keep(new Buffer<uint>(columns));
            int count = 0;
            for (int column = firstColumn; column < columns; column++)
            {
                if (random.Next(5) == 0)
                {
                    int place = random.Next(256);
                    entries.Pointer[count++] = CsrEntry.Create(column, place);
                    dense[row, column] = D(table.Pointer[place]);
                }
            }

            sparse.Set(row, entries.Pointer, count, table.Pointer);
        }

        return (sparse, dense);
    }

    /// <summary>Bytes, a fifth of them nonzero, by columns, set in two parts, and by rows. The columns hold other values after the last row.</summary>
    private (ColumnMajorBytes Columns, byte[,] Rows) Bytes(Random random, int rows, int columns)
    {
        ColumnMajorBytes byColumn = Keep(new ColumnMajorBytes(rows, columns));
        byte[,] byRow = new byte[rows, columns];
        int cut = random.Next(columns / 8 + 1) * 8;
        for (int first = 0; first < rows; first += ColumnMajorBytes.RowGroup)
        {
            foreach ((int from, int to) in ((int, int)[])[(cut, columns), (0, cut)])
            {
                int stride = Buffer<byte>.Pad(to - from);
                byte[] group = new byte[ColumnMajorBytes.RowGroup * stride];
                random.NextBytes(group);
                for (int row = first; row < Math.Min(rows, first + ColumnMajorBytes.RowGroup); row++)
                {
                    for (int column = from; column < to; column++)
                    {
                        byRow[row, column] = random.Next(5) == 0 ? (byte)random.Next(1, 256) : (byte)0;
                        group[(row - first) * stride + column - from] = byRow[row, column];
                    }
                }

                fixed (byte* bytes = group)
                {
                    byColumn.SetRows(first, from, to, bytes);
                }
            }
        }

        return (byColumn, byRow);
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void SumsByChannelAreSums(string width)
        => Gen.Select(Gen.Int[0, 17], Gen.Int[1, 40], Gen.Int[0, 99999]).Sample((rows, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            Buffer<T> x = Random(random, (rows + 1) * stride);
            Buffer<T> g = Random(random, (rows + 1) * stride);
            Buffer<T> center = Random(random, stride);
            Buffer<T>[] sums = [.. Enumerable.Range(0, 4).Select(_ => Random(random, stride))];
            double[][] before = [.. sums.Select(Doubles)];
            Kernels<T> kernels = _all[width];
            kernels.AddRows(x.Pointer, stride, rows, columns, sums[0].Pointer);
            kernels.AddSquares(x.Pointer, rows, stride, center.Pointer, sums[1].Pointer);
            kernels.AddProducts(g.Pointer, x.Pointer, rows, stride, center.Pointer, sums[2].Pointer, sums[3].Pointer);
            for (int column = 0; column < columns; column++)
            {
                double[] expected = [.. before.Select(sum => sum[column])];
                for (int row = 0; row < rows; row++)
                {
                    double value = D(x.Pointer[row * stride + column]);
                    double gradient = D(g.Pointer[row * stride + column]);
                    double difference = value - D(center.Pointer[column]);
                    expected[0] += value;
                    expected[1] += difference * difference;
                    expected[2] += gradient;
                    expected[3] += gradient * difference;
                }

                for (int i = 0; i < sums.Length; i++)
                {
                    AssertClose(expected[i], sums[i].Pointer[column], 4 * (rows + 1));
                }
            }
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void NormalizingIsALineByChannel(string width)
        => Gen.Select(Gen.Int[0, 17], Gen.Int[1, 40], Gen.Int[0, 99999]).Sample((rows, columns, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(columns);
            int count = rows * stride;
            Buffer<T> x = Random(random, count + 1);
            Buffer<T> g = Random(random, count + 1);
            Buffer<T> y = Keep(new Buffer<T>(count + 1));
            Buffer<T> dx = Keep(new Buffer<T>(count + 1));
            Buffer<T>[] p = [.. Enumerable.Range(0, 4).Select(_ => Random(random, stride))];
            _all[width].Normalize(x.Pointer, y.Pointer, rows, stride, p[0].Pointer, p[1].Pointer, p[2].Pointer);
            _all[width].NormalizeBackward(
                g.Pointer, x.Pointer, dx.Pointer, rows, stride, p[0].Pointer, p[1].Pointer, p[2].Pointer, p[3].Pointer);
            for (int i = 0; i < count; i++)
            {
                double[] at = [.. p.Select(values => D(values.Pointer[i % stride]))];
                double difference = D(x.Pointer[i]) - at[0];
                AssertClose(difference * at[1] + at[2], y.Pointer[i], 4);
                AssertClose(D(g.Pointer[i]) * at[1] + difference * at[2] + at[3], dx.Pointer[i], 6);
            }

            Assert.Equal(T.Zero, y.Pointer[count]);
            Assert.Equal(T.Zero, dx.Pointer[count]);
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void ElementwiseKernelsAreTheirFormulas(string width)
        => Gen.Select(Gen.Int[0, 40], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.5]), Gen.Int[0, 99999]).Sample((length, slope, seed) =>
        {
            Random random = new(seed);
            int count = Buffer<T>.Pad(length);
            Buffer<T> x = WithZeros(random, count + 1);
            Buffer<T> y = WithZeros(random, count + 1);
            Buffer<T> rectified = Copy(x);
            _all[width].LeakyRelu(rectified.Pointer, count, T.CreateTruncating(slope));
            AssertIs(rectified, (a, b) => a > 0 ? a : slope * a);
            Buffer<T> passed = Copy(x);
            _all[width].LeakyReluBackward(passed.Pointer, y.Pointer, count, T.CreateTruncating(slope));
            AssertIs(passed, (a, b) => b > 0 ? a : slope * a);
            Buffer<T> product = Copy(x);
            _all[width].MultiplyBy(product.Pointer, y.Pointer, count);
            AssertIs(product, (a, b) => a * b);
            Buffer<T> masked = Copy(x);
            _all[width].ZeroWhereZero(masked.Pointer, y.Pointer, count);
            AssertIs(masked, (a, b) => b == 0 ? 0 : a);
            Buffer<T> sum = Copy(x);
            _all[width].Add(x.Pointer, y.Pointer, count, sum.Pointer);
            AssertIs(sum, (a, b) => a + b);
            Buffer<T> sumInPlace = Copy(x);
            _all[width].Add(sumInPlace.Pointer, y.Pointer, count, sumInPlace.Pointer);
            AssertIs(sumInPlace, (a, b) => a + b);

            void AssertIs(Buffer<T> actual, Func<double, double, double> formula)
            {
                for (int i = 0; i < count; i++)
                {
                    AssertClose(formula(D(x.Pointer[i]), D(y.Pointer[i])), actual.Pointer[i], 2);
                }

                Assert.Equal(x.Pointer[count], actual.Pointer[count]);
            }
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void PoolingTakesTheLargestAndGivesItTheGradient(string width)
        => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int[0, 99999]).Sample((rows, columns, channels, size, seed) =>
        {
            Random random = new(seed);
            int stride = Buffer<T>.Pad(channels);
            int outputRows = rows / size;
            int outputColumns = columns / size;

            // Few distinct values, so that there are ties.
            Buffer<T> x = Keep(new Buffer<T>(rows * columns * stride));
            foreach (ref T value in x.Span)
            {
                value = T.CreateTruncating(random.Next(-3, 4));
            }

            Buffer<T> y = Keep(new Buffer<T>(outputRows * outputColumns * stride + 1));
            Buffer<T> dy = Random(random, outputRows * outputColumns * stride + 1);
            Buffer<T> dx = Keep(new Buffer<T>(x.Length));
            Buffer<T> places = Keep(new Buffer<T>(y.Length));
            _all[width].Pool(x.Pointer, columns, stride, size, y.Pointer, places.Pointer, outputRows, outputColumns);
            Buffer<T> yAlone = Keep(new Buffer<T>(y.Length));
            _all[width].Pool(x.Pointer, columns, stride, size, yAlone.Pointer, null, outputRows, outputColumns);
            Assert.Equal(Doubles(y), Doubles(yAlone));
            _all[width].PoolBackward(dy.Pointer, places.Pointer, columns, stride, size, dx.Pointer, outputRows, outputColumns);

            double[] expected = new double[x.Length];
            for (int i = 0; i < outputRows * outputColumns * stride; i++)
            {
                int channel = i % stride;
                int pixel = i / stride;
                int best = -1;
                for (int j = 0; j < size * size; j++)
                {
                    int row = pixel / outputColumns * size + j / size;
                    int column = pixel % outputColumns * size + j % size;
                    int place = (row * columns + column) * stride + channel;
                    best = best < 0 || x.Pointer[place] > x.Pointer[best] ? place : best;
                }

                Assert.Equal(x.Pointer[best], y.Pointer[i]);
                expected[best] = D(dy.Pointer[i]);
            }

            Assert.Equal(expected, Doubles(dx));
        }, iter: Iterations);

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void OptimizersTakeTheirSteps(string width)
        => Gen.Select(Gen.Int[1, 40], Gen.Bool, Gen.Int[0, 99999]).Sample((length, lookAhead, seed) =>
        {
            Random random = new(seed);
            int count = Buffer<T>.Pad(length);
            Buffer<T> p = Random(random, count + 1);
            Buffer<T> g = Random(random, count + 1);
            Buffer<T> m = Random(random, count + 1);
            Buffer<T> v = Random(random, count + 1);
            foreach (ref T square in v.Span)
            {
                square = T.Abs(square);
            }

            const double Rate = 0.1, Keep = 0.9, KeepSquare = 0.99, Unbias = 1.5, Epsilon = 0.001, Decay = 0.01, Shrink = 0.95;
            Buffer<T> momentum = Copy(p);
            Buffer<T> velocity = Copy(m);
            _all[width].Momentum(momentum.Pointer, g.Pointer, velocity.Pointer, count, N(Rate), N(Keep), N(Decay), lookAhead);
            Buffer<T> adam = Copy(p);
            Buffer<T> mean = Copy(m);
            Buffer<T> squares = Copy(v);
            _all[width].Adam(
                adam.Pointer, g.Pointer, mean.Pointer, squares.Pointer, count, N(Rate), N(Keep), N(KeepSquare), N(Unbias), N(Epsilon), N(Decay), N(Shrink));
            for (int i = 0; i < count; i++)
            {
                double gradient = D(g.Pointer[i]) + Decay * D(p.Pointer[i]);
                double expected = Keep * D(m.Pointer[i]) + gradient;
                AssertClose(expected, velocity.Pointer[i], 4);
                AssertClose(D(p.Pointer[i]) - Rate * (lookAhead ? gradient + Keep * expected : expected), momentum.Pointer[i], 8);

                double value = Shrink * D(p.Pointer[i]);
                gradient = D(g.Pointer[i]) + Decay * value;
                double expectedMean = Keep * D(m.Pointer[i]) + (1 - Keep) * gradient;
                double expectedSquare = KeepSquare * D(v.Pointer[i]) + (1 - KeepSquare) * gradient * gradient;
                AssertClose(expectedMean, mean.Pointer[i], 4);
                AssertClose(expectedSquare, squares.Pointer[i], 4);
                AssertClose(value - Rate * expectedMean / (Math.Sqrt(expectedSquare) * Unbias + Epsilon), adam.Pointer[i], 100);
            }

            Assert.Equal(p.Pointer[count], momentum.Pointer[count]);
            Assert.Equal(p.Pointer[count], adam.Pointer[count]);
        }, iter: Iterations);

    private static T N(double value) => T.CreateTruncating(value);

    private static double D(T value) => double.CreateTruncating(value);

    private static double[] Doubles(Buffer<T> buffer) => [.. buffer.Span.ToArray().Select(D)];

    private TMemory Keep<TMemory>(TMemory memory)
        where TMemory : class
    {
        _memory.Add(memory);
        return memory;
    }

    private Buffer<T> Random(Random random, int length)
    {
        Buffer<T> buffer = Keep(new Buffer<T>(length));
        foreach (ref T value in buffer.Span)
        {
            value = T.CreateTruncating(2 * random.NextDouble() - 1);
        }

        return buffer;
    }

    private Buffer<T> WithZeros(Random random, int length)
    {
        Buffer<T> buffer = Random(random, length);
        foreach (ref T value in buffer.Span)
        {
            value = random.Next(3) == 0 ? T.Zero : value;
        }

        return buffer;
    }

    private Buffer<T> Copy(Buffer<T> source)
    {
        Buffer<T> copy = Keep(new Buffer<T>(source.Length));
        source.Span.CopyTo(copy.Span);
        return copy;
    }

    private Buffer<int> Offsets(Random random, int count, int limit)
    {
        Buffer<int> offsets = Keep(new Buffer<int>(count));
        for (int i = 0; i < count; i++)
        {
            offsets.Pointer[i] = random.Next(limit);
        }

        return offsets;
    }

    /// <summary>The tolerance is one rounding per term.</summary>
    private static void AssertClose(double expected, T actual, int terms)
        => Assert.True(Math.Abs(expected - D(actual)) <= _tolerance * terms * Math.Max(1, Math.Abs(expected)), $"{actual} is not {expected}.");
}

public sealed class SingleKernelTests : KernelTests<float>;

public sealed class DoubleKernelTests : KernelTests<double>;

/// <summary>The register widths of the compiled kernels.</summary>
internal static class KernelWidths
{
    public const string Bits512 = "512 bits";
    public const string Bits256 = "256 bits";
    public const string Bits128 = "128 bits";
    public const string OneNumber = "one number";

    public static TheoryData<string> All => [Bits512, Bits256, Bits128, OneNumber];
}
