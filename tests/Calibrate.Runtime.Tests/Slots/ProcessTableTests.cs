using System.Globalization;
using System.Text;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class ProcessTableTests
{
    [SkippableFact]
    public void This_process_belongs_to_the_group_that_the_system_says()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "there is no /proc");
        Span<byte> text = stackalloc byte[512];
        var stat = Encoding.UTF8.GetString(ProcessTable.Read(Environment.ProcessId, "stat", text));
        var group = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);
        Assert.Contains(Environment.ProcessId, new ProcessTable(TimeProvider.System).MembersOf(group));
    }

    [Fact]
    public void A_group_that_is_gone_has_no_members() => Assert.Empty(new ProcessTable(TimeProvider.System).MembersOf(int.MaxValue));

    [Fact]
    public void A_process_that_is_gone_has_nothing_to_read() => Assert.True(ProcessTable.Read(int.MaxValue, "stat", new byte[16]).IsEmpty);
}
