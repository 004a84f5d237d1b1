using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class ChildEnvironmentTests
{
    [Fact]
    public void Children_do_not_see_where_passwords_stand()
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal)
        {
            ["PATH"] = "/bin",
            ["DOTNET_ROOT"] = "/dotnet",
            ["CALIBRATE_BROKER"] = "amqp://u:secret@h",
            ["CALIBRATE_JOURNAL"] = "postgres://u:secret@h",
            ["PGPASSWORD"] = "secret",
            ["pgpassfile"] = "/secret",
            ["RABBITMQ_DEFAULT_PASS"] = "secret",
            ["POSTGRES_PASSWORD_FILE"] = "/secret",
        };
        ChildEnvironment.Scrub(variables);
        Assert.Equal(["CALIBRATE_SLOT", "DOTNET_ROOT", "PATH"], variables.Keys.Order(StringComparer.Ordinal));
    }
}
