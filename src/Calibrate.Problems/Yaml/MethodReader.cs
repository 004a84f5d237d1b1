using System.Globalization;
using Calibrate.Problems.Data;
using Calibrate.Problems.Methods;

namespace Calibrate.Problems.Yaml;

/// <summary>Reads method and execution of a problem file.</summary>
internal sealed class MethodReader(IDataFiles files, Mistakes mistakes)
{
    /// <summary>Reads the method; the default when there is none.</summary>
    /// <param name="section">The mapping under <c>method</c>.</param>
    /// <param name="free">The free parameters, for starts from a file.</param>
    public MethodSpecification Read(Section section, IReadOnlyList<string> free)
    {
        bool isSearch = section.Text("kind") == "random_search";
        RefuseKeysOfOther(section, isSearch);
        ulong? seed = ulong.TryParse(section.Text("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong given) ? given : null;
        Section stop = section.Child("stop");
        StopSpecification rule = new()
        {
            EffectiveSampleSize = stop.Number("ess"),
            RHat = stop.Number("rhat"),
            WallTime = stop.Duration("wall_time"),
        };
        if (isSearch)
        {
            RandomSearchSpecification search = new();
            return search with
            {
                Ensembles = section.Integer("ensembles") ?? search.Ensembles,
                Iterations = section.Integer("iterations") ?? search.Iterations,
                Candidates = section.Integer("candidates") ?? search.Candidates,
                Seed = seed,
                Stop = rule,
            };
        }

        EnsembleSpecification ensemble = new();
        return ensemble with
        {
            Ensembles = section.Integer("ensembles") ?? ensemble.Ensembles,
            Iterations = section.Integer("iterations") ?? ensemble.Iterations,
            Walkers = section.Integer("walkers"),
            WarmUp = section.Integer("warm_up"),
            Thin = section.Integer("thin") ?? ensemble.Thin,
            Moves = section.Node("moves") is YamlSequence moves && !mistakes.Has(section.PathOf("moves")) ? [.. moves.Items.Select(ReadMove).OfType<MoveSpecification>()] : ensemble.Moves,
            Initial = ReadInitial(section, free),
            Seed = seed,
            Stop = rule,
        };
    }

    /// <summary>Reads the execution; the default when there is none.</summary>
    public static ExecutionSpecification ReadExecution(Section section) => new()
    {
        Slots = section.Integer("slots"),
        Scheduling = section.Text("scheduling") switch
        {
            "kernel" => SchedulingKind.Kernel,
            "dataflow" => SchedulingKind.Dataflow,
            "barrier" => SchedulingKind.Barrier,
            _ => SchedulingKind.Auto,
        },
        Isolation = section.Text("isolation") switch
        {
            "thread" => IsolationKind.Thread,
            "process" => IsolationKind.Process,
            _ => null,
        },
        Verdicts = section.Text("verdicts") == "reject" ? VerdictPolicy.Reject : VerdictPolicy.Pause,
        Cache = section.Node("cache") is YamlScalar cache && Scalars.TryBoolean(cache, out bool isCached) && isCached,
        Recycle = section.Integer("recycle") ?? ExecutionSpecification.DefaultRecycle,
        Timeout = section.Duration("timeout"),
        Memory = section.Size("memory"),
    };

    private void RefuseKeysOfOther(Section section, bool isSearch)
    {
        string[] other = isSearch ? ["walkers", "warm_up", "thin", "moves", "initial"] : ["candidates"];
        foreach (string key in other.Where(section.Has))
        {
            mistakes.Add(
                section.PathOf(key),
                $"'{key}' of {(isSearch ? "a random search" : "an ensemble")}",
                isSearch ? "only kind, ensembles, iterations, candidates, seed and stop" : "kind: random_search");
        }
    }

    private static MoveSpecification? ReadMove(YamlNode node)
    {
        Section keys = new(node as YamlMapping, "");
        int kind = IndexOf((node as YamlScalar)?.Text ?? keys.Text("kind"));
        return kind < 0 ? null : new MoveSpecification((MoveKind)kind, keys.Number("weight") ?? 1)
        {
            Scale = keys.Number("scale"),
            Gamma = keys.Number("gamma"),
            Sigma = keys.Number("sigma"),
            Helpers = keys.Integer("helpers"),
            Bandwidth = keys.Number("bandwidth"),
        };
    }

    private InitialSpecification ReadInitial(Section section, IReadOnlyList<string> free)
    {
        if (section.Node("initial") is not YamlMapping)
        {
            return section.Text("initial") == "best_fit" ? new InitialBestFit() : new InitialFromPrior();
        }

        Section initial = section.Child("initial");
        if (initial.Has("ball"))
        {
            Section ball = initial.Child("ball");
            InitialBall start = new() { Center = NumbersByName(ball.Child("center")), Radii = NumbersByName(ball.Child("radii")) };
            return ball.Number("radius") is { } radius ? start with { Radius = radius } : start;
        }

        if (initial.Text("file") is { } file)
        {
            return new InitialFromFile(file) { Points = ReadPoints(file, initial.PathOf("file"), free) };
        }

        InitialBestFit fit = new();
        return initial.Child("best_fit").Number("radius") is { } spread ? fit with { Radius = spread } : fit;
    }

    private double[][] ReadPoints(string file, string path, IReadOnlyList<string> free)
    {
        try
        {
            DataTable table = files.ReadTable(file);
            double[][] columns = [.. free.Select(table.Numbers)];
            return [.. Enumerable.Range(0, table.RowCount).Select(row => Array.ConvertAll(columns, c => c[row]))];
        }
        catch (DataFileException mistake)
        {
            mistakes.Add(path, mistake);
            return [];
        }
    }

    private static Dictionary<string, double> NumbersByName(Section section)
    {
        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in section.Entries)
        {
            if (section.Number(entry.Key) is { } number)
            {
                numbers[entry.Key] = number;
            }
        }

        return numbers;
    }

    private static int IndexOf(string? move)
    {
        int index = MethodShapes.Moves.Count - 1;
        while (index >= 0 && MethodShapes.Moves[index] != move)
        {
            index--;
        }

        return index;
    }
}
