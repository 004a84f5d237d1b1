using System.Globalization;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Decides whether a worker may evaluate for a run: it must run the same code on the same kind of platform, have built the same model, and have
/// computed the canaries to the last bit as the run's reference has them. Version skew is the one failure that would be silently wrong.
/// </summary>
internal sealed class Admission
{
    /// <summary>More slots than any one machine has: a proof that claims more is a mistake.</summary>
    public const int MostSlots = 4096;

    private readonly Offer offer;
    private readonly int recordedCount;
    private string referenceOf = "in the run's journal";

    /// <param name="settings">The session.</param>
    public Admission(FleetSettings settings)
    {
        offer = settings.Offer;
        recordedCount = settings.RecordedCount;
        Reference = settings.CanaryReference;
    }

    /// <summary>What every worker's canaries are compared with; empty before the first worker was admitted.</summary>
    public IReadOnlyList<EvaluationOutcome> Reference { get; private set; }

    /// <summary>Judges a proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>Null when the worker may be admitted, else what differs and what to do, for the operator.</returns>
    public string? Judge(Proof proof)
    {
        if (proof.Refusal.Length > 0)
        {
            return proof.Refusal;
        }

        return DifferenceOfBuild(offer.Build, proof.Build)
            ?? DifferenceOfPlatform(offer.Platform, proof.Platform)
            ?? JudgeModel(proof)
            ?? JudgeShape(proof)
            ?? JudgeCanaries(proof);
    }

    /// <summary>Makes the canaries of an admitted worker the reference if there is none and it computed any.</summary>
    /// <returns>Whether they became the reference just now.</returns>
    public bool Establish(Proof proof)
    {
        if (Reference.Count > 0 || proof.Canaries.Count == 0)
        {
            return false;
        }

        Reference = proof.Canaries;
        referenceOf = $"by worker {proof.Worker}, the first of this run";
        return true;
    }

    /// <summary>What a worker says of another build; null when it is the same.</summary>
    public static string? DifferenceOfBuild(string wanted, string found) => string.Equals(wanted, found, StringComparison.Ordinal)
        ? null
        : $"It runs another build of Calibrate: {found}; the run is driven by {wanted}. Install the same build on both.";

    /// <summary>What a worker says of another platform; null when it is the same.</summary>
    public static string? DifferenceOfPlatform(HostPlatform wanted, HostPlatform found)
    {
        var differences = wanted.DifferencesFrom(found, "on the coordinator's machine", "on the worker's");
        return differences.Count == 0
            ? null
            : $"Its results could differ in the last bits: {string.Join("; ", differences)}. Use the same image or the same kind of machine for both.";
    }

    private string? JudgeModel(Proof proof) => proof.Model == offer.Model
        ? null
        : $"It built another model: fingerprint {proof.Model?.Value.Short ?? "none"} there, {offer.Model.Value.Short} here. "
            + "A program, library or file that the model uses differs between the two machines.";

    private string? JudgeShape(Proof proof)
    {
        if (proof.Slots is < 1 or > MostSlots)
        {
            return Text($"It offers {proof.Slots} slots; 1 to {MostSlots} are possible.");
        }

        if (proof.Canaries.Count > offer.Canaries.Count || (proof.Canaries.Count == 0 && offer.Canaries.Count > 0))
        {
            return Text($"It sent {proof.Canaries.Count} outcomes for {offer.Canaries.Count} canaries. Restart it.");
        }

        for (var i = 0; i < proof.Canaries.Count; i++)
        {
            if (proof.Canaries[i] is Lost lost)
            {
                return Text($"It could not evaluate canary {i + 1}: {lost.Reason}. Look at the worker's log.");
            }

            if (proof.Canaries[i] is Evaluated value && value.Recorded.Length != recordedCount)
            {
                return Text($"Canary {i + 1} has {value.Recorded.Length} recorded outputs; the problem records {recordedCount}.");
            }
        }

        return null;
    }

    // A slow model's canaries are cut short: the common prefix decides. Exceeded limits depend on the machine and decide nothing.
    private string? JudgeCanaries(Proof proof)
    {
        var common = Math.Min(Reference.Count, proof.Canaries.Count);
        for (var i = 0; i < common; i++)
        {
            var (here, there) = (Reference[i], proof.Canaries[i]);
            if (OutcomeComparison.IsComparable(here) && OutcomeComparison.IsComparable(there) && !OutcomeComparison.Agree(here, there))
            {
                return Text($"It computes other results: canary {i + 1} of {common}: {OutcomeComparison.Difference(here, there, referenceOf)}. ")
                    + "The model is not deterministic, or something it uses differs between the two machines.";
            }
        }

        return null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
