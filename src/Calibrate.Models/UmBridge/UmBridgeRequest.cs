using System.Text;
using System.Text.Json;

namespace Calibrate.Models.UmBridge;

/// <summary>Bodies of requests: everything but the numbers is made once, the numbers are written between.</summary>
internal sealed class UmBridgeRequest
{
    /// <summary>Longest spelling of a double with all its digits, a sign, an exponent, <c>.0</c> and a comma.</summary>
    private const int LongestNumber = 32;

    private readonly byte[] head;
    private readonly byte[] tail;
    private readonly int[] inputSizes;
    private readonly byte[] buffer;

    public UmBridgeRequest(UmBridgeContract contract, string config)
    {
        head = Encoding.UTF8.GetBytes($"{{\"name\": {Quoted(contract.Name)}, \"input\": [");
        tail = Encoding.UTF8.GetBytes($"], \"config\": {config}}}");
        inputSizes = [.. contract.InputSizes];
        buffer = new byte[head.Length + tail.Length + (LongestNumber * contract.InputLength) + (4 * inputSizes.Length)];
        head.CopyTo(buffer, 0);
    }

    /// <summary>The body that asks about a model.</summary>
    public static byte[] About(string name, string config) =>
        Encoding.UTF8.GetBytes($"{{\"name\": {Quoted(name)}, \"config\": {config}}}");

    /// <summary>
    /// A configuration as a JSON object. Values that are JSON themselves (<c>2</c>, <c>true</c>, <c>[1, 2]</c>, <c>"2"</c> with its quotes) stand as
    /// they are, anything else is a text.
    /// </summary>
    public static string ConfigOf(IReadOnlyDictionary<string, string> values) => "{" + string.Join(", ", values
        .OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{Quoted(v.Key)}: {(IsJson(v.Value) ? v.Value : Quoted(v.Value))}")) + "}";

    /// <summary>The body of one evaluation; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Evaluate(ReadOnlySpan<double> parameters)
    {
        int length = head.Length;
        int next = 0;
        for (int vector = 0; vector < inputSizes.Length; vector++)
        {
            buffer[length++] = (byte)(vector == 0 ? '[' : ',');
            if (vector > 0)
            {
                buffer[length++] = (byte)'[';
            }

            for (int i = 0; i < inputSizes[vector]; i++)
            {
                if (i > 0)
                {
                    buffer[length++] = (byte)',';
                }

                length += UmBridgeNumbers.Write(parameters[next++], buffer.AsSpan(length));
            }

            buffer[length++] = (byte)']';
        }

        tail.CopyTo(buffer, length);
        return buffer.AsMemory(0, length + tail.Length);
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static bool IsJson(string text)
    {
        if (text.Trim() is not ([(>= '0' and <= '9') or '-' or '[' or '{' or '"', ..] or "true" or "false" or "null"))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
