using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>A program that is a model, and how it is run.</summary>
/// <param name="Command">The program and its arguments, as the problem gives them.</param>
/// <param name="Files">What lies in its folder: the files of the problem that it needs, by their paths.</param>
/// <param name="Parameters">Names of the parameters in the order of every point.</param>
internal sealed record ProcessProgram(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files, IReadOnlyList<string> Parameters)
{
    /// <summary>Longest line that a model may write: 256 MiB (docs/formats/process-model.md).</summary>
    public const int LongestLineOfProtocol = 256 * 1024 * 1024;

    /// <summary>Points of one request that are of any use: more only make buffers large.</summary>
    public const int MostPoints = 4096;

    /// <summary>The outputs that the problem says it has; empty when it is to say so itself.</summary>
    public IReadOnlyList<OutputSignature> Outputs { get; init; } = [];

    /// <summary>How long it may take from its start to its answer to the handshake.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Starts in a row that may fail before the model is given up; at least 1.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Most points of one request, whatever the model can do.</summary>
    public int LargestBatch { get; init; } = MostPoints;

    /// <summary>Longest line that is read, in bytes.</summary>
    public int LongestLine { get; init; } = LongestLineOfProtocol;

    /// <summary>Time for starts and pauses between them.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The command as a user would type it.</summary>
    public string Text => string.Join(' ', Command);
}
