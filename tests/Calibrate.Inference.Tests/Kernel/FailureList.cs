using System.Globalization;
using Calibrate.Inference.Kernel;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>Writes down every failure it hears of.</summary>
internal sealed class FailureList : IFailureObserver
{
    public List<string> Entries { get; } = [];

    public List<double[]> Natural { get; } = [];

    public void OnFailure(int iteration, int walker, ModelFailed failure, ReadOnlySpan<double> natural)
    {
        Entries.Add(string.Create(CultureInfo.InvariantCulture, $"{iteration}/{walker}: {failure.Message}"));
        Natural.Add(natural.ToArray());
    }
}
