using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Slots;

/// <summary>Makes slots that are processes: a child each, with its own memory, that can be limited and may die.</summary>
public sealed class ProcessSlotFactory : ISlotFactory
{
    private readonly ProblemBundle bundle;
    private readonly Fingerprint model;
    private readonly ProcessSlotOptions options;
    private readonly SlotProgram program;
    private long deaths;

    /// <summary>Creates the factory; no process is started yet.</summary>
    /// <param name="bundle">The problem that the children build.</param>
    /// <param name="model">What they must come to evaluate (<see cref="Problem.ModelFingerprint"/> with <see cref="Cluster.BuildIdentity.Current"/>).</param>
    /// <param name="options">How children are treated.</param>
    /// <exception cref="RunException">This process cannot have children that evaluate.</exception>
    public ProcessSlotFactory(ProblemBundle bundle, Fingerprint model, ProcessSlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Recycle, 1);
        ChildEnvironment.RefuseInChild();
        this.bundle = bundle;
        this.model = model;
        this.options = options;
        program = options.Program ?? SlotProgram.OfThisProcess();
    }

    /// <summary>Children of all slots that died or were killed because of what they evaluated.</summary>
    public long Deaths => Interlocked.Read(ref deaths);

    /// <summary>Makes the factory that a problem asks for: its limits, and children of this build.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="clock">Time for limits.</param>
    /// <param name="program">The program to start; null for this process's own.</param>
    /// <exception cref="ProblemException">The problem was built in code, or its data files are too large.</exception>
    /// <exception cref="RunException">This process cannot have children that evaluate.</exception>
    public static ProcessSlotFactory Of(Problem problem, TimeProvider clock, SlotProgram? program = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new ProcessSlotFactory(
            ProblemBundle.Of(problem),
            problem.ModelFingerprint(BuildIdentity.Current),
            new ProcessSlotOptions
            {
                Limits = new SlotLimits(problem.Execution.Timeout, problem.Execution.Memory),
                Recycle = problem.Execution.Recycle,
                Program = program,
                Clock = clock,
            });
    }

    /// <inheritdoc/>
    /// <remarks>Returns when the child has built the problem.</remarks>
    public ISlot Create()
    {
        var slot = new ProcessSlot(StartChild, options, () => Interlocked.Increment(ref deaths));
        slot.Start();
        return slot;
    }

    private SlotChild StartChild(CancellationToken cancellationToken) =>
        SlotChild.Start(program, bundle, model, options, cancellationToken);
}
