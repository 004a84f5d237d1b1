using System.Globalization;
using System.Text.Json;
using Calibrate.Models.TwoLayer;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerIntegratorTests
{
    [Theory]
    [InlineData("surface_temperature", "surface_temperature")]
    [InlineData("heat_content", "heat_W_yr_m2")]
    public void Reproduces_the_reference_run(string output, string reference)
    {
        JsonElement at = ReferenceData.Climate.GetProperty("model_values").GetProperty("two_layer_at");
        double[] values = TwoLayerRun.Of(ReferenceData.Factory)[output];
        foreach (JsonProperty year in at.GetProperty(reference).EnumerateObject())
        {
            double expected = year.Value.GetDouble();
            double actual = values[int.Parse(year.Name, CultureInfo.InvariantCulture) - 1750];
            Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{year.Name}: {actual:R}, not {expected:R}");
        }
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.07, 0.4)]
    [InlineData(-0.05, 1.8)]
    public void Agrees_with_the_textbook_form(double slope, double aerosolScale)
    {
        TwoLayerRun run = TwoLayerRun.Of(
            ReferenceData.Factory, ("a", slope), ("aerosol_scale", aerosolScale), ("volcanic_scale", 0.7), ("epsilon", 1.1), ("cd", 60));
        int aerosol = ReferenceData.Forcing.AgentNames.ToList().IndexOf("aerosol");
        int volcanic = ReferenceData.Forcing.AgentNames.ToList().IndexOf("volcanic");
        double[] forcing =
        [
            .. Enumerable.Range(0, 270).Select(y => ReferenceData.Forcing.Total[y]
                + ((aerosolScale - 1) * ReferenceData.Forcing.Agent(aerosol)[y])
                + ((0.7 - 1) * ReferenceData.Forcing.Agent(volcanic)[y])),
        ];
        (double[] surface, double[] deep, double[] imbalance) = Textbook(forcing, 1.0, 0.764, 1.1, 8, 60, slope);
        AssertClose(surface, run["surface_temperature"]);
        AssertClose(deep, run["deep_temperature"]);
        AssertClose(imbalance, run["imbalance"]);
        AssertClose([.. surface.Zip(deep, (s, d) => (8 * s) + (60 * d))], run["heat_content"]);
    }

    [Fact]
    public void Constant_forcing_ends_at_forcing_over_feedback()
    {
        TwoLayerRun run = TwoLayerRun.Of(TwoLayerRun.Constant(3.93, 6000), 10, ("lambda0", 1.31), ("epsilon", 1.3));
        Assert.Equal(3.93 / 1.31, run["surface_temperature"][^1], 1e-9);
        Assert.Equal(3.93 / 1.31, run["deep_temperature"][^1], 1e-9);
        Assert.Equal(0, run["imbalance"][^1], 1e-9);
    }

    [Fact]
    public void Nonlinear_feedback_ends_at_the_root_of_its_balance()
    {
        TwoLayerRun run = TwoLayerRun.Of(TwoLayerRun.Constant(3, 6000), 10, ("lambda0", 1.2), ("a", 0.05));
        double root = (1.2 - Math.Sqrt((1.2 * 1.2) - (4 * 0.05 * 3))) / (2 * 0.05);
        Assert.Equal(root, run["surface_temperature"][^1], 1e-8);
    }

    [Fact]
    public void Without_feedback_all_forcing_stays_as_heat()
    {
        // Runge-Kutta methods conserve linear invariants exactly, so only rounding separates the two
        double[] heat = TwoLayerRun.Of(ReferenceData.Forcing, 10, ("lambda0", 0), ("epsilon", 1))["heat_content"];
        double sum = 0;
        for (int year = 0; year < heat.Length; year++)
        {
            sum += ReferenceData.Forcing.Total[year];
            Assert.Equal(sum, heat[year], 1e-10);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.6)]
    public void Heat_grows_by_the_integral_of_the_imbalance(double efficacy)
    {
        TwoLayerRun run = TwoLayerRun.Of(TwoLayerRun.Constant(4, 401), 10, ("epsilon", efficacy), ("a", 0.03));
        double[] imbalance = run["imbalance"];
        double integral = 0;

        // Simpson's rule over years 100 to 400, when only the slow mode is left
        for (int year = 100; year < 400; year += 2)
        {
            integral += (imbalance[year] + (4 * imbalance[year + 1]) + imbalance[year + 2]) / 3;
        }

        Assert.Equal(integral, run["heat_content"][400] - run["heat_content"][100], 1e-7);
    }

    [Fact]
    public void Is_linear_in_the_forcing_when_the_feedback_is()
    {
        double[] total = ReferenceData.Forcing.Total.ToArray();
        ForcingSeries doubled = new(ReferenceData.Forcing.Years, [.. total.Select(f => 2 * f)]);
        ForcingSeries single = new(ReferenceData.Forcing.Years, total);
        AssertClose(
            [.. TwoLayerRun.Of(single, 10)["surface_temperature"].Select(t => 2 * t)], TwoLayerRun.Of(doubled, 10)["surface_temperature"]);
        Assert.NotEqual(
            2 * TwoLayerRun.Of(single, 10, ("a", 0.1))["surface_temperature"][^1],
            TwoLayerRun.Of(doubled, 10, ("a", 0.1))["surface_temperature"][^1],
            1e-3);
    }

    [Fact]
    public void Converges_with_the_fourth_power_of_the_step()
    {
        double Warming(int steps) => TwoLayerRun.Of(TwoLayerRun.Constant(4, 5), steps, ("cs", 2), ("lambda0", 2))["surface_temperature"][^1];
        double exact = Warming(1000);
        double ratio = (Warming(4) - exact) / (Warming(8) - exact);
        Assert.InRange(ratio, 14, 20);
    }

    // Runge-Kutta as the textbooks have it, one operation after the other.
    private static (double[] Surface, double[] Deep, double[] Imbalance) Textbook(
        double[] forcing, double lambda, double eta, double epsilon, double cs, double cd, double a)
    {
        const double H = 0.1;
        double s = 0;
        double d = 0;
        double[] surface = new double[forcing.Length];
        double[] deep = new double[forcing.Length];
        double[] imbalance = new double[forcing.Length];
        for (int year = 0; year < forcing.Length; year++)
        {
            double f = forcing[year];
            (double S, double D) Slope(double x, double y) =>
                ((f - ((lambda - (a * x)) * x) - (epsilon * eta * (x - y))) / cs, eta * (x - y) / cd);
            for (int step = 0; step < 10; step++)
            {
                (double s1, double d1) = Slope(s, d);
                (double s2, double d2) = Slope(s + (H / 2 * s1), d + (H / 2 * d1));
                (double s3, double d3) = Slope(s + (H / 2 * s2), d + (H / 2 * d2));
                (double s4, double d4) = Slope(s + (H * s3), d + (H * d3));
                s += H / 6 * (s1 + (2 * s2) + (2 * s3) + s4);
                d += H / 6 * (d1 + (2 * d2) + (2 * d3) + d4);
            }

            (surface[year], deep[year]) = (s, d);
            imbalance[year] = f - ((lambda - (a * s)) * s) - ((epsilon - 1) * eta * (s - d));
        }

        return (surface, deep, imbalance);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
