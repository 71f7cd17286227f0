using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

internal abstract unsafe partial class Kernels<T>
{
    /// <summary>x = x where x &gt; 0, else slope · x. A slope of 0 is the ReLU.</summary>
    public abstract void LeakyRelu(T* x, nint count, T slope);

    /// <summary>g = g where y &gt; 0, else slope · g, with y the outputs.</summary>
    public abstract void LeakyReluBackward(T* g, T* y, nint count, T slope);

    /// <summary>x = x · y, elementwise.</summary>
    public abstract void MultiplyBy(T* x, T* y, nint count);

    /// <summary>x = x where y is not 0, else 0.</summary>
    public abstract void ZeroWhereZero(T* x, T* y, nint count);

    /// <summary>sum = x + y, elementwise; sum may be x.</summary>
    public abstract void Add(T* x, T* y, nint count, T* sum);

    /// <summary>x[runs[i] …] += row i of y, for contiguous rows of <paramref name="length"/> values.</summary>
    public abstract void AddRuns(T* x, int* runs, int runCount, T* y, int length);

    /// <summary>y = (x − center) · scale + shift, per channel, for contiguous rows of channels.</summary>
    public abstract void Normalize(T* x, T* y, int rowCount, int channels, T* center, T* scale, T* shift);

    /// <summary>sum += Σ (x − center)², per channel.</summary>
    public abstract void AddSquares(T* x, int rowCount, int channels, T* center, T* sum);

    /// <summary>sum += Σ g and product += Σ g · (x − center), per channel.</summary>
    public abstract void AddProducts(T* g, T* x, int rowCount, int channels, T* center, T* sum, T* product);

    /// <summary>dx = g · a + (x − center) · b + c, per channel.</summary>
    public abstract void NormalizeBackward(T* g, T* x, T* dx, int rowCount, int channels, T* center, T* a, T* b, T* c);

    /// <summary>
    /// y = the maximum of each size × size window of x, windows side by side, per channel; incomplete windows at the edges are dropped. Places, unless
    /// null, receives the index of the maximum in its window, row-major from 0; of several, the first.
    /// </summary>
    public abstract void Pool(T* x, int columns, int channels, int size, T* y, T* places, int outputRows, int outputColumns);

    /// <summary>dx = dy at each window's maximum, and 0 elsewhere in it; values in no window are unchanged.</summary>
    public abstract void PoolBackward(T* dy, T* places, int columns, int channels, int size, T* dx, int outputRows, int outputColumns);
}

internal sealed unsafe partial class Kernels<T, TVector, TLanes>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void LeakyRelu(T* x, nint count, T slope)
    {
        TVector zero = default;
        TVector slopes = TLanes.Broadcast(slope);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector value = TLanes.Load(x + i);
            TLanes.Store(TLanes.WhereGreater(value, zero, value, TLanes.Multiply(value, slopes)), x + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void LeakyReluBackward(T* g, T* y, nint count, T slope)
    {
        TVector zero = default;
        TVector slopes = TLanes.Broadcast(slope);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TVector gradient = TLanes.Load(g + i);
            TLanes.Store(TLanes.WhereGreater(TLanes.Load(y + i), zero, gradient, TLanes.Multiply(gradient, slopes)), g + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyBy(T* x, T* y, nint count)
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(x + i), TLanes.Load(y + i)), x + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ZeroWhereZero(T* x, T* y, nint count)
    {
        TVector zero = default;
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.WhereEqual(TLanes.Load(y + i), zero, zero, TLanes.Load(x + i)), x + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(T* x, T* y, nint count, T* sum)
    {
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Add(TLanes.Load(x + i), TLanes.Load(y + i)), sum + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRuns(T* x, int* runs, int runCount, T* y, int length)
    {
        for (int run = 0; run < runCount; run++)
        {
            T* target = x + runs[run];
            for (nint i = 0; i < length; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Add(TLanes.Load(target + i), TLanes.Load(y + i)), target + i);
            }

            y += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Normalize(T* x, T* y, int rowCount, int channels, T* center, T* scale, T* shift)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            TVector centers = TLanes.Load(center + channel);
            TVector scales = TLanes.Load(scale + channel);
            TVector shifts = TLanes.Load(shift + channel);
            nint end = (nint)rowCount * channels;
            for (nint i = channel; i < end; i += channels)
            {
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(x + i), centers), scales, shifts), y + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddSquares(T* x, int rowCount, int channels, T* center, T* sum)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            TVector centers = TLanes.Load(center + channel);
            TVector total = TLanes.Load(sum + channel);
            nint end = (nint)rowCount * channels;
            for (nint i = channel; i < end; i += channels)
            {
                TVector difference = TLanes.Subtract(TLanes.Load(x + i), centers);
                total = TLanes.MultiplyAdd(difference, difference, total);
            }

            TLanes.Store(total, sum + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddProducts(T* g, T* x, int rowCount, int channels, T* center, T* sum, T* product)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            TVector centers = TLanes.Load(center + channel);
            TVector sums = TLanes.Load(sum + channel);
            TVector products = TLanes.Load(product + channel);
            nint end = (nint)rowCount * channels;
            for (nint i = channel; i < end; i += channels)
            {
                TVector gradient = TLanes.Load(g + i);
                sums = TLanes.Add(sums, gradient);
                products = TLanes.MultiplyAdd(gradient, TLanes.Subtract(TLanes.Load(x + i), centers), products);
            }

            TLanes.Store(sums, sum + channel);
            TLanes.Store(products, product + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void NormalizeBackward(T* g, T* x, T* dx, int rowCount, int channels, T* center, T* a, T* b, T* c)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            TVector centers = TLanes.Load(center + channel);
            TVector ofGradient = TLanes.Load(a + channel);
            TVector ofValue = TLanes.Load(b + channel);
            TVector shift = TLanes.Load(c + channel);
            nint end = (nint)rowCount * channels;
            for (nint i = channel; i < end; i += channels)
            {
                TVector rest = TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(x + i), centers), ofValue, shift);
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(g + i), ofGradient, rest), dx + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pool(T* x, int columns, int channels, int size, T* y, T* places, int outputRows, int outputColumns)
    {
        TVector one = TLanes.Broadcast(T.One);
        for (int row = 0; row < outputRows; row++)
        {
            for (int column = 0; column < outputColumns; column++)
            {
                T* window = x + ((nint)row * size * columns + column * size) * channels;
                for (nint channel = 0; channel < channels; channel += TLanes.Count)
                {
                    TVector largest = TLanes.Load(window + channel);
                    TVector placeOfLargest = default;
                    TVector place = default;
                    for (int i = 0; i < size; i++)
                    {
                        for (int j = 0; j < size; j++)
                        {
                            TVector value = TLanes.Load(window + ((nint)i * columns + j) * channels + channel);
                            placeOfLargest = TLanes.WhereGreater(value, largest, place, placeOfLargest);
                            largest = TLanes.WhereGreater(value, largest, value, largest);
                            place = TLanes.Add(place, one);
                        }
                    }

                    TLanes.Store(largest, y + channel);
                    if (places != null)
                    {
                        TLanes.Store(placeOfLargest, places + channel);
                    }
                }

                y += channels;
                places = places == null ? null : places + channels;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void PoolBackward(T* dy, T* places, int columns, int channels, int size, T* dx, int outputRows, int outputColumns)
    {
        TVector zero = default;
        TVector one = TLanes.Broadcast(T.One);
        for (int row = 0; row < outputRows; row++)
        {
            for (int column = 0; column < outputColumns; column++)
            {
                T* window = dx + ((nint)row * size * columns + column * size) * channels;
                for (nint channel = 0; channel < channels; channel += TLanes.Count)
                {
                    TVector gradient = TLanes.Load(dy + channel);
                    TVector placeOfLargest = TLanes.Load(places + channel);
                    TVector place = default;
                    for (int i = 0; i < size; i++)
                    {
                        for (int j = 0; j < size; j++)
                        {
                            T* target = window + ((nint)i * columns + j) * channels + channel;
                            TLanes.Store(TLanes.WhereEqual(place, placeOfLargest, gradient, zero), target);
                            place = TLanes.Add(place, one);
                        }
                    }
                }

                dy += channels;
                places += channels;
            }
        }
    }
}
