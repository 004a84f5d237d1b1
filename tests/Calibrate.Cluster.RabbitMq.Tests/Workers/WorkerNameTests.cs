using Calibrate.Cluster.RabbitMq.Workers;

namespace Calibrate.Cluster.RabbitMq.Tests.Workers;

public class WorkerNameTests
{
    [Theory]
    [InlineData("node-7.example.org", "node-7.example.org-12-")]
    [InlineData("Büro PC", "B-ro-PC-12-")]
    [InlineData("", "host-12-")]
    public void Names_are_safe_in_queue_names(string host, string begin)
    {
        var name = WorkerName.Of(host, 12, DateTimeOffset.UnixEpoch.AddDays(20_000)).Name;
        Assert.StartsWith(begin, name, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9_.-]{1,96}$", name);
    }

    [Fact]
    public void A_long_host_name_is_cut() => Assert.True(WorkerName.Of(new string('h', 300), int.MaxValue, DateTimeOffset.MaxValue).Name.Length <= 96);
}
