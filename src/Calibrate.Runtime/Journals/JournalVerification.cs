namespace Calibrate.Runtime.Journals;

/// <summary>What a complete check of one run's journal found.</summary>
/// <param name="Events">Events that were read and found intact before the first damage was met.</param>
/// <param name="PayloadBytes">Their payload.</param>
/// <param name="Snapshots">Intact snapshots.</param>
/// <param name="LastSeal">The seal of the last intact event; equal seals mean equal journals.</param>
/// <param name="Problems">Everything that is wrong, in words for the user; empty when the journal is intact.</param>
public sealed record JournalVerification(
    long Events, long PayloadBytes, int Snapshots, Seal LastSeal, IReadOnlyList<string> Problems)
{
    /// <summary>Whether every event and every snapshot is what was written.</summary>
    public bool Intact => Problems.Count == 0;
}
