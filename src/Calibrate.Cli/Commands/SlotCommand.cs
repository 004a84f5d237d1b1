using System.CommandLine;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Slots;
using Calibrate.Runtime.Slots.Child;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate slot</c>: what Calibrate starts as a child of itself to evaluate in; nothing for people.</summary>
internal static class SlotCommand
{
    public static Command Create(IModelCatalog models)
    {
        var command = new Command(SlotProgram.Command, "Evaluate for the process that started this one.") { Hidden = true };
        command.SetAction(_ => SlotServer.Run(models));
        return command;
    }
}
