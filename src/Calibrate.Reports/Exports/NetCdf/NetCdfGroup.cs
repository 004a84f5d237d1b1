using System.Text;
using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>A group of a netCDF-4 file: dimensions, variables, attributes and groups of its own.</summary>
internal sealed unsafe class NetCdfGroup(NetCdfFile file, int id)
{
    private const int Chunked = 0;
    private const int NoFill = 1;

    /// <summary>Adds a group.</summary>
    public NetCdfGroup AddGroup(string name)
    {
        var added = 0;
        file.Call(
            library =>
            {
                int number;
                fixed (byte* text = SharedLibrary.Text(name))
                {
                    var status = library.DefineGroup(id, text, &number);
                    added = number;
                    return status;
                }
            },
            $"add group '{name}'");
        return new NetCdfGroup(file, added);
    }

    /// <summary>Adds a dimension.</summary>
    public NetCdfDimension AddDimension(string name, int length)
    {
        var added = 0;
        file.Call(
            library =>
            {
                int number;
                fixed (byte* text = SharedLibrary.Text(name))
                {
                    var status = library.DefineDimension(id, text, (nuint)length, &number);
                    added = number;
                    return status;
                }
            },
            $"add dimension '{name}'");
        return new NetCdfDimension(added, length);
    }

    /// <summary>Adds a variable of doubles or 64-bit integers, without fill values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type"><see cref="NetCdfLibrary.Double"/> or <see cref="NetCdfLibrary.Int64"/>.</param>
    /// <param name="dimensions">Its dimensions, slowest first.</param>
    /// <param name="chunks">Lengths of the pieces in which it lies in the file; null to leave that to the library.</param>
    /// <returns>Its number.</returns>
    public int AddVariable(string name, int type, IReadOnlyList<NetCdfDimension> dimensions, IReadOnlyList<int>? chunks = null)
    {
        var added = 0;
        int[] ids = [.. dimensions.Select(dimension => dimension.Id)];
        file.Call(
            library =>
            {
                int number;
                fixed (byte* text = SharedLibrary.Text(name))
                fixed (int* numbers = ids)
                {
                    var status = library.DefineVariable(id, text, type, ids.Length, numbers, &number);
                    added = number;
                    return status;
                }
            },
            $"add variable '{name}'");
        file.Call(library => library.DefineFill(id, added, NoFill, null), $"set up variable '{name}'");
        if (chunks is not null)
        {
            nuint[] lengths = [.. chunks.Select(length => (nuint)length)];
            file.Call(
                library =>
                {
                    fixed (nuint* first = lengths)
                    {
                        return library.DefineChunks(id, added, Chunked, first);
                    }
                },
                $"set up variable '{name}'");

            // Chunks are written whole: kept in a cache of 16 MB per variable, they would only take memory.
            file.Call(library => library.SetChunkCache(id, added, 1, 1, 1), $"set up variable '{name}'");
        }

        return added;
    }

    /// <summary>Gives the group, or one of its variables, an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Text, or a whole number, or a number.</param>
    /// <param name="variable">The variable's number.</param>
    public void SetAttribute(string name, object value, int variable = NetCdfLibrary.Global) => file.Call(
        library =>
        {
            fixed (byte* text = SharedLibrary.Text(name))
            {
                switch (value)
                {
                    case long whole:
                        return library.PutIntegerAttribute(id, variable, text, NetCdfLibrary.Int64, 1, &whole);
                    case double number:
                        return library.PutDoubleAttribute(id, variable, text, NetCdfLibrary.Double, 1, &number);
                    default:
                        var bytes = Encoding.UTF8.GetBytes((string)value);
                        fixed (byte* first = bytes)
                        {
                            return library.PutText(id, variable, text, (nuint)bytes.Length, first);
                        }
                }
            }
        },
        $"set attribute '{name}'");

    /// <summary>Writes a piece of a variable of doubles.</summary>
    /// <param name="variable">Its number.</param>
    /// <param name="start">Index of the piece's first value.</param>
    /// <param name="count">Lengths of the piece.</param>
    /// <param name="values">Its values, the last index fastest.</param>
    public void Write(int variable, ReadOnlySpan<int> start, ReadOnlySpan<int> count, ReadOnlySpan<double> values)
    {
        Span<nuint> from = stackalloc nuint[start.Length];
        Span<nuint> lengths = stackalloc nuint[start.Length];
        Widen(start, from);
        Widen(count, lengths);
        fixed (double* first = values)
        fixed (nuint* place = from)
        fixed (nuint* size = lengths)
        {
            var (data, begin, extent) = ((nint)first, (nint)place, (nint)size);
            file.Call(library => library.PutDoubles(id, variable, (nuint*)begin, (nuint*)extent, (double*)data), "write draws");
        }
    }

    /// <summary>Writes all of a variable of whole numbers along one dimension.</summary>
    public void Write(int variable, long[] values)
    {
        nuint zero = 0;
        var length = (nuint)values.Length;
        file.Call(
            library =>
            {
                var (begin, extent) = (zero, length);
                fixed (long* first = values)
                {
                    return library.PutIntegers(id, variable, &begin, &extent, first);
                }
            },
            "write an index");
    }

    private static void Widen(ReadOnlySpan<int> from, Span<nuint> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (nuint)from[i];
        }
    }
}
