using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Calibrate.Inference.Digest;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Benchmarks.Kernel;

/// <summary>What the kernel is made of, per eight walkers or per iteration of 32 walkers in five dimensions.</summary>
public class KernelParts
{
    private readonly PhiloxEight philox = new(PhiloxKey.FromSeed(1));
    private readonly byte[] accepted = new byte[32];
    private readonly double[] logPosteriors = new double[32];
    private readonly double[] positions = new double[5 * 32];
    private Vector512<double> uniforms = (Vector512.ConvertToDouble(Vector512<long>.Indices) + Vector512<double>.One) * 0.1;
    private ChainDigest digest;
    private uint iteration;

    [Benchmark]
    public PhiloxBlock OneBlock() => Philox.Block(PhiloxKey.FromSeed(1), new PhiloxCounter(0, iteration++, 0, 0));

    [Benchmark]
    public Vector512<ulong> EightBlocks() => philox.Blocks(Vector512<ulong>.Indices, new PhiloxCounter(0, iteration++, 0, 0)).W0;

    [Benchmark]
    public Vector512<double> EightLogarithms() => uniforms = Vector512.Abs(Elementary.Log(uniforms)) + Vector512<double>.One;

    [Benchmark]
    public Vector512<double> EightExponentials() => uniforms = Elementary.Exp(-uniforms);

    [Benchmark]
    public double NormalQuantileOfOne() => NormalQuantile.Of(Philox.Block(PhiloxKey.FromSeed(1), new PhiloxCounter(0, iteration++, 0, 0)).Uniform01);

    [Benchmark]
    public ChainDigest DigestOfAnIteration() => digest = digest.Advance((int)iteration++, accepted, logPosteriors, positions, 32, 5);
}
