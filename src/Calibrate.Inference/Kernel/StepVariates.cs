using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Kernel;

/// <summary>All that the random numbers of one iteration decide before anything is evaluated, in walker order.</summary>
internal sealed unsafe class StepVariates
{
    private readonly StretchSettings settings;
    private readonly WideLayout layout;
    private readonly PhiloxEight philox;

    public StepVariates(StretchSettings settings, WideLayout layout, PinnedMemory memory)
    {
        this.settings = settings;
        this.layout = layout;
        philox = new PhiloxEight(settings.Key);
        Factors = memory.Take<double>(layout.Stride);
        LogFactors = memory.Take<double>(layout.Stride);
        LogUniforms = memory.Take<double>(layout.Stride);
        HelperRanks = memory.Take<ulong>(layout.Stride);
        SplitWords = (uint*)memory.Take<ulong>(layout.Stride);
        new Span<uint>(SplitWords, 2 * layout.Stride).Fill(uint.MaxValue);
    }

    /// <summary>Number of pieces this takes from the memory, each of the layout's stride.</summary>
    public const int Pieces = 5;

    /// <summary>Stretch factor z.</summary>
    public double* Factors { get; }

    /// <summary>(d - 1) ln z.</summary>
    public double* LogFactors { get; }

    /// <summary>ln of the acceptance uniform.</summary>
    public double* LogUniforms { get; }

    /// <summary>Which member of the other split helps.</summary>
    public ulong* HelperRanks { get; }

    /// <summary>Split words; the largest word in the lanes beyond the last walker.</summary>
    public uint* SplitWords { get; }

    /// <summary>Draws the numbers of one iteration.</summary>
    public void Draw(int iteration)
    {
        DrawUniforms(iteration);
        TakeLogarithms();
        for (int lane = layout.Walkers; lane < layout.Stride; lane++)
        {
            SplitWords[lane] = uint.MaxValue;
        }
    }

    /// <summary>All that needs no more than arithmetic on words; the two uniforms wait where their results will stand.</summary>
    private void DrawUniforms(int iteration)
    {
        PhiloxCounter counter = PhiloxCounter.Of(0, iteration, settings.Ensemble, RandomPurpose.Step);
        for (int walker = 0; walker < layout.WalkerLanes; walker += 2 * WideLayout.Lanes)
        {
            Vector512<ulong> lanes = Vector512<ulong>.Indices + Vector512.Create((ulong)walker);
            philox.BlockPairs(
                lanes,
                lanes + Vector512.Create((ulong)WideLayout.Lanes),
                counter,
                out PhiloxEightBlocks first,
                out PhiloxEightBlocks second,
                out PhiloxEightBlocks otherFirst,
                out PhiloxEightBlocks otherSecond);
            Vector512.Narrow(first.W0, otherFirst.W0).StoreAligned(SplitWords + walker);
            Keep(walker, first, second);
            Keep(walker + WideLayout.Lanes, otherFirst, otherSecond);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(int walker, PhiloxEightBlocks first, PhiloxEightBlocks second)
    {
        RandomBits.Index(first.W1, layout.Half).StoreAligned(HelperRanks + walker);
        first.Uniform23.StoreAligned(Factors + walker);
        second.Uniform01.StoreAligned(LogUniforms + walker);
    }

    /// <summary>
    /// A pass of its own: a logarithm is one long chain of dependent operations, and only several of them next to each other keep the
    /// processor busy.
    /// </summary>
    private void TakeLogarithms()
    {
        double* factors = Factors;
        double* logFactors = LogFactors;
        double* logUniforms = LogUniforms;
        Vector512<double> scale = Vector512.Create(settings.Scale);
        Vector512<double> slope = Vector512.Create(settings.Scale - 1);
        Vector512<double> power = Vector512.Create((double)(settings.Dimension - 1));
        int end = layout.WalkerLanes;
        for (int walker = 0; walker < end; walker += WideLayout.Lanes)
        {
            // StretchFormulas.Factor and LogFactor, operation by operation
            Vector512<double> root = (slope * Vector512.LoadAligned(factors + walker)) + Vector512<double>.One;
            Vector512<double> factor = root * root / scale;
            factor.StoreAligned(factors + walker);
            (power * Elementary.Log(factor)).StoreAligned(logFactors + walker);
            Elementary.Log(Vector512.LoadAligned(logUniforms + walker)).StoreAligned(logUniforms + walker);
        }
    }
}
