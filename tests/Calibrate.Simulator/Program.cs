using System.Globalization;
using Calibrate.Simulator.Chaos;
using Calibrate.Simulator.Scaling;

switch (args)
{
    case ["scaling", var docs]:
        ScalingReport.Write(docs, Console.WriteLine);
        return 0;
    case ["--seed", var seed]:
        return ChaosProgram.RunOne(ulong.Parse(seed, CultureInfo.InvariantCulture), verbose: false);
    case ["--seed", var seed, "--trace"]:
        return ChaosProgram.RunOne(ulong.Parse(seed, CultureInfo.InvariantCulture), verbose: true);
    case ["--from", var from, "--count", var count]:
        return ChaosProgram.RunMany(ulong.Parse(from, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
    default:
        await Console.Error.WriteLineAsync("usage: simulate.sh [--seed N [--trace] | --from N --count N]");
        return 2;
}
