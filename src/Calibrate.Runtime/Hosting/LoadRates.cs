using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Hosting;

/// <summary>How fast each node and each slot evaluates, from looks that are taken twice per second.</summary>
internal sealed class LoadRates
{
    private const double Milliseconds = 1000;

    private readonly Dictionary<(string Node, int Slot), Meters> meters = [];
    private HashSet<(string Node, int Slot)> seen = [];
    private HashSet<(string Node, int Slot)> seenBefore = [];

    /// <summary>Takes in what an engine does.</summary>
    public void Observe(EngineView view, double now)
    {
        seen.Clear();
        foreach (var node in view.Nodes)
        {
            Observe((node.Name, -1), node.Load, now);
            for (var slot = 0; slot < node.EachSlot.Count; slot++)
            {
                Observe((node.Name, slot), node.EachSlot[slot], now);
            }
        }

        // Workers come and go for as long as a run lives.
        foreach (var gone in seenBefore.Except(seen).ToList())
        {
            meters.Remove(gone);
        }

        (seen, seenBefore) = (seenBefore, seen);
    }

    /// <summary>Evaluations per second of a node, or of one of its slots; null while that cannot be told.</summary>
    /// <param name="node">The node.</param>
    /// <param name="slot">The slot; -1 for all together.</param>
    /// <param name="now">The time.</param>
    public double? PerSecond(string node, int slot, double now) =>
        meters.TryGetValue((node, slot), out var found) && now > found.Since ? found.Evaluations.PerSecond(now) : null;

    /// <summary>Share of the recent time that a node's slots were evaluating, from 0 to 1; null while that cannot be told.</summary>
    /// <param name="node">The node.</param>
    /// <param name="slots">Its slots.</param>
    /// <param name="now">The time.</param>
    public double? BusyShare(string node, int slots, double now) =>
        slots > 0 && meters.TryGetValue((node, -1), out var found) && now > found.Since
            ? Math.Clamp(found.BusyMilliseconds.PerSecond(now) / (Milliseconds * slots), 0, 1)
            : null;

    private void Observe((string Node, int Slot) key, SlotLoad load, double now)
    {
        seen.Add(key);
        if (!meters.TryGetValue(key, out var found))
        {
            meters[key] = found = new Meters(now);
        }

        found.Evaluations.Observe(now, load.Evaluations);
        found.BusyMilliseconds.Observe(now, (long)(load.BusySeconds * Milliseconds));
    }

    private sealed class Meters(double since)
    {
        public double Since => since;

        public RateMeter Evaluations { get; } = new();

        public RateMeter BusyMilliseconds { get; } = new();
    }
}
