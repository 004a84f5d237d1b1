using System.Buffers;

namespace Calibrate.Models.UmBridge;

/// <summary>
/// Reads <c>{"output": [[...], [...]]}</c> straight into the model's outputs, without a document in between: the hot path of the client. It is
/// as strict as JSON but for the numbers (<see cref="UmBridgeNumbers"/>).
/// </summary>
internal ref struct UmBridgeOutputs(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> AfterNumber = SearchValues.Create(",] \t\r\n"u8);

    private readonly ReadOnlySpan<byte> text = text;
    private int position;

    /// <summary>Reads the answer.</summary>
    /// <param name="sizes">The lengths the server promised.</param>
    /// <param name="values">Receives all outputs, one after the other.</param>
    /// <returns>Null when all went well; what is wrong otherwise.</returns>
    public string? Read(IReadOnlyList<int> sizes, Span<double> values)
    {
        position = 0;
        if (!Take((byte)'{') || !TakeKey("output"u8) || !Take((byte)':') || !Take((byte)'['))
        {
            return "is not of the form {\"output\": [[...]]}";
        }

        int vectors = 0;
        int offset = 0;
        if (!Take((byte)']'))
        {
            do
            {
                int size = vectors < sizes.Count ? sizes[vectors] : 0;
                int count = ReadVector(values.Slice(offset, size));
                if (count < 0)
                {
                    return $"cannot be read at byte {position}";
                }

                if (vectors < sizes.Count && count != size)
                {
                    return $"has {count} numbers in output {vectors} where the server promised {size}";
                }

                offset += size;
                vectors++;
            }
            while (Take((byte)','));
            if (!Take((byte)']'))
            {
                return $"cannot be read at byte {position}";
            }
        }

        if (vectors != sizes.Count)
        {
            return $"has {vectors} outputs where the server promised {sizes.Count}";
        }

        return Take((byte)'}') && Next() == text.Length ? null : $"has something after its output, at byte {position}";
    }

    // Number of values, or -1 when it is no vector; values beyond the span are counted and dropped.
    private int ReadVector(Span<double> values)
    {
        if (!Take((byte)'['))
        {
            return -1;
        }

        if (Take((byte)']'))
        {
            return 0;
        }

        int count = 0;
        do
        {
            int start = Next();
            ReadOnlySpan<byte> rest = text[start..];
            int length = rest.IndexOfAny(AfterNumber);
            if (length <= 0 || !UmBridgeNumbers.TryParse(rest[..length], out double value))
            {
                return -1;
            }

            position = start + length;
            if (count < values.Length)
            {
                values[count] = value;
            }

            count++;
        }
        while (Take((byte)','));
        return Take((byte)']') ? count : -1;
    }

    private bool TakeKey(ReadOnlySpan<byte> name)
    {
        int start = Next();
        ReadOnlySpan<byte> rest = text[start..];
        if (rest.Length < name.Length + 2 || rest[0] != '"' || !rest.Slice(1, name.Length).SequenceEqual(name) || rest[name.Length + 1] != '"')
        {
            return false;
        }

        position = start + name.Length + 2;
        return true;
    }

    private bool Take(byte symbol)
    {
        int next = Next();
        if (next >= text.Length || text[next] != symbol)
        {
            return false;
        }

        position = next + 1;
        return true;
    }

    private int Next()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            position++;
        }

        return position;
    }
}
