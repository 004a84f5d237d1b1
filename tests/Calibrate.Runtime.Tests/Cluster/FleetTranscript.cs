using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Cluster;

/// <summary>Feeds a fleet and writes down what it says.</summary>
internal sealed class FleetTranscript(FleetSettings settings)
{
    private readonly List<string> lines = [];

    public Fleet Fleet { get; } = new(settings);

    public double Now { get; set; }

    /// <summary>Everything that was said, unworded.</summary>
    public List<FleetOutput> Outputs { get; } = [];

    /// <summary>A fleet that is connected and has admitted workers with two slots each.</summary>
    public static FleetTranscript With(params WorkerId[] workers)
    {
        FleetTranscript transcript = new(ClusterSamples.Settings());
        transcript.Feed(new FleetInput.Connected());
        foreach (var worker in workers)
        {
            transcript.Hear(ClusterSamples.Here(worker, ClusterSamples.Session()), ClusterSamples.Proof(worker));
        }

        transcript.Clear();
        return transcript;
    }

    public void Hear(params ClusterMessage[] messages) => Feed([.. messages.Select(message => new FleetInput.Arrived(message))]);

    public void Want(params RunEffect[] effects) => Feed([.. effects.Select(effect => new FleetInput.Wanted(effect))]);

    /// <summary>Lets time pass, in steps of half a second.</summary>
    public void Pass(double seconds)
    {
        for (var end = Now + seconds; Now < end;)
        {
            Now += 0.5;
            Feed(new FleetInput.Passed());
        }
    }

    /// <summary>Lets time pass while workers show that they are here.</summary>
    public void Pass(double seconds, params WorkerId[] here)
    {
        for (var end = Now + seconds; Now < end;)
        {
            Hear([.. here.Select(worker => ClusterSamples.Here(worker, ClusterSamples.Session()))]);
            Pass(2);
        }
    }

    public void Feed(params FleetInput[] inputs)
    {
        foreach (var input in inputs)
        {
            List<FleetOutput> outputs = [];
            Fleet.Handle(input, Now, outputs);
            Outputs.AddRange(outputs);
            lines.AddRange(outputs.Select(Wording.Of).Where(line => !line.StartsWith("to watchers: SessionHere", StringComparison.Ordinal)));
        }
    }

    /// <summary>What was said since the last question; reports to watchers left out.</summary>
    public string Said()
    {
        var said = string.Join('\n', lines);
        Clear();
        return said;
    }

    public void Clear()
    {
        lines.Clear();
        Outputs.Clear();
    }
}
