using Calibrate.Dashboard.Security;

namespace Calibrate.Dashboard.Tests.Security;

public class AccessTokenTests
{
    [Fact]
    public void Random_tokens_have_256_bits_and_need_no_escaping()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => AccessToken.Random().Reveal()).ToArray();
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));
        Assert.Equal(100, tokens.Distinct().Count());
    }

    [Fact]
    public void Only_the_token_itself_matches()
    {
        var token = AccessToken.Random();
        Assert.True(token.Matches(token.Reveal()));
        Assert.All([null, "", " ", "x", token.Reveal()[1..], token.Reveal() + "A", new string('x', 10_000)], tried => Assert.False(token.Matches(tried)));
        Assert.False(token.Matches(AccessToken.Random().Reveal()));
    }

    [Theory]
    [InlineData("short", "has 5 characters; at least 32")]
    [InlineData("spaces are not allowed in any of these tokens", "letters, digits")]
    public void A_chosen_token_must_be_long_and_plain(string text, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<FormatException>(() => AccessToken.Chosen(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_chosen_token_is_taken_as_it_is() =>
        Assert.True(AccessToken.Chosen("0123456789abcdef0123456789abcdef").Matches("0123456789abcdef0123456789abcdef"));
}
