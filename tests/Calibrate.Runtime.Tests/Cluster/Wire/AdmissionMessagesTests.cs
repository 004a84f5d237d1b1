using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class AdmissionMessagesTests
{
    private static readonly Offer Sample = (Offer)new SampleMessages(seed: 11).Next(2);

    [Fact]
    public void An_offer_with_a_file_twice_is_refused()
    {
        var message = AdmissionMessages.From(Sample);
        message.Files.Add(message.Files[0]);
        Assert.Throws<InvalidDataException>(() => AdmissionMessages.ToMessage(message));
    }

    [Fact]
    public void Limits_are_positive()
    {
        var message = AdmissionMessages.From(Sample);
        message.TimeoutTicks = 0;
        Assert.Throws<InvalidDataException>(() => AdmissionMessages.ToMessage(message));
    }

    [Fact]
    public void Canaries_divide_over_their_count()
    {
        var message = AdmissionMessages.From(Sample with { Canaries = [[1, 2], [3, 4]] });
        message.CanaryCount = 3;
        Assert.Throws<InvalidDataException>(() => AdmissionMessages.ToMessage(message));
        message.CanaryCount = 1 << 20;
        Assert.Throws<InvalidDataException>(() => AdmissionMessages.ToMessage(message));
    }
}
