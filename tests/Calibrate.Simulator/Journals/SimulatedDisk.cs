using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Journals;

/// <summary>
/// One append-only file on a disk that is honest about nothing but what it synced: after a power cut the rest is gone, or the beginning of it is
/// there, or garbage is.
/// </summary>
public sealed class SimulatedDisk
{
    private readonly List<byte> content = [];

    /// <summary>Bytes in the file.</summary>
    public int Length => content.Count;

    /// <summary>Bytes that survive a power cut.</summary>
    public int Synced { get; private set; }

    /// <summary>What the file holds, as a process reads it.</summary>
    public byte[] Read() => [.. content];

    /// <summary>Writes at the end, without syncing.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => content.AddRange(bytes);

    /// <summary>Makes everything written so far safe.</summary>
    public void Sync() => Synced = content.Count;

    /// <summary>Drops the end of the file: a torn tail that nobody was told of.</summary>
    public void Truncate(int length) => content.RemoveRange(length, content.Count - length);

    /// <summary>Cuts the power: of what was not synced a random beginning survives, its last bytes possibly garbled.</summary>
    public void CutPower(SimulationRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var survives = Synced + random.Below(content.Count - Synced + 1);
        Truncate(survives);
        if (random.Chance(0.5))
        {
            for (var i = Math.Max(Synced, survives - random.Between(1, 64)); i < survives; i++)
            {
                content[i] ^= (byte)random.Below(256);
            }
        }
    }
}
