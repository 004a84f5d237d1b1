using System.Text;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class YamlTreeReaderTests
{
    [Fact]
    public void Nodes_know_their_places()
    {
        YamlMapping root = Assert.IsType<YamlMapping>(Tree("a: 1\nb:\n  - x\n  - 'y'\n"));
        Assert.Equal(new Mark("f", 1, 4), root["a"]!.Mark);
        Assert.Equal(new Mark("f", 2, 1), root.Entries[1].KeyMark);
        YamlScalar quoted = Assert.IsType<YamlScalar>(Assert.IsType<YamlSequence>(root["b"]).Items[1]);
        Assert.Equal(new Mark("f", 4, 5), quoted.Mark);
        Assert.Equal(new Mark("f", 4, 6), quoted.MarkAt(0));
        Assert.False(quoted.IsPlain);
    }

    [Fact]
    public void Anchors_that_explode_are_refused()
    {
        StringBuilder text = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 12; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Equal(
            ["p.yaml:4:45: found aliases that stand for more than 10000 values, expected fewer aliases"],
            Read.Errors(text.ToString()));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public void Deep_nesting_is_refused(int depth) => Assert.Equal(
        ["p.yaml:1:33: found more than 32 levels, expected a flatter file"],
        Read.Errors(new string('[', depth)));

    [Fact]
    public void Deep_nesting_of_mappings_is_refused() => Assert.EndsWith(
        "found more than 32 levels, expected a flatter file",
        Assert.Single(Read.Errors(string.Concat(Enumerable.Range(0, 50).Select(i => new string(' ', i) + "a:\n")))));

    [Fact]
    public void Garbage_is_one_readable_mistake()
    {
        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            char[] text = new char[60];
            for (int k = 0; k < text.Length; k++)
            {
                const string letters = "abc:-[]{}#&*!|>'\"%@`,? \n\t0\0\u0001\u2028";
                text[k] = letters[random.Next(letters.Length)];
            }

            string[] errors = Read.Errors(new string(text));
            Assert.NotEmpty(errors);
            Assert.All(errors, e => Assert.DoesNotContain("Exception", e, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_mutated_problem_is_read_or_refused_but_never_crashes()
    {
        string sample = File.ReadAllText(Checkout.PathOf("samples", "climate", "two-layer.yaml"));
        Random random = new(2);
        for (int i = 0; i < 300; i++)
        {
            StringBuilder text = new(sample);
            for (int k = 0; k < 3; k++)
            {
                int at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                        break;
                    case 1:
                        text[at] = (char)random.Next(32, 127);
                        break;
                    default:
                        text.Insert(at, sample.AsSpan(random.Next(sample.Length - 30), 30));
                        break;
                }
            }

            Assert.NotEmpty(Read.Errors(text.ToString()));
        }
    }

    private static YamlNode? Tree(string text)
    {
        Mistakes mistakes = new();
        YamlNode? root = YamlTreeReader.Read("f", text, mistakes);
        Assert.False(mistakes.Any);
        return root;
    }
}
