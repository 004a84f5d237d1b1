using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class OpenWorkTests
{
    private readonly OpenWork open = new();

    [Fact]
    public void An_evaluation_is_wanted_while_any_batch_with_it_is_out()
    {
        open.Open(1, [Request(5)], suspect: false);
        open.Open(2, [Request(5)], suspect: false);

        open.Close(1);
        Assert.NotNull(open.Find(Request(5).Id));
        open.Close(1);
        Assert.NotNull(open.Find(Request(5).Id));
        open.Close(2);
        Assert.Null(open.Find(Request(5).Id));
    }

    [Fact]
    public void A_settled_evaluation_is_not_wanted_although_its_batch_is_out()
    {
        open.Open(1, [Request(5), Request(6)], suspect: false);

        open.Settle(Request(5).Id);

        Assert.Null(open.Find(Request(5).Id));
        Assert.NotNull(open.Find(Request(6).Id));
        Assert.NotNull(open.Find(1));
    }

    [Fact]
    public void A_batch_that_nobody_answers_is_forgotten_after_many_later_ones()
    {
        for (var number = 1; number <= OpenWork.MostBatches + 1; number++)
        {
            open.Open(number, [Request(number)], suspect: false);
            if (number > 2)
            {
                open.Close(number);
            }
        }

        Assert.Null(open.Find(1));
        Assert.Null(open.Find(Request(1).Id));
        Assert.NotNull(open.Find(2));
        Assert.Equal(OpenWork.MostBatches + 1, open.LastBatch);
    }

    [Fact]
    public void Nothing_is_out_after_clearing_and_numbers_go_on()
    {
        open.Open(3, [Request(5)], suspect: true);

        open.Clear();

        Assert.Null(open.Find(3));
        Assert.Null(open.Find(Request(5).Id));
        Assert.Equal(3, open.LastBatch);
    }

    [Fact]
    public void An_evaluation_of_a_batch_is_found_wherever_it_is()
    {
        OpenBatch batch = new(1, [Request(5), Request(6)], Suspect: false);

        Assert.Equal(6, batch.Find(Request(6).Id, expectedAt: 1)!.Id.Iteration);
        Assert.Equal(6, batch.Find(Request(6).Id, expectedAt: 7)!.Id.Iteration);
        Assert.Null(batch.Find(Request(7).Id, expectedAt: 0));
    }
}
