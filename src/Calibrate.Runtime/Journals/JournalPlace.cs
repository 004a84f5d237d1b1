namespace Calibrate.Runtime.Journals;

/// <summary>Where an event stands in its journal, and how large it is.</summary>
/// <param name="Sequence">Its place, from 1.</param>
/// <param name="Bytes">Length of its payload.</param>
public readonly record struct JournalPlace(long Sequence, int Bytes);
