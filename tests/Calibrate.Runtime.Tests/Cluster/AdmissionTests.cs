using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Testing.Simulation;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class AdmissionTests
{
    private static readonly IReadOnlyList<EvaluationOutcome> Journaled = [Value(-1), new ModelFailed(ModelFailureKind.NotANumber, "output 3")];

    private readonly Admission admission = new(Settings(Journaled));

    [Fact]
    public void The_same_results_are_admitted() => Assert.Null(admission.Judge(Proof(Ann, canaries: [.. Journaled])));

    [Fact]
    public void A_slow_model_is_judged_on_the_canaries_it_reached() => Assert.Null(admission.Judge(Proof(Ann, canaries: Value(-1))));

    [Fact]
    public void Failures_agree_by_kind_whatever_they_say() =>
        Assert.Null(admission.Judge(Proof(Ann, canaries: [Value(-1), new ModelFailed(ModelFailureKind.NotANumber, "elsewhere")])));

    [Fact]
    public void Exceeded_limits_decide_nothing() =>
        Assert.Null(admission.Judge(Proof(Ann, canaries: [new ResourceExceeded(ResourceKind.Time, "slow machine"), Journaled[1]])));

    [Fact]
    public void The_last_bit_counts()
    {
        var reason = admission.Judge(Proof(Ann, canaries: Value(Math.BitIncrement(-1))));

        Assert.Equal(
            "It computes other results: canary 1 of 1: log likelihood -0.9999999999999999 (0xBFEFFFFFFFFFFFFF) there, log likelihood -1 (0xBFF0000000000000) in the run's journal. "
            + "The model is not deterministic, or something it uses differs between the two machines.",
            reason);
    }

    [Fact]
    public void A_failure_here_and_a_value_there_differ() => Assert.Contains(
        "canary 2 of 2: log likelihood -2 (0xC000000000000000) there, failure NotANumber (output 3) in the run's journal",
        admission.Judge(Proof(Ann, canaries: [Value(-1), Value(-2)])),
        StringComparison.Ordinal);

    [Fact]
    public void Another_build_is_told_with_both_builds() => Assert.Equal(
        "It runs another build of Calibrate: 1.1 (modules 4567); the run is driven by 1.0 (modules 0123). Install the same build on both.",
        admission.Judge(Proof(Ann) with { Build = "1.1 (modules 4567)" }));

    [Fact]
    public void Another_platform_is_told_with_what_differs() => Assert.Equal(
        "Its results could differ in the last bits: C library: none on the coordinator's machine, glibc 2.31 on the worker's. "
        + "Use the same image or the same kind of machine for both.",
        admission.Judge(Proof(Ann) with { Platform = TestIdentity.Platform with { CLibrary = "glibc 2.31" } }));

    [Fact]
    public void Another_model_is_told_with_both_fingerprints() => Assert.StartsWith(
        "It built another model: fingerprint bbbbbbbbbbbb there, aaaaaaaaaaaa here.", admission.Judge(Proof(Ann) with { Model = OtherModel }), StringComparison.Ordinal);

    [Fact]
    public void A_model_that_could_not_be_built_is_refused_in_the_workers_words() =>
        Assert.Equal("no such program", admission.Judge(Proof(Ann) with { Model = null, Refusal = "no such program" }));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4097)]
    public void Impossible_numbers_of_slots_are_refused(int slots) =>
        Assert.Contains("1 to 4096 are possible", admission.Judge(Proof(Ann, slots)), StringComparison.Ordinal);

    [Fact]
    public void More_canaries_than_were_asked_for_or_none_are_refused()
    {
        Assert.Equal("It sent 3 outcomes for 2 canaries. Restart it.", admission.Judge(Proof(Ann, canaries: [.. Journaled, Value(-3)])));
        Assert.Equal("It sent 0 outcomes for 2 canaries. Restart it.", admission.Judge(Proof(Ann) with { Canaries = [] }));
    }

    [Fact]
    public void A_lost_canary_proves_nothing() => Assert.Equal(
        "It could not evaluate canary 2: killed. Look at the worker's log.", admission.Judge(Proof(Ann, canaries: [Value(-1), new Lost("killed")])));

    [Fact]
    public void A_canary_records_what_the_problem_records() =>
        Assert.Contains("has 1 recorded outputs; the problem records 0", admission.Judge(Proof(Ann, canaries: new Evaluated(-1, [5]))), StringComparison.Ordinal);

    [Fact]
    public void The_first_proof_becomes_the_reference_of_a_new_run()
    {
        Admission fresh = new(Settings());

        Assert.True(fresh.Establish(Proof(Ann)));
        Assert.False(fresh.Establish(Proof(Bob, canaries: Value(-9))));
        Assert.Equal(Proof(Ann).Canaries, fresh.Reference);
        Assert.Contains("by worker ann, the first of this run", fresh.Judge(Proof(Bob, canaries: Value(-9))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_journaled_reference_stays() => Assert.False(admission.Establish(Proof(Ann)));

    [Fact]
    public void Without_canaries_there_is_no_reference()
    {
        Admission fresh = new(Settings() with { Offer = Offer(canaries: 0) });

        Assert.Null(fresh.Judge(Proof(Ann) with { Canaries = [] }));
        Assert.False(fresh.Establish(Proof(Ann) with { Canaries = [] }));
    }
}
