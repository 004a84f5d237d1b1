using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;

namespace Calibrate.Runtime.Tests.Events;

public class BlockViewTests
{
    [Fact]
    public void Every_column_is_where_the_block_had_it()
    {
        var block = TestBlocks.Make(ensemble: 300);
        var view = BlockView.Of(Payload(block));

        Assert.Equal((300, -1, 6), (view.Ensemble, view.From, view.To));
        Assert.Equal((2, 2, 1, 3), (view.Walkers, view.Dimension, view.RecordedCount, view.Rows));
        Assert.Equal(block.Positions, view.Positions.ToArray());
        Assert.Equal(block.LogPosteriors, view.LogPosteriors.ToArray());
        Assert.Equal(block.Recorded, view.Recorded.ToArray());
        Assert.Equal(block.Digests, view.Digests.ToArray());
        Assert.Equal(block.AcceptedByWalker, view.AcceptedByWalker.ToArray());
    }

    [Fact]
    public void A_payload_cut_anywhere_is_refused()
    {
        var payload = Payload(TestBlocks.Make());
        for (var length = 0; length < payload.Length; length++)
        {
            var cut = payload[..length];
            try
            {
                // A cut between two fields behind the draws leaves a readable message: then nothing of the draws may be missing.
                Assert.Equal(TestBlocks.Make().Digests, BlockView.Of(cut).Digests.ToArray());
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
    }

    private static byte[] Payload(Calibrate.Inference.Block block)
    {
        var buffers = new PayloadBuffers();
        var payload = RunEventCodec.Encode(new IterationsAdvanced(block, 1), buffers).Payload.ToArray();
        buffers.Return();
        return payload;
    }
}
