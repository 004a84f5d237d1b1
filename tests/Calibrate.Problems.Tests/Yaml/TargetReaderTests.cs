using Calibrate.Numerics;
using Calibrate.Problems.Data;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class TargetReaderTests
{
    [Fact]
    public void Confidence_limits_become_sigmas_by_divisor_or_coverage()
    {
        const string data = "t,v,lo,hi\n2000,1,0,2\n";
        const string keys = "file: d.csv, columns: { time: t, value: v, lower: lo, upper: hi }";
        Assert.Equal([2 / 3.92], Target($"{{ output: y, {keys}, divisor: 3.92 }}", data).Sigmas!);
        Assert.Equal(2 / (2 * NormalQuantile.Of(0.975)), Target($"{{ output: y, {keys}, coverage: 0.95 }}", data).Sigmas![0], 1e-15);
    }

    [Fact]
    public void Times_are_shifted_and_lines_remembered()
    {
        Target target = Target("{ output: y, file: d.csv, columns: { time: t, value: v }, sigma: 2, time_offset: -0.5, skip_lines: 1 }", "title\nt,v\n2000.5,1\n\n2001.5,2\n");
        Assert.Equal([2000.0, 2001], target.Times!);
        Assert.Equal([2.0, 2], target.Sigmas!);
        Assert.Equal([3, 5], target.Origin!.Lines);
    }

    [Fact]
    public void Inline_data_need_no_file()
    {
        Target target = Target("{ output: y, times: [2000.5], values: [3], sigmas: [4], time_offset: -0.5 }", "");
        Assert.Equal((2000.0, 3.0, 4.0), (target.Times![0], target.Values[0], target.Sigmas![0]));
        Assert.Null(target.Origin);
    }

    [Fact]
    public void A_covariance_may_stand_in_a_file()
    {
        Target target = Target("{ output: y, times: [2000, 2001], values: [3, 4], covariance: d.csv }", "1 0.5\n0.5 2\n");
        Assert.Equal([[1, 0.5], [0.5, 2]], target.Covariance!);
        Assert.Equal("d.csv", target.Origin!.CovarianceFile);
    }

    [Fact]
    public void Periods_are_pairs_or_single_times()
    {
        Target target = Target("{ output: y, times: [2000], values: [3], sigma: 1, reference: 2000, mask: [1990, [1991, 1993]], from: 1985, to: 2005 }", "");
        Assert.Equal(new(2000, 2000), target.Reference);
        Assert.Equal([new(1990, 1990), new(1991, 1993)], target.Mask);
        Assert.Equal(new(1985, 2005), target.Range);
    }

    private static Target Target(string yaml, string data)
    {
        Mistakes mistakes = new();
        YamlNode? node = YamlTreeReader.Read("f", yaml, mistakes);
        IDataFiles files = new MemoryFiles(("d.csv", data));
        Target target = new TargetReader(files, mistakes).Read("t", new Section((YamlMapping)node!, "targets.t"));
        Assert.Empty(mistakes.Errors);
        return target;
    }
}
