using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.UmBridge;

public class UmBridgeServerTests
{
    [Theory]
    [InlineData("{\"output\": [[1.0, 2.0, 3.0], [4.0]] }", "text/plain; charset=utf-8")]
    [InlineData("{\"output\":[[1,2,3e0],[0.4e1]]}", "text/html")]
    [InlineData("\n{ \"output\" :\t[ [1 , 2,3 ],[ 4 ] ] }\r\n", "no type at all")]
    public void Reads_outputs_whatever_their_type_is_said_to_be(string body, string type)
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Of(200, body, type));
        Assert.Equal([1, 2, 3, 4], Opened.Run(Opened.Model(server.Address), 0.5, 2));
    }

    [Fact]
    public void Passes_values_on_that_JSON_has_no_word_for()
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Of(200, "{\"output\": [[nan, -inf, Infinity], [null]] }"));
        Assert.Equal([double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.NaN], Opened.Run(Opened.Model(server.Address), 0.5, 2));
    }

    [Fact]
    public void Sends_floating_point_numbers_and_the_configuration()
    {
        string sent = "";
        using FakeServer server = FakeServer.Of(body =>
        {
            sent = body;
            return Answer.Json("{\"output\": [[1, 2, 3], [4]]}");
        });
        Dictionary<string, string> config = new(StringComparer.Ordinal) { ["level"] = "2", ["mesh"] = "fine", ["exact"] = "true" };
        Opened.Run(Opened.Model(server.Address, ("config", config)), 0.1, -3);
        Assert.Equal("{\"name\": \"f\", \"input\": [[0.1,-3.0]], \"config\": {\"exact\": true, \"level\": 2, \"mesh\": \"fine\"}}", sent);
    }

    [Theory]
    [InlineData(500, "500 Internal Server Error\n\nServer got itself in trouble", "answers 500: 500 Internal Server Error")]
    [InlineData(500, "\n<!DOCTYPE html>\n<html><title>Oops</title></html>", "answers 500: <!DOCTYPE html>")]
    [InlineData(500, "{\"error\": {\"type\": \"InvalidOutput\", \"message\": \"too\\nlong\"}}", "InvalidOutput: too long")]
    [InlineData(400, "{\"error\": {\"type\": \"InvalidInput\", \"message\": \"no\"}}", "InvalidInput: no")]
    [InlineData(200, "{\"error\": {\"type\": \"ModelError\", \"message\": \"diverged\"}}", "ModelError: diverged")]
    [InlineData(500, "{\"error\": {\"type\": \"L\\udcf6sung\", \"message\": \"no\"}}", "Error: {\"error\": {\"type\": \"L\\udcf6sung\"")]
    [InlineData(200, "<html>welcome</html>", "is not of the form {\"output\": [[...]]}: <html>welcome</html>")]
    [InlineData(200, "{\"output\": [[1, 2], [4]]}", "has 2 numbers in output 0 where the server promised 3")]
    [InlineData(200, "{\"output\": [[1, 2, 3, 5], [4]]}", "has 4 numbers in output 0 where the server promised 3")]
    [InlineData(200, "{\"output\": [[1, 2, 3]]}", "has 1 outputs where the server promised 2")]
    [InlineData(200, "{\"output\": [[1, 2, 3], [4], [5]]}", "has 3 outputs where the server promised 2")]
    [InlineData(200, "{\"output\": [[1, 2, x], [4]]}", "cannot be read at byte 19")]
    [InlineData(200, "{\"output\": [[1, 2, 3], [4]", "cannot be read")]
    [InlineData(200, "{\"output\": [[1, 2, 3], [4]]} 5", "has something after its output")]
    [InlineData(200, "{\"output\": []}", "has 0 outputs where the server promised 2")]
    [InlineData(200, "", "is not of the form")]
    public void Fails_the_point_when_the_answer_is_an_error_or_a_breach(int status, string body, string expected)
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Of(status, body));
        IModel model = Opened.Model(server.Address);
        ModelException failure = Assert.Throws<ModelException>(() => Opened.Run(model, 0.5, 2));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData(302, "Location: http://elsewhere:1/Evaluate\r\n", "a redirect to http://elsewhere:1/Evaluate, which is not followed")]
    [InlineData(308, "", "a redirect to nowhere")]
    [InlineData(404, "", "answers 404")]
    [InlineData(401, "", "answers 401")]
    public void Stops_the_run_when_what_answers_is_set_up_wrongly(int status, string more, string expected)
    {
        using FakeServer server = FakeServer.Of(_ => Answer.Of(status, "", more: more));
        IModel model = Opened.Model(server.Address);
        ModelUnavailableException failure = Assert.Throws<ModelUnavailableException>(() => Opened.Run(model, 0.5, 2));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
