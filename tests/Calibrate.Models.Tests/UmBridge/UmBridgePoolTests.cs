using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.UmBridge;

public class UmBridgePoolTests
{
    private static readonly Answer Fine = Answer.Json("{\"output\": [[1, 2, 3], [4]]}");

    [Fact]
    public void Asks_elsewhere_when_a_connection_is_lost()
    {
        using FakeServer broken = FakeServer.Of(_ => Answer.BrokenOff);
        using FakeServer sound = FakeServer.Of(_ => Fine);
        IModel model = Opened.Model(broken.Address, ("urls", new[] { sound.Address }));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal([1, 2, 3, 4], Opened.Run(model, i, 2));
        }
    }

    [Fact]
    public void Does_without_a_server_that_is_down()
    {
        using FakeServer sound = FakeServer.Of(_ => Fine);
        IModel model = Opened.Model(FakeServer.NobodyThere(), ("urls", new[] { sound.Address }));
        Assert.Equal([1, 2, 3, 4], Opened.Run(model, 1, 2));
    }

    [Fact]
    public void Goes_on_after_a_server_was_busy()
    {
        int asked = 0;
        using FakeServer server = FakeServer.Of(_ => ++asked < 4 ? Answer.Of(503, "<html>starting</html>") : Fine);
        Assert.Equal([1, 2, 3, 4], Opened.Run(Opened.Model(server.Address), 1, 2));
        Assert.Equal(4, asked);
    }

    [Fact]
    public void Stops_the_run_when_no_server_answers_for_too_long()
    {
        FakeServer server = FakeServer.Of(_ => Fine);
        IModel model = Opened.Model(server.Address, ("patience", TimeSpan.FromMilliseconds(100)));
        server.Dispose();
        ModelUnavailableException failure = Assert.Throws<ModelUnavailableException>(() => Opened.Run(model, 1, 2));
        Assert.Contains("no UM-Bridge server answered for 0.1 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_the_run_when_the_same_parameters_break_the_connection_again_and_again()
    {
        int asked = 0;
        using FakeServer server = FakeServer.Of(_ =>
        {
            asked++;
            return Answer.BrokenOff;
        });
        IModel model = Opened.Model(server.Address);
        ModelUnavailableException failure = Assert.Throws<ModelUnavailableException>(() => Opened.Run(model, 1, 2));
        Assert.StartsWith("3 requests at the same parameters went unanswered", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, asked);
    }

    [Fact]
    public void Stops_the_run_when_the_model_takes_too_long_twice()
    {
        TaskCompletionSource over = new();
        using FakeServer server = FakeServer.Of(_ => Answer.Silence(over.Task));
        IModel model = Opened.Model(server.Address, ("timeout", TimeSpan.FromMilliseconds(300)));
        ModelUnavailableException failure = Assert.Throws<ModelUnavailableException>(() => Opened.Run(model, 1, 2));
        Assert.Contains("took longer than 0.3 s", failure.Message, StringComparison.Ordinal);
        over.SetResult();
    }

    [Fact]
    public void Refuses_servers_that_disagree_about_the_model()
    {
        using FakeServer one = FakeServer.Of(_ => Fine);
        using FakeServer other = FakeServer.Of(_ => Fine, "[3, 2]");
        Assert.Contains("serves f: [2] to [3, 2], and the others", Opened.Refused(one.Address, ("urls", new[] { other.Address })).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Serves_many_slots_at_once_from_all_servers()
    {
        int first = 0;
        int second = 0;
        using FakeServer one = FakeServer.Of(_ => Count(ref first));
        using FakeServer other = FakeServer.Of(_ => Count(ref second));
        ForwardModelBinding binding = Assert.IsType<ForwardModelBinding>(Opened.Binding(one.Address, ("urls", new[] { other.Address })));
        Thread[] slots = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => Fifty(binding.Factory.Create())))];
        Array.ForEach(slots, slot => slot.Start());
        Array.ForEach(slots, slot => slot.Join());
        Assert.Equal(200, first + second);
        Assert.InRange(first, 20, 180);
    }

    private static void Fifty(IModel model)
    {
        for (int i = 0; i < 50; i++)
        {
            Opened.Run(model, i, 2);
        }
    }

    private static Answer Count(ref int served)
    {
        Interlocked.Increment(ref served);
        return Fine;
    }
}
