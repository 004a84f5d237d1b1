using System.Text;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Control;

public class ControlProtocolTests
{
    private static readonly RunId Run = RunId.Parse("two-layer");

    public static TheoryData<ControlRequest, string> Requests => new()
    {
        { new ControlRequest.Status(), """{"calibrate_control":1,"run":"two-layer","request":"status"}""" },
        { new ControlRequest.Pause(), """{"calibrate_control":1,"run":"two-layer","request":"pause"}""" },
        { new ControlRequest.Resume(), """{"calibrate_control":1,"run":"two-layer","request":"resume"}""" },
        { new ControlRequest.Extend(int.MaxValue), """{"calibrate_control":1,"run":"two-layer","request":"extend","iterations":2147483647}""" },
        { new ControlRequest.Stop(), """{"calibrate_control":1,"run":"two-layer","request":"stop"}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_one_line_and_reads_back(ControlRequest request, string expected)
    {
        var line = ControlProtocol.WriteRequest(Run, request);
        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(line));
        Assert.True(ControlProtocol.TryReadRequest(line, out var run, out var read, out var problem), problem);
        Assert.Equal((Run, request), (run, read));
    }

    [Theory]
    [InlineData("", "no JSON object on one line")]
    [InlineData("{", "no JSON object on one line")]
    [InlineData("null", "\"calibrate_control\"")]
    [InlineData("[1]", "\"calibrate_control\"")]
    [InlineData("{}", "\"calibrate_control\"")]
    [InlineData("""{"calibrate_control":"1"}""", "\"calibrate_control\"")]
    [InlineData("""{"calibrate_control":2,"run":"a","request":"status"}""", "version 2 of the control protocol; this side speaks version 1")]
    [InlineData("""{"calibrate_control":1e99,"run":"a","request":"status"}""", "version 1e99")]
    [InlineData("""{"calibrate_control":1,"request":"status"}""", "A run needs a name")]
    [InlineData("""{"calibrate_control":1,"run":"../x","request":"status"}""", "only letters, digits")]
    [InlineData("""{"calibrate_control":1,"run":"\ud800","request":"status"}""", "A run needs a name")]
    [InlineData("""{"calibrate_control":1,"run":"a"}""", "one of status, pause, resume, extend, stop")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"delete"}""", "one of status, pause, resume, extend, stop")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"extend"}""", "a whole number")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"extend","iterations":0}""", "a whole number")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"extend","iterations":1.5}""", "a whole number")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"extend","iterations":"7"}""", "a whole number")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"extend","iterations":2147483648}""", "a whole number")]
    [InlineData("""{"calibrate_control":1,"run":"a","request":"status","more":[[[[[1]]]]]}""", "no JSON object on one line")]
    public void What_is_no_request_is_refused_in_words(string line, string expected)
    {
        Assert.False(ControlProtocol.TryReadRequest(Encoding.UTF8.GetBytes(line), out _, out var request, out var problem));
        Assert.Null(request);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_is_too_long_is_not_even_read()
    {
        var line = Encoding.UTF8.GetBytes("""{"calibrate_control":1,"run":"a","request":"status"}""" + new string(' ', ControlProtocol.MostRequestBytes));
        Assert.False(ControlProtocol.TryReadRequest(line, out _, out _, out var problem));
        Assert.Contains("longer than 4096 bytes", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nonsense_of_any_kind_never_throws()
    {
        // A valid line with every byte replaced by several others: what is read is a request or a refusal.
        var valid = ControlProtocol.WriteRequest(Run, new ControlRequest.Extend(7));
        foreach (var other in (byte[])[0, (byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'9', (byte)'u', 0x80, 0xC3, 0xFF])
        {
            for (var i = 0; i < valid.Length; i++)
            {
                byte[] changed = [.. valid];
                changed[i] = other;
                Assert.Equal(ControlProtocol.TryReadRequest(changed, out _, out var request, out var problem), request is not null);
                Assert.Equal(request is null, problem is not null);
                Assert.Equal(ControlProtocol.TryReadReply(changed, out var reply, out problem), reply is not null);
                Assert.Equal(reply is null, problem is not null);
            }

            Assert.False(ControlProtocol.TryReadRequest(valid.AsMemory(0, other % valid.Length), out _, out _, out _));
        }
    }

    [Theory]
    [InlineData(ControlResult.Done)]
    [InlineData(ControlResult.Refused)]
    [InlineData(ControlResult.NotRunning)]
    [InlineData(ControlResult.Forbidden)]
    [InlineData(ControlResult.Unreachable)]
    public void A_reply_reads_back_with_and_without_a_snapshot(ControlResult result)
    {
        foreach (var status in (RunStatusSnapshot?[])[null, Snapshots.Full, Snapshots.Empty])
        {
            var line = ControlProtocol.WriteReply(new ControlReply(result, "two\nlines & <b>\"ü\"</b>", status));
            Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
            Assert.True(ControlProtocol.TryReadReply(line, out var read, out var problem), problem);
            Assert.Equivalent(new ControlReply(result, "two\nlines & <b>\"ü\"</b>", status), read, strict: true);
        }
    }

    [Fact]
    public void The_form_of_a_reply_is_what_the_format_says()
    {
        var line = Encoding.UTF8.GetString(ControlProtocol.WriteReply(new ControlReply(ControlResult.NotRunning, "gone")));
        Assert.Equal("""{"calibrate_control":1,"reply":{"result":"not_running","message":"gone","status":null}}""" + "\n", line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"calibrate_control":1}""")]
    [InlineData("""{"calibrate_control":1,"reply":null}""")]
    [InlineData("""{"calibrate_control":1,"reply":{"message":"no result"}}""")]
    [InlineData("""{"calibrate_control":1,"reply":{"result":"perhaps","message":"m"}}""")]
    [InlineData("""{"calibrate_control":1,"reply":{"result":"done","message":null}}""")]
    [InlineData("""{"calibrate_control":1,"reply":{"result":"done","message":"m","status":{"run":"x"}}}""")]
    public void What_is_no_reply_is_told_so(string line)
    {
        Assert.False(ControlProtocol.TryReadReply(Encoding.UTF8.GetBytes(line), out var reply, out var problem));
        Assert.Null(reply);
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void A_later_version_may_say_more()
    {
        var line = """{"calibrate_control":1,"later":1,"reply":{"result":"done","message":"m","later":{"a":[1]}}}""";
        Assert.True(ControlProtocol.TryReadReply(Encoding.UTF8.GetBytes(line), out var reply, out _));
        Assert.Equal(new ControlReply(ControlResult.Done, "m"), reply);
    }
}
