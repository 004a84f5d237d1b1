using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Control;

public class RunControlRoutesTests
{
    private static readonly RunId Run = RunId.Parse("routed");

    [Theory]
    [InlineData(ControlResult.NotRunning, ControlResult.Done, "second")]
    [InlineData(ControlResult.NotRunning, ControlResult.Unreachable, "second")]
    [InlineData(ControlResult.NotRunning, ControlResult.NotRunning, "first")]
    [InlineData(ControlResult.Done, ControlResult.Done, "first")]
    [InlineData(ControlResult.Forbidden, ControlResult.Done, "first")]
    [InlineData(ControlResult.Unreachable, ControlResult.Done, "first")]
    public async Task The_next_way_is_tried_only_where_nobody_drives_the_run(ControlResult first, ControlResult second, string expected)
    {
        var routes = new RunControlRoutes([new Fixed(new ControlReply(first, "first")), new Fixed(new ControlReply(second, "second"))]);
        Assert.Equal(expected, (await routes.SendAsync(Run, new ControlRequest.Status())).Message);
    }

    [Fact]
    public async Task Without_any_way_nobody_drives_it() =>
        Assert.Equal(ControlResult.NotRunning, (await new RunControlRoutes([]).SendAsync(Run, new ControlRequest.Status())).Result);

    private sealed class Fixed(ControlReply reply) : IRunControl
    {
        public Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default) => Task.FromResult(reply);
    }
}
