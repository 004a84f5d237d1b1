using System.Text;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class BareWordsTests
{
    [Theory]
    [InlineData("""[NaN, -Infinity,Infinity]""", """["NaN", "-Infinity","Infinity"]""")]
    [InlineData("""{"NaN":"a \" NaN","b":NaN}""", """{"NaN":"a \" NaN","b":"NaN"}""")]
    [InlineData("""["\\",NaN]""", """["\\","NaN"]""")]
    public void Words_outside_of_texts_are_put_in_quotes(string line, string quoted)
    {
        Assert.True(BareWords.StandIn(Encoding.UTF8.GetBytes(line)));
        Assert.Equal(quoted, Encoding.UTF8.GetString(BareWords.Quote(Encoding.UTF8.GetBytes(line))));
    }

    [Theory]
    [InlineData("""{"a":"NaN Infinity","b":[1,2,null]}""")]
    [InlineData("""["a\"NaN"]""")]
    [InlineData("\"never ends NaN")]
    [InlineData("\"ends with \\")]
    [InlineData("")]
    public void Words_in_texts_are_texts(string line) => Assert.False(BareWords.StandIn(Encoding.UTF8.GetBytes(line)));
}
