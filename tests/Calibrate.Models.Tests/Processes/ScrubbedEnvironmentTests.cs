using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class ScrubbedEnvironmentTests
{
    [Fact]
    public void Secrets_go_and_the_rest_stays()
    {
        Dictionary<string, string?> variables = new()
        {
            ["PATH"] = "/bin", ["PGPASSWORD"] = "x", ["calibrate_broker"] = "x", ["RABBITMQ_DEFAULT_PASS"] = "x", ["POSTGRES_USER"] = "x", ["PAGER"] = "less",
        };
        ScrubbedEnvironment.Scrub(variables);
        Assert.Equal(["PAGER", "PATH"], variables.Keys.Order(StringComparer.Ordinal));
    }
}
