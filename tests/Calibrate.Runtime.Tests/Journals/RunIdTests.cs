using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public sealed class RunIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("two-layer_2026")]
    [InlineData("-")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Good_names_are_kept_as_they_are(string name)
    {
        Assert.True(RunId.TryParse(name, out var run));
        Assert.Equal(name, run.Name);
        Assert.Equal(name, run.ToString());
        Assert.Equal(RunId.Parse(name), run);
    }

    [Theory]
    [InlineData("../x", "The run name '../x' contains '.'; only letters, digits, '_' and '-' are allowed.")]
    [InlineData("a/b", "The run name 'a/b' contains '/'; only letters, digits, '_' and '-' are allowed.")]
    [InlineData("a b", "The run name 'a b' contains ' '; only letters, digits, '_' and '-' are allowed.")]
    [InlineData("naïve", "The run name 'naïve' contains 'ï'; only letters, digits, '_' and '-' are allowed.")]
    [InlineData("a\nb", "The run name 'a?b' contains U+000A; only letters, digits, '_' and '-' are allowed.")]
    [InlineData("", "A run needs a name: 1 to 64 letters, digits, '_' or '-'.")]
    [InlineData(null, "A run needs a name: 1 to 64 letters, digits, '_' or '-'.")]
    [InlineData(
        "01234567890123456789012345678901234567890123456789012345678901234",
        "The run name '0123456789012345...' has 65 characters; at most 64 are allowed.")]
    public void Bad_names_are_refused_with_a_sentence(string? name, string message)
    {
        Assert.False(RunId.TryParse(name, out _, out var problem));
        Assert.Equal(message, problem);
        Assert.Equal(message, Assert.Throws<FormatException>(() => RunId.Parse(name!)).Message);
    }

    [Fact]
    public void The_default_names_no_run()
    {
        Assert.Throws<InvalidOperationException>(() => default(RunId).Name);
        Assert.Equal("", default(RunId).ToString());
    }
}
