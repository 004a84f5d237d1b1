using Calibrate.Inference;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Testing.Methods;

/// <summary>One iteration of a <see cref="RelayEnsemble"/>, complete or not.</summary>
internal sealed class RelayLevel(int walkers)
{
    public double[] Positions { get; } = new double[2 * walkers];

    public double[] LogPosteriors { get; } = new double[walkers];

    public byte[] Accepted { get; } = new byte[walkers];

    public bool[] Settled { get; } = new bool[walkers];

    public bool IsComplete => Settled.All(settled => settled);

    /// <summary>What walker <paramref name="walker"/> proposes at an iteration, given the one before (null for the initial ensemble).</summary>
    public static double[] Propose(ulong seed, EvaluationId id, RelayLevel? before, int walkers)
    {
        var block = Philox.Block(
            PhiloxKey.FromSeed(seed), PhiloxCounter.Of(id.Walker, id.Iteration, id.Ensemble, RandomPurpose.ProposalNormals));
        double[] step = [block.Uniform01 - 0.5, block.Uniform23 - 0.5];
        if (before is null)
        {
            return [4 * step[0], 4 * step[1]];
        }

        var neighbour = (id.Walker + 1) % walkers;
        var pull = id.Iteration % 2 == 0 ? 0.25 : 0;
        return
        [
            before.Positions[id.Walker] + (pull * (before.Positions[neighbour] - before.Positions[id.Walker])) + step[0],
            before.Positions[walkers + id.Walker]
                + (pull * (before.Positions[walkers + neighbour] - before.Positions[walkers + id.Walker])) + step[1],
        ];
    }

    public void Settle(ulong seed, EvaluationId id, EvaluationOutcome outcome, RelayLevel? before)
    {
        var (walker, walkers) = (id.Walker, Settled.Length);
        var proposal = Propose(seed, id, before, walkers);
        var logLikelihood = outcome is Evaluated evaluated ? evaluated.LogLikelihood : double.NegativeInfinity;
        var uniform = Philox.Block(
            PhiloxKey.FromSeed(seed), PhiloxCounter.Of(walker, id.Iteration, id.Ensemble, RandomPurpose.Step)).Uniform01;
        var accepted = before is null || logLikelihood - before.LogPosteriors[walker] > Math.Log(uniform);
        Positions[walker] = accepted ? proposal[0] : before!.Positions[walker];
        Positions[walkers + walker] = accepted ? proposal[1] : before!.Positions[walkers + walker];
        LogPosteriors[walker] = accepted ? logLikelihood : before!.LogPosteriors[walker];
        Accepted[walker] = accepted ? (byte)1 : (byte)0;
        Settled[walker] = true;
    }

    public void Write(BinaryWriter writer)
    {
        Array.ForEach(Positions, writer.Write);
        Array.ForEach(LogPosteriors, writer.Write);
        writer.Write(Accepted);
        Array.ForEach(Settled, writer.Write);
    }

    public static RelayLevel Read(BinaryReader reader, int walkers)
    {
        var level = new RelayLevel(walkers);
        for (var i = 0; i < level.Positions.Length; i++)
        {
            level.Positions[i] = reader.ReadDouble();
        }

        for (var i = 0; i < walkers; i++)
        {
            level.LogPosteriors[i] = reader.ReadDouble();
        }

        reader.ReadBytes(walkers).CopyTo(level.Accepted, 0);
        for (var i = 0; i < walkers; i++)
        {
            level.Settled[i] = reader.ReadBoolean();
        }

        return level;
    }
}
