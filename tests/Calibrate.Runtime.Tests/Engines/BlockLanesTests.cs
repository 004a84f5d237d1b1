using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Slots;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Engines;

public class BlockLanesTests
{
    private const int Far = 1_000_000_000;

    [Fact]
    public void After_a_cancellation_every_complete_iteration_is_handed_over_before_quiet()
    {
        var problem = TestProblems.Normal();
        var method = MethodFactory.Create(problem, seed: 5);
        var answers = new Answers();
        var lanes = new BlockLanes(method, [new ThreadSlot(problem.Likelihood.Create())], answers, TimeProvider.System);
        for (var ensemble = 0; ensemble < method.Ensembles; ensemble++)
        {
            var state = new System.Buffers.ArrayBufferWriter<byte>();
            method.Create(ensemble).Save(state);
            lanes.Perform(new RunBlocks(ensemble, Far, state.WrittenMemory));
        }

        // One thread for two lanes, the first lane first: once the second one has returned a block, both have complete iterations.
        answers.WaitForBlockOf(1);
        lanes.Perform(new CancelWork());
        answers.WaitForQuiet();

        Assert.Equal([0, 1], answers.EnsemblesWithBlocks);
        Assert.True(answers.LastIsQuiet);
        Assert.True(lanes.TryStop(TimeSpan.FromSeconds(30)));
    }

    private sealed class Answers : ICommandSink
    {
        private readonly object gate = new();
        private readonly List<RunCommand> commands = [];

        public IEnumerable<int> EnsemblesWithBlocks => commands.OfType<BlockReturned>().Select(b => b.Block.Ensemble).Distinct().Order();

        public bool LastIsQuiet => commands[^1] is EngineQuiet;

        public bool Post(RunCommand command)
        {
            PostUrgent(command);
            return true;
        }

        public void PostUrgent(RunCommand command)
        {
            lock (gate)
            {
                commands.Add(command);
                Monitor.PulseAll(gate);
            }
        }

        public void Fault(Exception exception) => throw new InvalidOperationException("the lanes failed", exception);

        public void WaitForBlockOf(int ensemble) => WaitFor(command => command is BlockReturned returned && returned.Block.Ensemble == ensemble);

        public void WaitForQuiet() => WaitFor(command => command is EngineQuiet);

        private void WaitFor(Func<RunCommand, bool> wanted)
        {
            lock (gate)
            {
                while (!commands.Exists(command => wanted(command)))
                {
                    Monitor.Wait(gate);
                }
            }
        }
    }
}
