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
        PhiloxCounter counter = PhiloxCounter.Of(0, iteration, settings.Ensemble, RandomPurpose.Step);
        Vector512<ulong> lanes = Vector512<ulong>.Indices;
        for (int walker = 0; walker < layout.WalkerLanes; walker += WideLayout.Lanes)
        {
            philox.BlockPairs(lanes + Vector512.Create((ulong)walker), counter, out PhiloxEightBlocks first, out PhiloxEightBlocks second);
            Vector256.Narrow(first.W0.GetLower(), first.W0.GetUpper()).Store(SplitWords + walker);
            RandomBits.Index(first.W1, layout.Half).StoreAligned(HelperRanks + walker);
            Vector512<double> factor = Factor(first.Uniform23);
            factor.StoreAligned(Factors + walker);
            (Vector512.Create((double)(settings.Dimension - 1)) * Elementary.Log(factor)).StoreAligned(LogFactors + walker);
            Elementary.Log(second.Uniform01).StoreAligned(LogUniforms + walker);
        }

        for (int lane = layout.Walkers; lane < layout.WalkerLanes; lane++)
        {
            SplitWords[lane] = uint.MaxValue;
        }
    }

    /// <summary><see cref="Moves.StretchFormulas.Factor"/> of eight uniforms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Factor(Vector512<double> uniform)
    {
        Vector512<double> root = (Vector512.Create(settings.Scale - 1) * uniform) + Vector512<double>.One;
        return root * root / Vector512.Create(settings.Scale);
    }
}
