using Calibrate.Models.Processes;

namespace Calibrate.Runtime.Slots;

/// <summary>The environment variables of a child: its parent's, without what only the parent may know.</summary>
internal static class ChildEnvironment
{
    /// <summary>Set in every child, so that a program which does not know the slot command cannot start children without end.</summary>
    public const string Marker = "CALIBRATE_SLOT";

    /// <summary>Takes out what a child must not know and marks it as a child.</summary>
    /// <param name="variables">The variables, changed in place.</param>
    public static void Scrub(IDictionary<string, string?> variables)
    {
        ScrubbedEnvironment.Scrub(variables);
        variables[Marker] = "1";
    }

    /// <summary>Refuses to have children within a child.</summary>
    /// <exception cref="RunException">This process is a child.</exception>
    public static void RefuseInChild()
    {
        if (Environment.GetEnvironmentVariable(Marker) is not null)
        {
            throw new RunException(
                $"This process was started to evaluate ({Marker} is set) and does not do so. A program of your own that runs problems in processes must begin with: if (args is [\"{SlotProgram.Command}\"]) return SlotServer.Run(models);");
        }
    }
}
