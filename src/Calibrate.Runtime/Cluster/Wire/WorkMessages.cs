using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Work, results, and who has them.</summary>
internal static class WorkMessages
{
    private const int IdWidth = 4;
    private const int MostBatches = 1 << 14;

    public static Protobuf.Work From(Work work) => new()
    {
        Session = Fields.From(work.Session),
        Model = Fields.From(work.Model),
        Batch = work.Batch,
        Ids = Ids(work.Requests.Count, i => work.Requests[i].Id),
        Parameters = Fields.Rows(work.Requests.Count, i => work.Requests[i].Parameters),
        Suspect = work.Suspect,
        Repeat = work.Repeat,
    };

    public static Work ToMessage(Protobuf.Work message)
    {
        var ids = ToIds(message.Ids);
        if (ids.Length == 0)
        {
            throw new InvalidDataException("work without evaluations");
        }

        var parameters = Fields.Column<double>(message.Parameters, ids.Length);
        var width = parameters.Length / ids.Length;
        var requests = new EvaluationRequest[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            requests[i] = new EvaluationRequest(ids[i], parameters.Slice(i * width, width).ToArray());
        }

        return new Work(
            Fields.Session(message.Session), Fields.Model(message.Model), message.Batch, requests, message.Suspect, message.Repeat);
    }

    public static Protobuf.WorkBegun From(WorkBegun begun) =>
        new() { Session = Fields.From(begun.Session), Batch = begun.Batch, Worker = begun.Worker.Name };

    public static WorkBegun ToMessage(Protobuf.WorkBegun message) =>
        new(Fields.Session(message.Session), message.Batch, Fields.Worker(message.Worker));

    public static Protobuf.WorkDone From(WorkDone done) => new()
    {
        Session = Fields.From(done.Session),
        Batch = done.Batch,
        Worker = done.Worker.Name,
        Ids = Ids(done.Outcomes.Count, i => done.Outcomes[i].Id),
        Outcomes = OutcomeColumns.From([.. done.Outcomes.Select(settled => settled.Outcome)]),
        ParameterHashes = Fields.Wrap(done.ParameterHashes.ToArray()),
        Elapsed = done.Elapsed,
        Return = (int)done.Return,
        Repeat = done.Repeat,
    };

    public static WorkDone ToMessage(Protobuf.WorkDone message)
    {
        var ids = ToIds(message.Ids);
        var outcomes = OutcomeColumns.ToOutcomes(message.Outcomes);
        var hashes = Fields.ColumnOf<ulong>(message.ParameterHashes, outcomes.Length, 1).ToArray();
        if (ids.Length != outcomes.Length || !Enum.IsDefined((WorkReturn)message.Return))
        {
            throw new InvalidDataException("results whose columns do not match");
        }

        var settled = new SettledEvaluation[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            settled[i] = new SettledEvaluation(ids[i], outcomes[i]);
        }

        return new WorkDone(
            Fields.Session(message.Session),
            message.Batch,
            Fields.Worker(message.Worker),
            settled,
            hashes,
            Fields.Amount(message.Elapsed),
            (WorkReturn)message.Return,
            message.Repeat);
    }

    public static Protobuf.WorkReceived From(WorkReceived received)
    {
        var message = new Protobuf.WorkReceived { Session = Fields.From(received.Session), Worker = received.Worker.Name };
        message.Batches.Add(received.Batches.Select(named => new Protobuf.ReceivedBatch { Session = Fields.From(named.Session), Batch = named.Batch }));
        return message;
    }

    public static WorkReceived ToMessage(Protobuf.WorkReceived message)
    {
        Fields.Count(message.Batches.Count, MostBatches);
        return new WorkReceived(
            Fields.Session(message.Session),
            Fields.Worker(message.Worker),
            [.. message.Batches.Select(named => (Fields.Session(named.Session), named.Batch))]);
    }

    private static ByteString Ids(int count, Func<int, EvaluationId> id) => Fields.Rows<int>(
        count, i => id(i) is var (ensemble, iteration, walker, attempt) ? [ensemble, iteration, walker, attempt] : []);

    private static EvaluationId[] ToIds(ByteString bytes)
    {
        var column = Fields.Column<int>(bytes, bytes.Length / (sizeof(int) * IdWidth));
        var ids = new EvaluationId[Fields.Count(column.Length / IdWidth, Fields.MostEvaluations)];
        for (var i = 0; i < ids.Length; i++)
        {
            var id = column.Slice(i * IdWidth, IdWidth);
            if (id[0] < 0 || id[1] < 0 || id[2] < 0 || id[3] < 0)
            {
                throw new InvalidDataException("an evaluation with a negative number");
            }

            ids[i] = new EvaluationId(id[0], id[1], id[2], id[3]);
        }

        return ids;
    }
}
