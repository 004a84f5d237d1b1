using BenchmarkDotNet.Running;
using Calibrate.Benchmarks;

if (args.Length > 0 && WholeRunBenchmarks.ByName.TryGetValue(args[0], out var benchmark))
{
    return benchmark(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(WholeRunBenchmarks).Assembly).Run(args);
return 0;
