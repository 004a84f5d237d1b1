using System.Text.Json;
using System.Text.Json.Serialization;
using Calibrate.Dashboard.Projections;
using Calibrate.Runtime.Control;

namespace Calibrate.Dashboard.Api;

/// <summary>
/// The JSON of the API: snake case, and null for what is not a number. The default encoder escapes what HTML could take for markup, so that an answer is
/// harmless even where somebody pastes it into a page.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    Converters = [typeof(FiniteNumberConverter)])]
[JsonSerializable(typeof(ProblemDetail))]
[JsonSerializable(typeof(RunListView))]
[JsonSerializable(typeof(RunPageView))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(DrawView))]
[JsonSerializable(typeof(TroubleView))]
[JsonSerializable(typeof(ExtendRequest))]
[JsonSerializable(typeof(ControlReply))]
internal sealed partial class DashboardJson : JsonSerializerContext;

/// <summary>Writes doubles with seven digits, which is more than a screen has pixels; not a number and infinities as null.</summary>
internal sealed class FiniteNumberConverter : JsonConverter<double>
{
    private const int Digits = 7;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var written, "G7", System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..written], skipInputValidation: true);
    }
}

/// <summary>A refusal (RFC 9457).</summary>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What is wrong and what to do, for the user.</param>
internal sealed record ProblemDetail(int Status, string Detail);

/// <summary>All runs.</summary>
/// <param name="Place">Where they are.</param>
/// <param name="Runs">The runs, by name.</param>
internal sealed record RunListView(string Place, IReadOnlyList<RunView> Runs);

/// <summary>One run, and what can be done with it.</summary>
/// <param name="Run">Where it stands.</param>
/// <param name="Downloads">Files that can be made of it.</param>
/// <param name="CanControl">Whether there is a way to its coordinator.</param>
internal sealed record RunPageView(RunView Run, IReadOnlyList<DownloadView> Downloads, bool CanControl);

/// <summary>A file that can be made of a run.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Label">What a button says.</param>
internal sealed record DownloadView(string Name, string Label);

/// <summary>Lets a run go further.</summary>
/// <param name="Iterations">The new total of iterations per ensemble.</param>
internal sealed record ExtendRequest(int Iterations);
