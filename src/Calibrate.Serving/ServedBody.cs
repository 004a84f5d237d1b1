using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Calibrate.Serving;

/// <summary>Writes the bodies of answers.</summary>
internal static class ServedBody
{
    private const int LongestNumber = 32;

    public static byte[] Info(IEnumerable<string> models) =>
        Encoding.UTF8.GetBytes($"{{\"protocolVersion\": 1.0, \"models\": [{string.Join(", ", models.Select(Quoted))}]}}");

    public static byte[] ModelInfo() =>
        "{\"support\": {\"Evaluate\": true, \"Gradient\": false, \"ApplyJacobian\": false, \"ApplyHessian\": false}}"u8.ToArray();

    public static byte[] Sizes(string name, IEnumerable<int> sizes) =>
        Encoding.UTF8.GetBytes($"{{\"{name}\": [{string.Join(", ", sizes)}]}}");

    public static byte[] Error(ProtocolError error) =>
        Encoding.UTF8.GetBytes($"{{\"error\": {{\"type\": {Quoted(error.Type)}, \"message\": {Quoted(error.Message)}}}}}");

    /// <summary>Outputs with all their bits.</summary>
    public static ReadOnlyMemory<byte> Output(double[][] outputs)
    {
        var text = new ArrayBufferWriter<byte>(64 + outputs.Sum(o => 4 + (24 * o.Length)));
        text.Write("{\"output\": ["u8);
        for (var i = 0; i < outputs.Length; i++)
        {
            text.Write(i == 0 ? "["u8 : ", ["u8);
            for (var k = 0; k < outputs[i].Length; k++)
            {
                if (k > 0)
                {
                    text.Write(", "u8);
                }

                Write(outputs[i][k], text);
            }

            text.Write("]"u8);
        }

        text.Write("]}"u8);
        return text.WrittenMemory;
    }

    // JSON has no infinity, but numbers of any size: 1e999 is valid everywhere and overflows to infinity in Python, R, JavaScript and .NET.
    private static void Write(double value, ArrayBufferWriter<byte> text)
    {
        if (double.IsInfinity(value))
        {
            text.Write(value > 0 ? "1e999"u8 : "-1e999"u8);
            return;
        }

        var span = text.GetSpan(LongestNumber);
        value.TryFormat(span, out var written, "R", CultureInfo.InvariantCulture);
        if (!span[..written].ContainsAny((byte)'.', (byte)'E'))
        {
            // a number without a point would be an integer in Python
            ".0"u8.CopyTo(span[written..]);
            written += 2;
        }

        text.Advance(written);
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
