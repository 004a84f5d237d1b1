using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Hosting;

/// <summary>A request that waits for its answer.</summary>
/// <param name="request">The request.</param>
/// <param name="since">When it came, as a timestamp of the clock.</param>
internal sealed class ControlOrder(ControlRequest request, long since)
{
    private readonly TaskCompletionSource<ControlReply> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ControlRequest Request => request;

    public long Since => since;

    public Task<ControlReply> Answer => answer.Task;

    public void Reply(ControlReply reply) => answer.TrySetResult(reply);
}

/// <summary>Requests wait at the desk: what the mailbox's reader is woken with.</summary>
internal sealed record ControlWaiting : RunCommand;
