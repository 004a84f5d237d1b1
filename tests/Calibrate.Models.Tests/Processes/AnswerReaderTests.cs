using System.Text;
using Calibrate.Models.Processes;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.Processes;

public class AnswerReaderTests
{
    [Fact]
    public void Answers_go_to_their_points_of_the_batch()
    {
        double[] values = new double[6];
        Read("""{"results":[{"values":[1,2.5]},{"note":{"a":[1]},"values":[-0.0,3e2]}],"id":1}""", values, count: 3, start: 1, size: 2);
        Assert.Equal([0, 1, -0.0, 0, 2.5, 300], values);
        Assert.True(double.IsNegative(values[2]));
    }

    [Theory]
    [InlineData("AAAAAAAA8D8AAAAAAAAAQA==")]
    [InlineData("AAAAAAAA8D8AAAAAAAAAQA\\u003d=")]
    public void Base64_is_little_endian(string text)
    {
        double[] values = new double[2];
        Read($$"""{"id":1,"results":[{"values":"{{text}}"}]}""", values);
        Assert.Equal([1.0, 2], values);
    }

    [Fact]
    public void Bare_words_are_numbers_and_words_in_texts_are_not()
    {
        double[] values = new double[4];
        Read("""{"id":1,"note":"NaN \" -Infinity","results":[{"values":[NaN,-Infinity, Infinity,null]}]}""", values);
        Assert.Equal([double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.NaN], values);
    }

    [Theory]
    [InlineData("""{"id":1,"results":[{"values":"AAAAAAAA8D8AAAAAAAAAQ"}]}""", "values")]
    [InlineData("""{"id":1,"results":[{"values":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAABA"}]}""", "3 values where the outputs have 2")]
    [InlineData("""{"id":1,"results":[{"values":"!AAAAAAA8D8AAAAAAAAAQA=="}]}""", "values that are no base64")]
    [InlineData("""{"id":1,"results":[{"values":[1,2,3]}]}""", "3 values where the outputs have 2")]
    [InlineData("""{"id":1,"results":[{"values":[1,true]}]}""", "a value that is no number but True")]
    [InlineData("""{"id":1,"results":[{"values":{}}]}""", "values that are neither a list nor base64")]
    [InlineData("""{"id":1,"results":[{"error":5}]}""", "an error that is no text")]
    [InlineData("""{"id":1,"results":[3]}""", "a result that is no object")]
    [InlineData("""{"id":1,"results":{}}""", "results that are no list")]
    [InlineData("""{"id":1,"results":[{"values":[1,2]},{"values":[1,2]}]}""", "2 results for 1 points")]
    [InlineData("""{"id":1}""", "0 results for 1 points")]
    [InlineData("""{"results":[{"values":[1,2]}]}""", "an answer to request -1 when asked 1")]
    [InlineData("""{"id":"1","results":[{"values":[1,2]}]}""", "an answer to request -1 when asked 1")]
    [InlineData("""{"id":1,"results":[{"values":[1,2]}]} {}""", "a line that is no JSON")]
    [InlineData("""{"id":1,"results":[{"values":[1,2""", "a line that is no JSON")]
    [InlineData("{", "a line that is no JSON")]
    public void Everything_else_is_a_breach(string line, string message) => Assert.StartsWith(
        message, Assert.Throws<ProtocolBreachException>(() => Read(line, new double[2])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_is_the_failure_of_its_point_and_of_bounded_length()
    {
        ModelFailed?[] failures = new ModelFailed?[1];
        string line = $$"""{"id":1,"results":[{"error":"{{new string('x', 5000)}}"}]}""";
        new AnswerReader().Read(Encoding.UTF8.GetBytes(line), 1, new Answers(new double[2], failures, 1, 0, 1));
        Assert.Equal(2000, failures[0]?.Message.Length);
    }

    private static void Read(string line, double[] values, int count = 1, int start = 0, int size = 1) =>
        new AnswerReader().Read(Encoding.UTF8.GetBytes(line), 1, new Answers(values, new ModelFailed?[count], count, start, size));
}
