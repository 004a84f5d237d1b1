using Calibrate.Inference;
using Calibrate.Problems;

namespace Calibrate.Runtime.Serving;

/// <summary>
/// What stands in the place of a method where points are evaluated as they are asked for: the shape of the problem, for engines that evaluate single
/// points. There is no ensemble.
/// </summary>
internal sealed class ServedMethod(Problem problem) : IMethod
{
    public string Name => "served";

    public int Version => 1;

    public int Ensembles => 1;

    public int Walkers => 1;

    public int Dimension => problem.Space.Dimension;

    public int RecordedCount => problem.RecordedNames.Count;

    public IEnsemble Create(int ensemble) => throw new NotSupportedException("A served problem has no ensembles.");

    public IEnsemble Restore(int ensemble, ReadOnlyMemory<byte> state) => Create(ensemble);
}
