using System.Text;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

/// <summary>Messages of every kind, from a seed.</summary>
internal sealed class SampleMessages(int seed)
{
    public const int Kinds = 13;

    private readonly Random _random = new(seed);

    public ClusterMessage Next(int kind) => kind switch
    {
        0 => new WorkerHere(Worker(), Text(), Number(), Number(), "process", Platform(), Text(), new WorkerLoad(Number(), Number(), Value(), Number()), [Session(), Session()]),
        1 => new WorkerGone(Worker()),
        2 => new Offer(Session(), Model(), Bundle(), Platform(), Text(), Rows(_random.Next(5), _random.Next(1, 4)), Limits()),
        3 => new Proof(Session(), Worker(), _random.Next(2) == 0 ? null : Model(), Platform(), Text(), Number(), Outcomes(_random.Next(6)), Value(), Text()),
        4 => new Admitted(Session(), Worker(), Model()),
        5 => new Refused(Session(), Worker(), Text()),
        6 => Work(),
        7 => new WorkBegun(Session(), Number(), Worker()),
        8 => Done(),
        9 => new WorkReceived(Session(), Worker(), [.. Enumerable.Range(0, _random.Next(4)).Select(_ => (Session(), (long)Number()))]),
        10 => new SessionOver(Session()),
        11 => new RollCall(),
        _ => new SessionHere(
            Session(),
            new SessionReport(
                Text(), Model(), "running", _random.Next(-1, 100), Number(), Number(), Value(), Value(), Number(), Number(), Number(), Number(), Number(), Number(), Number(), [Text(), Text()], Number())),
    };

    /// <summary>A message spelled out, down to the bits of every number: records do not compare their lists.</summary>
    public static string Spell(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => $"{BitConverter.DoubleToInt64Bits(number):x}",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        ValueType and not System.Runtime.CompilerServices.ITuple when value.GetType().Namespace == "System" || value is Enum => value.ToString()!,
        RunId run => run.Name,
        Fingerprint print => print.Hex,
        System.Runtime.CompilerServices.ITuple tuple => $"({Spell(tuple[0])}, {Spell(tuple[1])})",
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files => string.Join(';', files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={Spell(f.Value)}")),
        System.Collections.IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Spell)) + "]",
        _ => Properties(value),
    };

    private static string Properties(object value)
    {
        var text = new StringBuilder(value.GetType().Name).Append('{');
        foreach (var property in value.GetType().GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance))
        {
            text.Append(property.Name).Append('=').Append(Spell(property.GetValue(value))).Append(' ');
        }

        return text.Append('}').ToString();
    }

    private Work Work() => new(
        Session(),
        Model(),
        -Number(),
        [.. Rows(_random.Next(1, 9), _random.Next(1, 6)).Select(row => new EvaluationRequest(Id(), row))],
        _random.Next(2) == 0,
        _random.Next(2) == 0);

    private WorkDone Done()
    {
        var outcomes = Outcomes(_random.Next(1, 9));
        return new WorkDone(
            Session(),
            Number(),
            Worker(),
            [.. outcomes.Select(outcome => new SettledEvaluation(Id(), outcome))],
            [.. outcomes.Select(_ => (ulong)_random.NextInt64())],
            Value(),
            (WorkReturn)_random.Next(4),
            _random.Next(2) == 0);
    }

    private EvaluationOutcome[] Outcomes(int count)
    {
        var width = _random.Next(3);
        return
        [
            .. Enumerable.Range(0, count).Select<int, EvaluationOutcome>(_ => _random.Next(5) switch
            {
                0 => new ModelFailed((ModelFailureKind)_random.Next(4), Text()),
                1 => new ResourceExceeded((ResourceKind)_random.Next(3), Text()),
                2 => new Lost(Text()) { Death = _random.Next(2) == 0 ? null : "host 12 start#3" },
                3 => new Evaluated(double.NegativeInfinity, Vector(width)),
                _ => new Evaluated(-Value(), Vector(width)),
            }),
        ];
    }

    private ProblemBundle Bundle() => new(
        new ProblemSource("/somewhere/problem.yaml", Text(), ["a.b=c", Text()]),
        new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["data.csv"] = new byte[] { 1, 2, 3 }, ["sub/other.csv"] = Array.Empty<byte>() });

    private SlotLimits Limits() => new(_random.Next(2) == 0 ? null : TimeSpan.FromTicks(_random.Next(1, 1000000)), _random.Next(2) == 0 ? null : Number() + 1);

    private EvaluationId Id() => new(Number(), Number(), Number(), Number());

    private SessionId Session() => new(RunId.Parse($"run-{_random.Next(100)}"), Number() + 1L);

    private WorkerId Worker() => new($"host.{_random.Next(100)}-7_a");

    private ModelFingerprint Model() => new(Fingerprint.Of(Text()));

    private HostPlatform Platform() => new(Text(), Text(), Text(), Text(), Text());

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(12)).Select(_ => "abcäß→\n 'x"[_random.Next(10)]));

    private int Number() => _random.Next(1 << _random.Next(1, 16));

    private double Value() => _random.NextDouble() * Math.Pow(10, _random.Next(-8, 8));

    private double[] Vector(int width) => [.. Enumerable.Range(0, width).Select(_ => Value() - Value())];

    private double[][] Rows(int count, int width) => [.. Enumerable.Range(0, count).Select(_ => Vector(width))];
}
