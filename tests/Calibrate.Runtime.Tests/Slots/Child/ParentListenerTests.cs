using System.Diagnostics;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Tests.Slots.Child;

/// <summary>A child as the system sees it: what happens to its pipes is what happens when its parent is killed.</summary>
public class ParentListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("none")]
    [InlineData("loop")]
    public async Task A_child_ends_when_its_parent_is_gone_whatever_it_is_doing(string fault)
    {
        using var child = Start();
        var problem = ChildPrograms.Faulty(fault);
        var reader = new FrameReader<ToParent>(child.StandardOutput.BaseStream, ToParent.Parser, SlotMessages.LongestToParent);
        var writer = new FrameWriter(child.StandardInput.BaseStream);
        writer.Write(SlotMessages.Load(ProblemBundle.Of(problem), problem.ModelFingerprint(BuildIdentity.Current)));
        Assert.Equal(ToParent.MessageOneofCase.Loaded, reader.Read()?.MessageCase);
        writer.Write(SlotMessages.Evaluate(ChildPrograms.Points(0, 2), 0, 2, 1));
        Assert.NotNull(reader.Read());

        child.StandardInput.Close();
        await child.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        Assert.Equal(0, child.ExitCode);
    }

    [Fact]
    public async Task A_child_ends_when_its_parent_talks_nonsense()
    {
        using var child = Start();
        await child.StandardInput.BaseStream.WriteAsync(new byte[] { 255, 255, 255, 255 });
        await child.StandardInput.BaseStream.FlushAsync();
        await child.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
    }

    private static Process Start() => Process.Start(
        new ProcessStartInfo(ChildPrograms.TestHost.FileName, ChildPrograms.TestHost.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
}
