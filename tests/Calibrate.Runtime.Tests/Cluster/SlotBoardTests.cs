using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class SlotBoardTests
{
    private readonly List<WorkerOutput> outputs = [];
    private readonly SlotBoard board;

    public SlotBoardTests()
    {
        WorkerOutbox outbox = new() { Connected = true };
        outbox.Into(outputs);
        board = new SlotBoard(AnnSettings, outbox);
    }

    [Fact]
    public void Children_that_died_or_were_killed_are_counted()
    {
        board.Add(Work(1) with { Requests = [Request(1), Request(2), Request(3)] }, 1, now: 0);

        board.Finish(
            new WorkerInput.Evaluated(
                0,
                [
                    new SettledEvaluation(Request(1).Id, new ResourceExceeded(ResourceKind.Time, "slow")),
                    new SettledEvaluation(Request(2).Id, new Lost("crashed") { Death = "host 5 start#1" }),
                    new SettledEvaluation(Request(3).Id, new Lost("not reached")),
                ],
                2),
            now: 2);

        Assert.Equal(new WorkerLoad(0, 3, 2, 2), board.Load);
    }

    [Fact]
    public void An_answer_carries_the_hashes_of_what_was_evaluated()
    {
        board.Add(Work(1) with { Requests = [Request(1), Request(2)] }, 1, now: 0);

        var finished = board.Finish(new WorkerInput.Evaluated(0, [Settled(1), Settled(9)], 1), now: 1);

        Assert.Equal([ParameterHash.Of(Request(1).Parameters), 0UL], finished!.Value.Done.ParameterHashes);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(2)]
    public void A_slot_that_has_no_work_cannot_finish_any(int slot) =>
        Assert.Null(board.Finish(new WorkerInput.Evaluated(slot, [Settled(1)], 1), now: 1));

    [Fact]
    public void Few_repeats_wait()
    {
        board.Add(Work(1), 1, now: 0);
        board.Add(Work(2), 2, now: 0);

        for (var i = 1; i <= SlotBoard.MostRepeatsWaiting + 5; i++)
        {
            board.Add(Work(-i, repeat: true), delivery: null, now: 0);
        }

        Assert.Equal(SlotBoard.MostRepeatsWaiting, board.TakeBack(_ => true, now: 0).Count);
    }

    [Fact]
    public void The_second_delivery_of_work_that_is_here_stands_for_both()
    {
        board.Add(Work(1), 1, now: 0);
        outputs.Clear();

        Assert.True(board.AddAgain(Session(), 1, 5));
        Assert.False(board.AddAgain(Session(), 2, 6));

        Assert.Equal([new WorkerOutput.Acknowledge(1)], outputs);
        Assert.Equal(5, board.Finish(new WorkerInput.Evaluated(0, [Settled(1)], 1), now: 1)!.Value.Delivery);
    }

    [Fact]
    public void A_suspect_that_is_taken_back_frees_its_slot()
    {
        board.Add(Work(1, suspect: true), 1, now: 0);
        board.Add(Work(2), 2, now: 0);
        board.Add(Work(3, run: "other"), 3, now: 0);
        outputs.Clear();

        var taken = board.TakeBack(session => session == Session(), now: 0);

        Assert.Equal([1L], taken.Select(job => job.Work.Batch));
        Assert.Equal("evaluate on slot 0: [3]", Wording.Of(outputs.Single()));
        Assert.True(board.Uses(Model));
        Assert.True(board.Serves(Session(run: "other")));
    }

    [Fact]
    public void There_is_room_for_what_a_prefetch_brings_and_not_for_more()
    {
        for (var i = 1; i <= SlotBoard.MostWaiting + 2; i++)
        {
            Assert.True(board.HasRoom);
            board.Add(Work(i), i, now: 0);
        }

        Assert.False(board.HasRoom);
    }

    private static SettledEvaluation Settled(int iteration) => new(Request(iteration).Id, Value(-iteration));
}
