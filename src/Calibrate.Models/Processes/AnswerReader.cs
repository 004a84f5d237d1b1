using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Processes;

/// <summary>Reads the answers of a model (docs/formats/process-model.md). Keeps its buffers.</summary>
internal sealed class AnswerReader
{
    private const int LongestError = 2000;

    private byte[] bytes = [];

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line, which begins with a brace.</param>
    /// <param name="id">Number of the request.</param>
    /// <param name="answers">Receives values and failures.</param>
    /// <exception cref="ProtocolBreachException">It is no answer to this request.</exception>
    public void Read(ReadOnlySpan<byte> line, long id, Answers answers)
    {
        if (BareWords.StandIn(line))
        {
            line = BareWords.Quote(line);
        }

        try
        {
            ReadObject(line, id, answers);
        }
        catch (JsonException exception)
        {
            throw new ProtocolBreachException($"a line that is no JSON ({exception.Message.ReplaceLineEndings(" ")})");
        }
        catch (InvalidOperationException)
        {
            throw new ProtocolBreachException("a line with text that is no Unicode");
        }
    }

    // Messages come from wherever the model has them, in whatever encoding: one that is not readable as a whole is still a message.
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private void ReadObject(ReadOnlySpan<byte> line, long id, Answers answers)
    {
        Utf8JsonReader reader = new(line);
        long? answered = null;
        int? results = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                answered = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : -1;
            }
            else if (reader.ValueTextEquals("results"u8))
            {
                reader.Read();
                results = ReadResults(ref reader, answers);
            }
            else
            {
                reader.Skip();
            }
        }

        // what follows the object is no JSON either
        while (reader.Read())
        {
            reader.Skip();
        }

        if (answered != id)
        {
            throw new ProtocolBreachException(FormattableString.Invariant($"an answer to request {answered ?? -1} when asked {id}"));
        }

        if (results != answers.Size)
        {
            throw new ProtocolBreachException(FormattableString.Invariant($"{results ?? 0} results for {answers.Size} points"));
        }
    }

    private int ReadResults(ref Utf8JsonReader reader, Answers answers)
    {
        Require(ref reader, JsonTokenType.StartArray, "results that are no list");
        int point = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(ref reader, JsonTokenType.StartObject, "a result that is no object");
            if (point < answers.Size)
            {
                ReadResult(ref reader, point, answers);
            }
            else
            {
                reader.Skip();
            }

            point++;
        }

        return point;
    }

    private void ReadResult(ref Utf8JsonReader reader, int point, Answers answers)
    {
        bool answered = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                ReadValues(ref reader, point, answers);
                answered = true;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                Require(ref reader, JsonTokenType.String, "an error that is no text");
                string message = TextOf(ref reader).ReplaceLineEndings(" ");
                answers.Fail(point, ModelFailureKind.Exception, message.Length > LongestError ? message[..LongestError] : message);
                answered = true;
            }
            else
            {
                reader.Skip();
            }
        }

        if (!answered)
        {
            throw new ProtocolBreachException("a result with neither values nor an error");
        }
    }

    private void ReadValues(ref Utf8JsonReader reader, int point, Answers answers)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            ReadBase64(ref reader, point, answers);
            return;
        }

        Require(ref reader, JsonTokenType.StartArray, "values that are neither a list nor base64");
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count < answers.Length)
            {
                answers.Set(point, count, NumberOf(ref reader));
            }

            count++;
        }

        if (count != answers.Length)
        {
            throw WrongLength(count, answers);
        }
    }

    private static double NumberOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out double value) => value,
        JsonTokenType.Null => double.NaN,
        JsonTokenType.String when BareWords.ValueOf(reader.ValueSpan) is { } value => value,
        _ => throw new ProtocolBreachException($"a value that is no number but {reader.TokenType}"),
    };

    private void ReadBase64(ref Utf8JsonReader reader, int point, Answers answers)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        int room = text.Length + (answers.Length * sizeof(double));
        if (bytes.Length < room)
        {
            bytes = new byte[room];
        }

        // Some writers escape the slash, which is one of the characters of base64.
        if (reader.ValueIsEscaped)
        {
            text = bytes.AsSpan(room - text.Length, reader.CopyString(bytes.AsSpan(room - text.Length)));
        }

        OperationStatus status = Base64.DecodeFromUtf8(text, bytes.AsSpan(0, answers.Length * sizeof(double)), out int consumed, out int written);
        if (status == OperationStatus.InvalidData)
        {
            throw new ProtocolBreachException("values that are no base64");
        }

        if (status != OperationStatus.Done || consumed != text.Length || written != answers.Length * sizeof(double))
        {
            throw WrongLength(Base64.GetMaxDecodedFromUtf8Length(text.Length) / sizeof(double), answers);
        }

        Span<double> values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(0, written));
        if (!BitConverter.IsLittleEndian)
        {
            Span<long> bits = MemoryMarshal.Cast<double, long>(values);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        answers.Set(point, values);
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type, string otherwise)
    {
        if (reader.TokenType != type)
        {
            throw new ProtocolBreachException(otherwise);
        }
    }

    private static ProtocolBreachException WrongLength(int count, Answers answers) =>
        new(FormattableString.Invariant($"{count} values where the outputs have {answers.Length}"));
}
