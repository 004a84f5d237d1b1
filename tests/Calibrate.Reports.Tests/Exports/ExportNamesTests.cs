using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public class ExportNamesTests
{
    [Fact]
    public void Characters_that_a_format_does_not_know_become_underscores() =>
        Assert.Equal(["y_1990_5", "a_b"], ExportNames.Fit(["y@1990.5", "a b"], ExportNames.IsIdentifier));

    [Fact]
    public void Names_that_become_the_same_get_numbers() =>
        Assert.Equal(["a_b", "a_b_2", "a_b_3"], ExportNames.Fit(["a b", "a-b", "a+b"], ExportNames.IsIdentifier));

    [Fact]
    public void A_name_that_is_taken_gets_a_number() => Assert.Equal(["draw_2", "_"], ExportNames.Fit(["draw", ""], _ => true, ["draw"]));
}
