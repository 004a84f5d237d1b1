using System.Globalization;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Likelihoods;

/// <summary>Names single values of a model's outputs: <c>surface_temperature@2019</c>, or a scalar's bare name.</summary>
internal static class OutputNames
{
    /// <summary>The recorded name of one output value.</summary>
    /// <param name="signature">The model's signature.</param>
    /// <param name="row">Index among all output values.</param>
    public static string Of(ModelSignature signature, int row)
    {
        (OutputSignature output, int position) = Find(signature, row);
        return output.Axis is { } axis
            ? $"{output.Name}@{axis[position].ToString("R", CultureInfo.InvariantCulture)}"
            : output.Name;
    }

    /// <summary>One output value in words.</summary>
    /// <param name="signature">The model's signature.</param>
    /// <param name="row">Index among all output values.</param>
    public static string Describe(ModelSignature signature, int row)
    {
        (OutputSignature output, int position) = Find(signature, row);
        return output.Axis is { } axis
            ? $"output '{output.Name}' at {axis[position].ToString("R", CultureInfo.InvariantCulture)}"
            : $"output '{output.Name}'";
    }

    private static (OutputSignature Output, int Position) Find(ModelSignature signature, int row)
    {
        int index = 0;
        while (index + 1 < signature.Outputs.Count && signature.OffsetOf(index + 1) <= row)
        {
            index++;
        }

        return (signature.Outputs[index], row - signature.OffsetOf(index));
    }
}
