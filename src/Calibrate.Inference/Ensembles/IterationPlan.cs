using Calibrate.Inference.Moves;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Ensembles;

/// <summary>
/// Everything about an iteration that random numbers alone decide: its move, who moves when, and whose positions every proposal reads. Both
/// drivers step by it. An instance is drawn again for every iteration; it allocates at construction only.
/// </summary>
internal sealed class IterationPlan
{
    /// <summary>Helper words that the step's own blocks carry; further ones come from <see cref="RandomPurpose.HelperSubset"/>.</summary>
    private const int StepWords = 3;

    private readonly MoveMixture mixture;
    private readonly PhiloxKey key;
    private readonly int ensemble;
    private readonly int walkers;
    private readonly PhiloxBlock[] first;
    private readonly PhiloxBlock[] second;
    private readonly ulong[] order;
    private readonly int[] splitOf;
    private readonly int[] members;
    private readonly int[] memberStarts;
    private readonly int[] complements;
    private readonly int[] helpers;
    private readonly uint[] words;
    private readonly int helperStride;

    internal IterationPlan(MoveMixture mixture, PhiloxKey key, int ensemble, int walkers)
    {
        this.mixture = mixture;
        this.key = key;
        this.ensemble = ensemble;
        this.walkers = walkers;
        first = new PhiloxBlock[walkers];
        second = new PhiloxBlock[walkers];
        order = new ulong[walkers];
        splitOf = new int[walkers];
        members = new int[walkers];
        int splits = 0;
        for (int m = 0; m < mixture.Count; m++)
        {
            splits = Math.Max(splits, mixture[m].Splits);
            helperStride = Math.Max(helperStride, StoredHelpers(mixture[m], walkers));
        }

        memberStarts = new int[splits + 1];
        complements = new int[splits * walkers];
        helpers = new int[walkers * helperStride];
        words = new uint[Math.Max(StepWords, helperStride + 4)];
        Move = mixture[0];
    }

    internal int Iteration { get; private set; } = -1;

    /// <summary>The iteration's move.</summary>
    internal IEnsembleMove Move { get; private set; }

    /// <summary>Most helpers that the moves of a mixture choose one by one, instead of reading the whole complement.</summary>
    internal static int StoredHelpers(IEnsembleMove move, int walkers)
    {
        int most = 0;
        for (int split = 0; split < move.Splits; split++)
        {
            int complement = walkers - SplitSize(walkers, move.Splits, split);
            if (!move.ReadsWholeComplement(complement))
            {
                most = Math.Max(most, move.HelperCount(complement));
            }
        }

        return most;
    }

    /// <summary>Walkers in a split: rank r belongs to split r * splits / walkers.</summary>
    internal static int SplitSize(int walkers, int splits, int split) => Start(walkers, splits, split + 1) - Start(walkers, splits, split);

    /// <summary>Draws the plan of an iteration, 1 or later.</summary>
    internal void Draw(int iteration)
    {
        Iteration = iteration;
        Move = mixture.Count == 1 ? mixture[0] : mixture[mixture.Choose(Block(0, RandomPurpose.MoveChoice, 0).Uniform01)];
        for (int w = 0; w < walkers; w++)
        {
            first[w] = Block(w, RandomPurpose.Step, 0);
            second[w] = Block(w, RandomPurpose.Step, 1);
            order[w] = ((ulong)first[w].W0 << 32) | (uint)w;
        }

        order.AsSpan().Sort();
        Split();
        for (int w = 0; w < walkers; w++)
        {
            SelectHelpers(w);
        }
    }

    /// <summary>Which part a walker moves with.</summary>
    internal int SplitOf(int walker) => splitOf[walker];

    /// <summary>The walkers of a part, ascending.</summary>
    internal ReadOnlySpan<int> Members(int split) => members.AsSpan(memberStarts[split]..memberStarts[split + 1]);

    /// <summary>The walkers of all other parts, ascending.</summary>
    internal ReadOnlySpan<int> Complement(int split) => complements.AsSpan(split * walkers, walkers - Members(split).Length);

    /// <summary>Whether the proposals of a part read all others.</summary>
    internal bool ReadsWholeComplement(int split) => Move.ReadsWholeComplement(walkers - Members(split).Length);

    /// <summary>The walkers that a walker's proposal reads.</summary>
    internal ReadOnlySpan<int> Helpers(int walker)
    {
        ReadOnlySpan<int> complement = Complement(splitOf[walker]);
        return Move.ReadsWholeComplement(complement.Length) ? complement : helpers.AsSpan(walker * helperStride, Move.HelperCount(complement.Length));
    }

    /// <summary>The uniform of a walker's proposal.</summary>
    internal double ProposalUniform(int walker) => first[walker].Uniform23;

    /// <summary>A walker's first helper word.</summary>
    internal uint HelperWord(int walker) => first[walker].W1;

    /// <summary>The uniform of a walker's acceptance.</summary>
    internal double AcceptanceUniform(int walker) => second[walker].Uniform01;

    /// <summary>Draws the normals of a walker's proposal.</summary>
    internal void DrawNormals(int walker, Span<double> normals)
    {
        for (int n = 0; n < normals.Length; n += 2)
        {
            PhiloxBlock block = Block(walker, RandomPurpose.ProposalNormals, n / 2);
            normals[n] = Numerics.NormalQuantile.Of(block.Uniform01);
            if (n + 1 < normals.Length)
            {
                normals[n + 1] = Numerics.NormalQuantile.Of(block.Uniform23);
            }
        }
    }

    private static int Start(int walkers, int splits, int split) => (int)((((long)split * walkers) + splits - 1) / splits);

    private void Split()
    {
        int splits = Move.Splits;
        for (int split = 0; split < splits; split++)
        {
            memberStarts[split] = Start(walkers, splits, split);
            memberStarts[split + 1] = Start(walkers, splits, split + 1);
            for (int rank = memberStarts[split]; rank < memberStarts[split + 1]; rank++)
            {
                splitOf[(int)(uint)order[rank]] = split;
            }
        }

        Span<int> memberCounts = stackalloc int[splits];
        Span<int> complementCounts = stackalloc int[splits];
        memberCounts.Clear();
        complementCounts.Clear();
        for (int w = 0; w < walkers; w++)
        {
            int own = splitOf[w];
            members[memberStarts[own] + memberCounts[own]++] = w;
            for (int split = 0; split < splits; split++)
            {
                if (split != own)
                {
                    complements[(split * walkers) + complementCounts[split]++] = w;
                }
            }
        }
    }

    private void SelectHelpers(int walker)
    {
        ReadOnlySpan<int> complement = Complement(splitOf[walker]);
        if (Move.ReadsWholeComplement(complement.Length))
        {
            return;
        }

        words[0] = first[walker].W1;
        words[1] = second[walker].W2;
        words[2] = second[walker].W3;
        int count = Move.HelperCount(complement.Length);
        for (int word = StepWords; word < count; word += 4)
        {
            PhiloxBlock block = Block(walker, RandomPurpose.HelperSubset, (word - StepWords) / 4);
            words[word] = block.W0;
            words[word + 1] = block.W1;
            words[word + 2] = block.W2;
            words[word + 3] = block.W3;
        }

        Span<int> chosen = helpers.AsSpan(walker * helperStride, count);
        Move.SelectHelpers(words.AsSpan(0, Math.Max(StepWords, count)), complement.Length, chosen);
        for (int k = 0; k < count; k++)
        {
            chosen[k] = complement[chosen[k]];
        }
    }

    private PhiloxBlock Block(int walker, RandomPurpose purpose, int block) => Philox.Block(key, PhiloxCounter.Of(walker, Iteration, ensemble, purpose, block));
}
