using Calibrate.Models.UmBridge;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.UmBridge;

public class UmBridgeDefinitionTests
{
    private static readonly Answer Fine = Answer.Json("{\"output\": [[1, 2, 3], [4]]}");

    [Fact]
    public void Takes_parameters_of_the_problem_and_names_outputs_by_number()
    {
        using FakeServer server = FakeServer.Of(_ => Fine);
        ForwardModelBinding binding = Assert.IsType<ForwardModelBinding>(Opened.Binding(server.Address));
        Assert.Equal(["a", "b"], binding.Parameters.Select(p => p.Name));
        Assert.Equal(["output_0", "output_1"], binding.Factory.Signature.Outputs.Select(o => o.Name));
        Assert.Equal([0, 1, 2], binding.Factory.Signature.Outputs[0].Axis);
        Assert.Null(binding.Factory.Signature.Outputs[1].Axis);
        Assert.Equal(["umbridge 1.0 f", "inputs 2", "outputs 3 1"], binding.Identity);
    }

    [Fact]
    public void Names_outputs_and_parameters_as_told()
    {
        using FakeServer server = FakeServer.Of(_ => Fine);
        OutputSignature[] outputs = [new("rate", [1, 2]), new("rest", [10, 20])];
        ForwardModelBinding binding = Assert.IsType<ForwardModelBinding>(
            Opened.Binding(["a", "sigma", "b"], server.Address, ("outputs", outputs), ("parameters", new[] { "b", "a" })));
        Assert.Equal(["b", "a"], binding.Parameters.Select(p => p.Name));
        Assert.Equal(["rate", "rest"], binding.Factory.Signature.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Says_both_numbers_when_parameters_or_outputs_do_not_fit()
    {
        using FakeServer server = FakeServer.Of(_ => Fine);
        ModelOptionException parameters = Assert.Throws<ModelOptionException>(() => Opened.Binding(["a", "b", "c"], server.Address));
        Assert.Equal("model.parameters", parameters.Path);
        Assert.StartsWith("3 parameters (a, b, c)", parameters.Found, StringComparison.Ordinal);
        Assert.StartsWith("2: model 'f' takes inputs of sizes [2]", parameters.Expected, StringComparison.Ordinal);
        ModelOptionException outputs = Opened.Refused(server.Address, ("outputs", new OutputSignature[] { new("y", [1, 2, 3]) }));
        Assert.StartsWith("3 values in all (y: 3)", outputs.Found, StringComparison.Ordinal);
        Assert.StartsWith("4: model 'f' gives outputs of sizes [3, 1]", outputs.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_can_be_read_again_while_the_server_is_down_and_evaluates_when_it_is_back()
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Json("{\"output\": [[1, 2, 3], [4]]}"));
        ModelBinding asked = Opened.Binding(server.Address);
        ForwardModelBinding remembered = Assert.IsType<ForwardModelBinding>(Opened.Again(asked.Introduction, FakeServer.NobodyThere(), ("urls", new[] { server.Address })));
        Assert.Equal(asked.Identity, remembered.Identity);
        Assert.Equal(asked.Introduction, remembered.Introduction);
        Assert.Equal([1, 2, 3, 4], Opened.Run(remembered.Factory.Create(), 1, 2));
    }

    [Fact]
    public void A_server_that_offers_another_model_than_is_remembered_ends_the_run()
    {
        using FakeServer first = FakeServer.Of(_ => Answer.Json("{\"output\": [[1, 2, 3], [4]]}"));
        using FakeServer other = FakeServer.Of(_ => Answer.Json("{\"output\": [[1, 2]]}"), "[2]");
        ModelBinding remembered = Opened.Again(Opened.Binding(first.Address).Introduction, other.Address);
        IModel model = Assert.IsType<ForwardModelBinding>(remembered).Factory.Create();
        Assert.Contains("serves f: [2] to [2]", Assert.Throws<ModelUnavailableException>(() => Opened.Run(model, 1, 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"calibrate\": 1}")]
    [InlineData("no JSON")]
    public void What_is_remembered_and_cannot_be_understood_is_asked_for_again(string introduction)
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Json("{}"));
        Assert.Equal("umbridge 1.0 f", Opened.Again(introduction, server.Address).Identity[0]);
    }

    [Fact]
    public void Suggests_a_name()
    {
        using FakeServer server = FakeServer.Of(_ => Fine);
        ModelOptionException refusal = Opened.Refused(server.Address, ("name", "F"));
        Assert.Equal(("model.name", "'F'"), (refusal.Path, refusal.Found));
        Assert.EndsWith("f; did you mean 'f'?", refusal.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"protocolVersion\": 0.9, \"models\": [\"f\"]}", "umbridge", "speaks version 0.9")]
    [InlineData("{\"protocolVersion\": 1.0, \"models\": [\"f\", \"g\"]}", "name", "no name, and")]
    [InlineData("{\"models\": [\"f\"]}", "umbridge", "answers without a number 'protocolVersion'")]
    [InlineData("{\"protocolVersion\": 1.0, \"models\": [\"\\ud800\"]}", "umbridge", "answers text that is no Unicode")]
    [InlineData("<html>hello</html>", "umbridge", "answers no JSON: <html>hello</html>")]
    public void Refuses_other_servers(string info, string option, string found)
    {
        using FakeServer server = new((_, _) => Answer.Json(info));
        ModelOptionException refusal = Opened.Refused(server.Address);
        Assert.Equal($"model.{option}", refusal.Path);
        Assert.Contains(found, refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_redirects_models_that_cannot_be_evaluated_and_servers_that_are_down()
    {
        using FakeServer away = new((_, _) => Answer.Of(301, "", more: "Location: https://login.example/\r\n"));
        Assert.Contains("a redirect to https://login.example/, which is not followed", Opened.Refused(away.Address).Found, StringComparison.Ordinal);
        using FakeServer mute = new((path, _) => Answer.Json(path == "/Info"
            ? "{\"protocolVersion\": 1.0, \"models\": [\"f\"]}"
            : "{\"support\": {\"Evaluate\": false}}"));
        Assert.Contains("does not support Evaluate", Opened.Refused(mute.Address).Found, StringComparison.Ordinal);
        ModelOptionException down = Opened.Refused(FakeServer.NobodyThere());
        Assert.Contains("no connection to 127.0.0.1:", down.Found, StringComparison.Ordinal);
        Assert.StartsWith("a UM-Bridge server that answers", down.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:4242")]
    [InlineData("ftp://host")]
    [InlineData("http://user:secret@host")]
    [InlineData("http://host/?a=b")]
    public void Refuses_addresses_that_are_none(string address) => Assert.Equal("model.umbridge", Opened.Refused(address).Path);

    [Fact]
    public void Takes_a_model_of_one_number_for_a_log_density()
    {
        using FakeServer server = FakeServer.Of(body => Answer.Json($"{{\"output\": [[{(body.Contains("[[2.0,3.0]]", StringComparison.Ordinal) ? "-inf" : "-1.5")}]]}}"), "[1]");
        LogDensityBinding binding = Assert.IsType<LogDensityBinding>(Opened.Binding(server.Address, ("log_density", true)));
        double[] values = new double[2];
        binding.Factory.Create().Evaluate(2, [1, 2, 1, 3], values);
        Assert.Equal([-1.5, double.NegativeInfinity], values);
        using FakeServer larger = FakeServer.Of(_ => Fine);
        Assert.Equal("model.log_density", Opened.Refused(larger.Address, ("log_density", true)).Path);
    }

    [Fact]
    public void Leaves_addresses_and_times_out_of_the_identity() => Assert.Equal(
        ["umbridge", "urls", "timeout", "patience"], new UmBridgeDefinition().Options.Where(o => o.Operational).Select(o => o.Name));
}
