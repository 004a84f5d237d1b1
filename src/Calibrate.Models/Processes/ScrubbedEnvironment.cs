namespace Calibrate.Models.Processes;

/// <summary>The environment variables of child processes: the parent's, without what only the parent may know.</summary>
public static class ScrubbedEnvironment
{
    // Addresses and passwords of brokers and databases stand in these.
    private static readonly string[] Secret = ["CALIBRATE_", "PG", "RABBITMQ_", "POSTGRES_"];

    /// <summary>Takes out what a child must not know.</summary>
    /// <param name="variables">The variables, changed in place.</param>
    public static void Scrub(IDictionary<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        foreach (string name in variables.Keys.Where(IsSecret).ToList())
        {
            variables.Remove(name);
        }
    }

    private static bool IsSecret(string name) => Secret.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
