using System.Globalization;
using Calibrate.Problems;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Events;

/// <summary>The small events of a run's life in the journal's format.</summary>
internal static class RunMessages
{
    private const uint Version = RunEventCodec.Version;

    public static Wire.RunStarted From(RunStarted started)
    {
        var identity = started.Identity;
        return new Wire.RunStarted
        {
            Version = Version,
            Run = identity.Run,
            ProblemName = identity.Problem,
            Source = From(identity.Source),
            CanonicalProblem = identity.CanonicalProblem,
            ChainFingerprint = identity.ChainFingerprint,
            Seed = identity.Seed,
            SeedFromHost = identity.SeedFromHost,
            BestFit = BlockMessages.Wrap(identity.BestFit ?? []),
            Method = identity.Method,
            MethodVersion = identity.MethodVersion,
            Ensembles = identity.Ensembles,
            Walkers = identity.Walkers,
            Dimension = identity.Dimension,
            RecordedCount = identity.RecordedCount,
            StopRule = From(started.StopRule),
            Platform = From(started.Platform),
            CalibrateVersion = identity.CalibrateVersion,
            Engine = started.Engine,
            StartedUnixMilliseconds = identity.StartedAt.ToUnixTimeMilliseconds(),
        };
    }

    public static RunStarted ToEvent(Wire.RunStarted message)
    {
        RunEventCodec.CheckVersion(message.Version);
        var identity = new RunIdentity
        {
            Run = message.Run,
            Problem = message.ProblemName,
            Source = From(message.Source),
            CanonicalProblem = message.CanonicalProblem,
            ChainFingerprint = message.ChainFingerprint,
            Seed = message.Seed,
            SeedFromHost = message.SeedFromHost,
            BestFit = message.BestFit.IsEmpty ? null : BlockMessages.ArrayOf<double>(message.BestFit),
            Method = message.Method,
            MethodVersion = message.MethodVersion,
            Ensembles = message.Ensembles,
            Walkers = message.Walkers,
            Dimension = message.Dimension,
            RecordedCount = message.RecordedCount,
            CalibrateVersion = message.CalibrateVersion,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(message.StartedUnixMilliseconds),
        };
        return new RunStarted(identity, ToRule(message.StopRule), ToPlatform(message.Platform), message.Engine);
    }

    public static Wire.ConvergenceJudged From(ConvergenceJudged judged) => new()
    {
        Version = Version,
        Iteration = judged.Iteration,
        Rhat = judged.Rhat,
        Ess = judged.Ess,
        Converged = judged.Converged,
        Seconds = judged.Seconds,
    };

    public static ConvergenceJudged ToEvent(Wire.ConvergenceJudged message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new ConvergenceJudged(message.Iteration, message.Rhat, message.Ess, message.Converged, message.Seconds);
    }

    public static Wire.RunPaused From(RunPaused paused) =>
        new() { Version = Version, Reason = paused.Reason, Iteration = paused.Iteration, Seconds = paused.Seconds };

    public static RunPaused ToEvent(Wire.RunPaused message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new RunPaused(message.Reason, message.Iteration, message.Seconds);
    }

    public static Wire.RunResumed From(RunResumed resumed) => new()
    {
        Version = Version,
        Platform = From(resumed.Platform),
        PlatformAccepted = resumed.PlatformAccepted,
        Engine = resumed.Engine,
        CalibrateVersion = resumed.CalibrateVersion,
        Seconds = resumed.Seconds,
    };

    public static RunResumed ToEvent(Wire.RunResumed message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new RunResumed(
            ToPlatform(message.Platform), message.PlatformAccepted, message.Engine, message.CalibrateVersion, message.Seconds);
    }

    public static Wire.RunExtended From(RunExtended extended) => new()
    {
        Version = Version,
        StopRule = From(extended.StopRule),
        JudgedThrough = extended.JudgedThrough,
        Seconds = extended.Seconds,
    };

    public static RunExtended ToEvent(Wire.RunExtended message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new RunExtended(ToRule(message.StopRule), message.JudgedThrough, message.Seconds);
    }

    public static Wire.RunCompleted From(RunCompleted completed) => new()
    {
        Version = Version,
        Reason = completed.Reason.ToString(),
        Iteration = completed.Iteration,
        Seconds = completed.Seconds,
    };

    public static RunCompleted ToEvent(Wire.RunCompleted message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new RunCompleted(ToEnum<CompletionReason>(message.Reason), message.Iteration, message.Seconds);
    }

    public static Wire.RunFailed From(RunFailed failed) =>
        new() { Version = Version, Reason = failed.Reason, Seconds = failed.Seconds };

    public static RunFailed ToEvent(Wire.RunFailed message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new RunFailed(message.Reason, message.Seconds);
    }

    private static ProblemSource? From(Wire.ProblemSource? message) => message is null
        ? null
        : new ProblemSource(message.Path, message.Text, [.. message.Overrides]) { Introduction = message.Introduction.Length == 0 ? null : message.Introduction };

    private static Wire.ProblemSource? From(ProblemSource? source)
    {
        if (source is null)
        {
            return null;
        }

        var message = new Wire.ProblemSource { Text = source.Text, Path = source.Path, Introduction = source.Introduction ?? "" };
        message.Overrides.Add(source.Overrides);
        return message;
    }

    public static Wire.StopRule From(StopRule rule)
    {
        var message = new Wire.StopRule { Iterations = rule.Iterations };
        if (rule.Ess is { } ess)
        {
            message.Ess = ess;
        }

        if (rule.Rhat is { } rhat)
        {
            message.Rhat = rhat;
        }

        if (rule.WallTime is { } wallTime)
        {
            message.WallTimeSeconds = wallTime.TotalSeconds;
        }

        return message;
    }

    public static StopRule ToRule(Wire.StopRule message) => new(
        message.Iterations,
        message.HasEss ? message.Ess : null,
        message.HasRhat ? message.Rhat : null,
        message.HasWallTimeSeconds ? TimeSpan.FromSeconds(message.WallTimeSeconds) : null);

    public static Wire.Platform From(HostPlatform platform) => new()
    {
        OperatingSystem = platform.OperatingSystem,
        Architecture = platform.Architecture,
        Runtime = platform.Runtime,
        VectorLevel = platform.VectorLevel,
        CLibrary = platform.CLibrary,
    };

    public static HostPlatform ToPlatform(Wire.Platform message) =>
        new(message.OperatingSystem, message.Architecture, message.Runtime, message.VectorLevel, message.CLibrary);

    public static T ToEnum<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value)
        ? value
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The journal names an unknown {typeof(T).Name}: '{name}'."));
}
