using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Journals;
using Google.Protobuf;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class WorkMessagesTests
{
    private static readonly Work Sample = new(
        new SessionId(RunId.Parse("run"), 3),
        new ModelFingerprint(Fingerprint.Of("model")),
        7,
        [new EvaluationRequest(new EvaluationId(0, 4, 2, 0), [1.5, -0.0]), new EvaluationRequest(new EvaluationId(1, 5, 3, 0), [double.Epsilon, 4])],
        Suspect: true,
        Repeat: false);

    [Fact]
    public void Vectors_are_little_endian_bytes_row_after_row()
    {
        var message = WorkMessages.From(Sample);
        Assert.Equal("000000000000F83F0000000000000080" + "0100000000000000" + "0000000000001040", Convert.ToHexString(message.Parameters.Span));
        Assert.Equal("00000000040000000200000000000000" + "01000000050000000300000000000000", Convert.ToHexString(message.Ids.Span));
    }

    [Fact]
    public void Work_without_evaluations_is_refused()
    {
        var message = WorkMessages.From(Sample);
        message.Ids = ByteString.Empty;
        message.Parameters = ByteString.Empty;
        Assert.Throws<InvalidDataException>(() => WorkMessages.ToMessage(message));
    }

    [Fact]
    public void Work_whose_vectors_do_not_divide_over_its_evaluations_is_refused()
    {
        var message = WorkMessages.From(Sample);
        message.Parameters = ByteString.CopyFrom(message.Parameters.Span[..24]);
        Assert.Throws<InvalidDataException>(() => WorkMessages.ToMessage(message));
    }

    [Fact]
    public void A_negative_number_of_an_evaluation_is_refused()
    {
        var message = WorkMessages.From(Sample);
        var ids = message.Ids.ToByteArray();
        ids[3] = 0x80;
        message.Ids = ByteString.CopyFrom(ids);
        Assert.Throws<InvalidDataException>(() => WorkMessages.ToMessage(message));
    }
}
