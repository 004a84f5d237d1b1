using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Tests.Cluster;

public class EvaluationTimeTests
{
    private readonly EvaluationTime time = new();

    [Fact]
    public void Workers_tell_it_until_the_run_has_its_own()
    {
        time.Expect(0);
        Assert.Equal(0, time.Seconds);
        time.Expect(2);
        time.Expect(4);
        Assert.Equal(3, time.Seconds);

        time.Observe(10, 5);
        time.Expect(100);
        Assert.Equal(2, time.Seconds);
    }

    [Fact]
    public void Recent_evaluations_count_most()
    {
        time.Observe(1, 1);
        for (var i = 0; i < 400; i++)
        {
            time.Observe(6, 2);
        }

        Assert.Equal(3, time.Seconds, 2);
    }

    [Fact]
    public void Answers_without_time_or_evaluations_tell_nothing()
    {
        time.Observe(1, 1);
        time.Observe(0, 5);
        time.Observe(5, 0);

        Assert.Equal(1, time.Seconds);
    }
}
