using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class ReceiptsTests
{
    private readonly List<FleetOutput> outputs = [];
    private readonly Receipts receipts;

    public ReceiptsTests()
    {
        FleetOutbox outbox = new() { Connected = true };
        outbox.Into(outputs);
        receipts = new Receipts(Session(), outbox);
    }

    [Fact]
    public void Every_worker_is_thanked_once_for_all_of_its_answers()
    {
        receipts.Expect(1, [Answer(Ann, 1)]);
        receipts.Expect(2, [Answer(Bob, 2)]);
        receipts.Expect(-1, [Answer(Ann, 70), Answer(Bob, 71)]);
        receipts.Expect(9, [Answer(Ann, 9)]);

        receipts.Journaled([1, 2]);
        receipts.Journaled([-1, 5]);
        Assert.Empty(outputs);
        receipts.GiveAll();

        Assert.Equal(["to ann: WorkReceived run#1 1, run#1 70", "to bob: WorkReceived run#1 2, run#1 71"], outputs.Select(Wording.Of));
        Assert.False(receipts.IsPending(Answer(Ann, 70)));
        Assert.True(receipts.IsPending(Answer(Ann, 9)));

        outputs.Clear();
        receipts.GiveAll();
        Assert.Empty(outputs);
    }

    [Fact]
    public void A_worker_with_many_answers_is_thanked_without_waiting_for_more()
    {
        for (var batch = 1; batch <= Receipts.MostTogether + 1; batch++)
        {
            receipts.Expect(batch, [Answer(Ann, batch)]);
            receipts.Expect(-batch, [Answer(Bob, 1000)]);
        }

        for (var batch = 1; batch < Receipts.MostTogether; batch++)
        {
            receipts.Journaled([batch]);
        }

        Assert.Empty(outputs);
        receipts.Journaled([Receipts.MostTogether, Receipts.MostTogether + 1]);
        var thanks = Assert.IsType<WorkReceived>(Assert.IsType<FleetOutput.Send>(Assert.Single(outputs)).Message);
        Assert.Equal(Enumerable.Range(1, Receipts.MostTogether).Select(batch => (Session(), (long)batch)), thanks.Batches);

        outputs.Clear();
        receipts.Journaled([-1, -2, -3]); // parts of one answer that were journaled one by one
        receipts.GiveAll();
        Assert.Equal(["to ann: WorkReceived run#1 65", "to bob: WorkReceived run#1 1000"], outputs.Select(Wording.Of).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_journal_that_never_answers_cannot_fill_the_memory()
    {
        for (var batch = 1; batch <= Receipts.MostPending + 1; batch++)
        {
            receipts.Expect(batch, [Answer(Ann, batch)]);
        }

        Assert.False(receipts.IsPending(Answer(Ann, 1)));
        Assert.True(receipts.IsPending(Answer(Ann, 2)));
    }

    private static AnswerId Answer(WorkerId worker, long batch) => new(worker, Session(), batch);
}
