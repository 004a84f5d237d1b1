using System.Globalization;
using System.Runtime.InteropServices;
using Calibrate.Problems.Models;

namespace Calibrate.Cli;

/// <summary>
/// A process that is the <c>calibrate</c> command: signals, culture, standard streams. A program with models of its own has this as its
/// <c>Main</c> and everything of the command line then knows them, the processes that it starts for evaluations included.
/// </summary>
public static class CalibrateProcess
{
    /// <summary>Runs the command line of this process to its end.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="models">The models that problem files can name; the built-in ones when null.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, IModelCatalog? models = null)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        using var stop = new CancellationTokenSource();
        var asked = 0;

        // The first signal asks for a clean stop: flush, journal, say how to resume. The second one ends the process at once.
        void OnSignal(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                return;
            }

            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return await CommandLine.InvokeAsync(args, Terminal.OfProcess(), stop.Token, models);
    }
}
