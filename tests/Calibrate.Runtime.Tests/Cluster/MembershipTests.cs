using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class MembershipTests
{
    [Fact]
    public void A_worker_that_lacks_the_offer_gets_it_again_ever_more_rarely()
    {
        FleetTranscript fleet = new(Settings());
        fleet.Feed(new FleetInput.Connected());
        fleet.Clear();
        List<double> offered = [];

        for (fleet.Now = 0; fleet.Now < 120; fleet.Now += 1)
        {
            fleet.Hear(Here(Ann));
            if (fleet.Said() == "to ann: Offer run#1")
            {
                offered.Add(fleet.Now);
            }
        }

        Assert.Equal([0, 5, 15, 35, 75], offered);
    }

    [Fact]
    public void A_worker_that_has_the_offer_is_left_to_prepare()
    {
        FleetTranscript fleet = new(Settings());
        fleet.Feed(new FleetInput.Connected());
        fleet.Clear();

        fleet.Hear(Here(Ann, Session(), Session(3, "other")));

        Assert.Empty(fleet.Said());
    }

    [Fact]
    public void A_silent_worker_leaves_and_is_back_without_another_proof()
    {
        var fleet = FleetTranscript.With(Ann, Bob);

        fleet.Pass(12, Bob);
        fleet.Hear(Here(Ann, Session()));

        Assert.Equal(
            """
            tell lost ann: silent for 10 s
            tell slots 2 at 0.5 s
            tell admitted ann: host-ann, process 7, 2 slots
            tell slots 4 at 0.5 s
            """,
            fleet.Said());
    }

    [Fact]
    public void A_worker_that_was_away_for_ten_minutes_proves_itself_again()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Pass(601);
        fleet.Hear(Here(Ann, Session()));

        Assert.Equal("tell lost ann: silent for 10 s\ntell slots 0 at 0.5 s", fleet.Said());
        fleet.Hear(Proof(Ann));
        Assert.Contains("tell admitted ann", fleet.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_says_goodbye_leaves_at_once()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Hear(new WorkerGone(Ann), new WorkerGone(Ann));

        Assert.Equal("tell lost ann: stopped\ntell slots 0 at 0.5 s", fleet.Said());
    }

    [Fact]
    public void A_repeated_proof_is_answered_and_changes_nothing()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Hear(Proof(Ann));

        Assert.Equal("to ann: Admitted run#1", fleet.Said());
    }

    [Fact]
    public void A_refused_worker_is_told_why_and_shown_to_the_operator_once()
    {
        var fleet = FleetTranscript.With(Ann);
        var proof = Proof(Bob, canaries: [Value(-1), Value(-2.5)]);

        fleet.Hear(proof, proof, Proof(Bob), Here(Bob));

        Assert.Equal(
            """
            tell turned away bob: It computes other results: canary 2 of 2: log likelihood -2.5 (0xC004000000000000) there, log likelihood -2 (0xC000000000000000) by worker ann, the first of this run. The model is not deterministic, or something it uses differs between the two machines.
            to bob: Refused: It computes other results: canary 2 of 2: log likelihood -2.5 (0xC004000000000000) there, log likelihood -2 (0xC000000000000000) by worker ann, the first of this run. The model is not deterministic, or something it uses differs between the two machines.
            to bob: Refused: It computes other results: canary 2 of 2: log likelihood -2.5 (0xC004000000000000) there, log likelihood -2 (0xC000000000000000) by worker ann, the first of this run. The model is not deterministic, or something it uses differs between the two machines.
            to bob: Refused: It computes other results: canary 2 of 2: log likelihood -2.5 (0xC004000000000000) there, log likelihood -2 (0xC000000000000000) by worker ann, the first of this run. The model is not deterministic, or something it uses differs between the two machines.
            """,
            fleet.Said());
    }

    [Fact]
    public void A_worker_that_was_admitted_and_then_fails_a_proof_is_lost()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Hear(Proof(Ann) with { Refusal = "the disk is full" });

        Assert.Equal(
            """
            tell lost ann: refused
            tell turned away ann: the disk is full
            tell slots 0 at 0.5 s
            to ann: Refused: the disk is full
            """,
            fleet.Said());
    }

    [Fact]
    public void Names_that_nobody_has_cannot_fill_the_memory()
    {
        FleetTranscript fleet = new(Settings());
        fleet.Feed(new FleetInput.Connected());

        for (var i = 0; i < Membership.MostMembers + 5; i++)
        {
            fleet.Hear(Here(new WorkerId($"w{i}"), Session()));
        }

        Assert.Equal(5, fleet.Fleet.Garbage);
        fleet.Pass(Membership.SilenceSeconds);
        fleet.Hear(Here(Ann, Session()));
        Assert.Equal(5, fleet.Fleet.Garbage);
    }
}
