using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Parameters;

/// <summary>The parameter space of a problem: priors, transforms, ties and fixed values.</summary>
internal sealed class ParameterSpace : IParameterSpace
{
    private readonly FreeParameter[] free;
    private readonly PriorTerm[] priors;
    private readonly TiedParameter[] tied;
    private readonly FixedParameter[] constants;
    private readonly bool hasTransforms;

    /// <summary>Creates the space from validated pieces; ties come in an order in which each can be computed.</summary>
    public ParameterSpace(int naturalDimension, FreeParameter[] free, TiedParameter[] tied, FixedParameter[] constants)
    {
        NaturalDimension = naturalDimension;
        this.free = free;
        this.tied = tied;
        this.constants = constants;
        priors = Array.ConvertAll(free, f => PriorTerm.Of(f.Prior));
        hasTransforms = Array.Exists(free, f => f.Transform != ParameterTransform.None);
        CanSamplePrior = Array.TrueForAll(free, f => f.Prior is not Flat);
        IsIdentity = free.Length == naturalDimension
            && !hasTransforms
            && Array.TrueForAll(free, f => f.Prior is Flat && f.Prior.Support == Support.RealLine)
            && free.Select(f => f.Slot).SequenceEqual(Enumerable.Range(0, naturalDimension));
    }

    public int Dimension => free.Length;

    public int NaturalDimension { get; }

    public bool IsIdentity { get; }

    public bool CanSamplePrior { get; }

    public void Evaluate(
        int count, ReadOnlySpan<double> sampled, Span<double> natural, Span<double> logPriors, Span<double> logJacobians)
    {
        logPriors = logPriors[..count];
        logJacobians = logJacobians[..count];
        logPriors.Clear();
        logJacobians.Clear();
        for (int j = 0; j < free.Length; j++)
        {
            ReadOnlySpan<double> from = sampled.Slice(j * count, count);
            Span<double> to = natural.Slice(free[j].Slot * count, count);
            if (free[j].Transform == ParameterTransform.None)
            {
                from.CopyTo(to);
            }
            else
            {
                free[j].ToNatural(from, to, logJacobians);
            }

            priors[j].Add(to, logPriors);
        }

        foreach (FixedParameter constant in constants)
        {
            natural.Slice(constant.Slot * count, count).Fill(constant.Value);
        }

        ComputeTies(count, natural);
        for (int i = 0; i < count; i++)
        {
            // NaN positions and densities compare false
            if (!(logPriors[i] > double.NegativeInfinity))
            {
                logPriors[i] = double.NegativeInfinity;
            }
        }
    }

    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled)
    {
        if (!CanSamplePrior)
        {
            throw new InvalidOperationException("A flat prior without two finite bounds cannot be sampled.");
        }

        for (int j = 0; j < free.Length; j++)
        {
            sampled[j] = free[j].ToSampled(free[j].Prior.Quantile(uniforms[j]));
        }
    }

    public void ToSampled(ReadOnlySpan<double> free, Span<double> sampled)
    {
        for (int j = 0; j < this.free.Length; j++)
        {
            sampled[j] = this.free[j].ToSampled(free[j]);
        }
    }

    private void ComputeTies(int count, Span<double> natural)
    {
        foreach (TiedParameter tie in tied)
        {
            for (int i = 0; i < count; i++)
            {
                natural[(tie.Slot * count) + i] = tie.Expression.Evaluate(natural, count, i);
            }
        }
    }
}

/// <summary>A sampled parameter: where it stands in natural space, its truncated prior, its transform over [Lower, Upper].</summary>
internal sealed record FreeParameter(int Slot, IDistribution Prior, ParameterTransform Transform, double Lower, double Upper)
{
    public double ToSampled(double x) => Transforms.ToSampled(Transform, x, Lower, Upper);

    public void ToNatural(ReadOnlySpan<double> from, Span<double> to, Span<double> logJacobians)
    {
        for (int i = 0; i < from.Length; i++)
        {
            double logJacobian;
            to[i] = Transform == ParameterTransform.Log
                ? Transforms.FromLog(from[i], out logJacobian)
                : Transforms.FromLogit(from[i], Lower, Upper, out logJacobian);
            logJacobians[i] += logJacobian;
        }
    }
}

/// <summary>A parameter computed from natural ones.</summary>
internal sealed record TiedParameter(int Slot, BoundExpression Expression);

/// <summary>A constant natural parameter.</summary>
internal sealed record FixedParameter(int Slot, double Value);
