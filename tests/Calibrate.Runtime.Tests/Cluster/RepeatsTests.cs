using Calibrate.Inference;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class RepeatsTests
{
    private static readonly WorkerId Cid = new("cid");

    // Iterations of walker 0 that are repeated in the run of the samples.
    private static readonly int[] Due = FindDue();

    [Fact]
    public void One_evaluation_in_a_thousand_is_due()
    {
        // binomial with n = 100,000, p = 1/1000: mean 100, standard deviation 10; a false alarm below 1e-6 at five of them
        Assert.InRange(Due.Length, 50, 150);
    }

    [Fact]
    public void Another_worker_repeats_it_and_agrees()
    {
        var fleet = FleetTranscript.With(Ann, Bob);
        fleet.Want(Batch(1, Due[0]));
        fleet.Clear();

        fleet.Hear(Done(Ann, 1, Due[0]));
        fleet.Hear(Done(Bob, -1, Due[0]) with { Repeat = true });

        Assert.Equal(
            $"""
            to bob: Work -1 [{Due[0]}] repeat
            tell answer 1 [{Due[0]}: -{Due[0]}]
            to bob: WorkReceived run#1 -1
            """,
            fleet.Said());
    }

    [Fact]
    public void Another_worker_repeats_it_and_differs()
    {
        var fleet = FleetTranscript.With(Ann, Bob);
        fleet.Want(Batch(1, Due[0]));
        fleet.Hear(Done(Ann, 1, Due[0]));
        fleet.Clear();

        fleet.Hear(DoneWith(Bob, -1, (Due[0], Value(5))) with { Repeat = true });

        Assert.Equal($"tell disagreed on iteration {Due[0]}: ann -{Due[0]}, bob 5\nto bob: WorkReceived run#1 -1", fleet.Said());
    }

    [Fact]
    public void A_single_worker_repeats_nothing()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Want(Batch(1, Due[0]));
        fleet.Clear();

        fleet.Hear(Done(Ann, 1, Due[0]));

        Assert.Equal($"tell answer 1 [{Due[0]}: -{Due[0]}]", fleet.Said());
    }

    [Fact]
    public void Another_machine_is_preferred()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Hear(Here(Bob, Session()) with { Host = "host-ann" }, Proof(Bob), Here(Cid, Session()), Proof(Cid));
        fleet.Clear();

        for (var i = 0; i < 8; i++)
        {
            fleet.Want(Batch(i + 1, Due[i]));
            fleet.Hear(Done(Ann, i + 1, Due[i]));
        }

        var repeats = fleet.Outputs.OfType<FleetOutput.Send>().Where(send => send.Message is Work { Repeat: true }).ToList();
        Assert.Equal(8, repeats.Count);
        Assert.All(repeats, send => Assert.Equal(new Destination.OneWorker(Cid), send.To));
    }

    [Fact]
    public void Few_are_out_at_the_same_time_and_a_worker_that_leaves_frees_its_places()
    {
        var fleet = FleetTranscript.With(Ann, Bob);
        for (var i = 0; i < Repeats.MostOut + 4; i++)
        {
            fleet.Want(Batch(i + 1, Due[i]));
            fleet.Hear(Done(Ann, i + 1, Due[i]));
        }

        Assert.Equal(Repeats.MostOut, RepeatsSent(fleet));
        fleet.Hear(new WorkerGone(Bob), Here(Cid, Session()), Proof(Cid));
        fleet.Pass(0.5);
        fleet.Clear();

        fleet.Want(Batch(100, Due[50]));
        fleet.Hear(Done(Ann, 100, Due[50]));

        Assert.Equal(1, RepeatsSent(fleet));
    }

    [Fact]
    public void A_repeat_of_something_else_is_garbage()
    {
        var fleet = FleetTranscript.With(Ann, Bob);
        fleet.Want(Batch(1, Due[0]));
        fleet.Hear(Done(Ann, 1, Due[0]));

        fleet.Hear(Done(Bob, -1, 3) with { Repeat = true });

        Assert.Equal(1, fleet.Fleet.Garbage);
    }

    private static int RepeatsSent(FleetTranscript fleet) =>
        fleet.Outputs.OfType<FleetOutput.Send>().Count(send => send.Message is Work { Repeat: true });

    private static int[] FindDue()
    {
        FleetOutbox outbox = new();
        Repeats repeats = new(Settings(), new Membership(Settings(), new EvaluationTime(), outbox), new Disagreements(outbox), outbox);
        return [.. Enumerable.Range(1, 100_000).Where(iteration => repeats.IsDue(new EvaluationId(0, iteration, 0, 0)))];
    }
}
