using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class PresenceMessagesTests
{
    [Fact]
    public void A_host_name_that_is_too_long_is_shortened_rather_than_lost()
    {
        var here = (WorkerHere)new SampleMessages(seed: 12).Next(0) with { Host = new string('h', 1000) };
        Assert.Equal(Fields.LongestName, PresenceMessages.ToMessage(PresenceMessages.From(here)).Host.Length);
    }

    [Fact]
    public void Negative_totals_are_refused()
    {
        var message = PresenceMessages.From((WorkerHere)new SampleMessages(seed: 12).Next(0));
        message.Evaluations = -1;
        Assert.Throws<InvalidDataException>(() => PresenceMessages.ToMessage(message));
    }

    [Fact]
    public void A_report_with_more_refusals_than_anybody_reads_is_refused()
    {
        var message = PresenceMessages.From((SessionHere)new SampleMessages(seed: 12).Next(12));
        message.Refusals.Add(Enumerable.Repeat("no", 2000));
        Assert.Throws<InvalidDataException>(() => PresenceMessages.ToMessage(message));
    }
}
