using System.Text;
using Calibrate.Models.FileModels;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.FileModels;

public class TemplateFileTests
{
    [Fact]
    public void Fields_become_numbers_and_the_rest_stays() => Assert.Equal(
        "k =    0.5, again 0.5\r\nn\u00e9 -2.0  \n",
        Write("ptf ~\nk = ~ k  ~, again ~k~\r\nn\u00e9 ~B ~  \n", ["k", "b"], 0.5, -2));

    [Fact]
    public void A_parameter_is_the_same_number_in_all_of_its_fields() =>
        Assert.Equal("  .333 .333 .3333333333333", Write("ptf ~\n~ k  ~ ~k ~ ~ other      ~", ["k", "other"], 1.0 / 3, 1.0 / 3));

    [Theory]
    [InlineData("ptf #\n#  a  #\n", "    1.0")]
    [InlineData("PTF $\r\n$a$", "1.0")]
    [InlineData("jtf ~\nx ~ a ~ y", "x   1.0 y")]
    public void Any_marker_will_do(string template, string expected) => Assert.Equal(expected, Write(template, ["a"], 1).TrimEnd('\n'));

    [Fact]
    public void A_name_that_fits_exactly_goes_before_one_in_another_case() => Assert.Equal("2.0", Write("ptf ~\n~A~", ["a", "A"], 1, 2));

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("pif ~\n~a~", 1, 1)]
    [InlineData("ptf\n~a~", 1, 1)]
    [InlineData("ptf a\nxax", 1, 1)]
    [InlineData("ptf ~\nx\n  ~a\n~", 3, 3)]
    [InlineData("ptf ~\n~ ~", 2, 1)]
    [InlineData("ptf ~\n~a b~", 2, 1)]
    public void Refuses_what_is_no_template(string template, int line, int column)
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => TemplateFile.Parse("t.tpl", Encoding.Latin1.GetBytes(template)));
        Assert.Equal(("t.tpl", line, column), (mistake.Path, mistake.Line, mistake.Column));
    }

    [Fact]
    public void An_unknown_parameter_is_shown_at_its_place()
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => Write("ptf ~\na ~a~ ~slop ~", ["a", "slope"], 1, 2));
        Assert.Equal((2, 7, "unknown parameter 'slop'", "slope"), (mistake.Line, mistake.Column, mistake.Found, mistake.Suggestion));
    }

    [Fact]
    public void A_name_that_may_be_two_is_refused() =>
        Assert.Contains("aB or Ab", Assert.Throws<DataFileException>(() => Write("ptf ~\n~AB~", ["aB", "Ab"], 1, 2)).Found, StringComparison.Ordinal);

    [Fact]
    public void A_number_too_long_for_its_field_is_a_failure() => Assert.Equal(
        "t.tpl:2:3: a = 1E-20 does not fit 3 characters, its narrowest field: make that wider",
        Assert.Throws<ModelException>(() => Write("ptf ~\nx ~a~", ["a"], 1e-20)).Message);

    private static string Write(string template, string[] names, params double[] values)
    {
        TemplateFile file = TemplateFile.Parse("t.tpl", Encoding.Latin1.GetBytes(template));
        int[] slots = file.Bind(names);
        int[] widths = [.. names.Select(_ => int.MaxValue)];
        file.Narrow(slots, widths);
        return Encoding.Latin1.GetString(file.Write(slots, widths, values));
    }
}
