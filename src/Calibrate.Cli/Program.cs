using System.Globalization;
using System.Runtime.InteropServices;
using Calibrate.Cli;

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

return await CommandLine.InvokeAsync(args, Terminal.OfProcess(), stop.Token);
