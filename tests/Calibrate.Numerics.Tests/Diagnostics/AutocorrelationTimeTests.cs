using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class AutocorrelationTimeTests
{
    [Fact]
    public void Agrees_with_emcee()
    {
        using var document = ReferenceDraws.Read("autocorrelation.json");
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateObject())
        {
            var draws = ReferenceDraws.Flatten(item.Value.GetProperty("x"));
            Near.Relative(item.Value.GetProperty("tau").GetDouble(), AutocorrelationTime.Of(draws), 1e-10);
            Near.Relative(item.Value.GetProperty("tau").GetDouble(), Diagnose.Ensembles(draws, 1).Tau, 1e-10);
        }
    }
}
