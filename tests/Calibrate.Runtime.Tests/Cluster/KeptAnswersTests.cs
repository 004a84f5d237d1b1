using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class KeptAnswersTests
{
    private readonly List<WorkerOutput> outputs = [];
    private readonly WorkerOutbox outbox = new() { Connected = true };
    private readonly KeptAnswers answers;

    public KeptAnswersTests()
    {
        outbox.Into(outputs);
        answers = new KeptAnswers(outbox);
    }

    [Fact]
    public void An_answer_is_sent_ever_more_rarely_and_dropped_after_an_hour()
    {
        List<double> sent = [];
        answers.Answer(Done(Ann, 1, 1), delivery: null, now: 0);

        for (var now = 0.0; now <= KeptAnswers.KeepSeconds + 100; now++)
        {
            outputs.Clear();
            answers.Passed(now);
            sent.AddRange(outputs.Select(_ => now));
        }

        Assert.Equal([5, 15, 35, 75, 135, 195], sent.Take(6));
        Assert.Equal(0, answers.Count);
        Assert.True(sent[^1] < KeptAnswers.KeepSeconds);
    }

    [Fact]
    public void A_delivery_is_acknowledged_once_however_often_its_answer_is_sent()
    {
        answers.Answer(Done(Ann, 1, 1), delivery: 70, now: 0);
        answers.Passed(5);

        answers.Confirmed(1); // its number was given up when the answer was sent again
        Assert.DoesNotContain(new WorkerOutput.Acknowledge(70), outputs);
        answers.Confirmed(2);
        answers.Confirmed(2);

        Assert.Single(outputs, new WorkerOutput.Acknowledge(70));
        Assert.True(answers.AllConfirmed);
    }

    [Fact]
    public void An_answer_that_is_received_needs_no_confirmation_any_more()
    {
        answers.Answer(Done(Ann, 1, 1), delivery: 70, now: 0);

        answers.Received(Session(), 1);
        Assert.Equal(new WorkerOutput.Acknowledge(70), outputs[^1]);
        Assert.True(answers.AllConfirmed);
        Assert.Equal(0, answers.Count);

        answers.Confirmed(1);
        Assert.Single(outputs, new WorkerOutput.Acknowledge(70));
    }

    [Fact]
    public void A_second_delivery_of_what_was_received_does_not_wait_for_a_confirmation_that_was_lost()
    {
        answers.Answer(Done(Ann, 1, 1), delivery: 70, now: 0);
        answers.Confirmed(1);
        Assert.True(answers.AnswerAgain(Session(), 1, delivery: 71, now: 1));

        answers.Received(Session(), 1);

        Assert.Equal([new WorkerOutput.Acknowledge(70), new WorkerOutput.Acknowledge(71)], outputs.OfType<WorkerOutput.Acknowledge>());
    }

    [Fact]
    public void The_number_of_answers_is_bounded()
    {
        outbox.Connected = false;
        for (var batch = 1; batch <= KeptAnswers.MostAnswers + 3; batch++)
        {
            answers.Answer(Done(Ann, batch, batch), delivery: null, now: batch);
        }

        Assert.Equal(KeptAnswers.MostAnswers, answers.Count);
        Assert.False(answers.AnswerAgain(Session(), 3, 1, 0));
        Assert.True(answers.AnswerAgain(Session(), 4, 1, 0));
    }

    [Fact]
    public void Their_bytes_are_bounded_but_the_last_one_is_always_kept()
    {
        outbox.Connected = false;
        var big = new Evaluated(-1, new double[(KeptAnswers.MostBytes / sizeof(double)) + 1]);

        answers.Answer(Done(Ann, 1, 1), delivery: null, now: 0);
        answers.Answer(DoneWith(Ann, 2, (2, big)), delivery: null, now: 0);

        Assert.Equal(1, answers.Count);
        Assert.True(answers.AnswerAgain(Session(), 2, 1, 0));
    }

    [Fact]
    public void One_run_is_sent_again_without_the_others()
    {
        answers.Answer(Done(Ann, 1, 1), delivery: null, now: 0);
        answers.Answer(Done(Ann, 1, 1) with { Session = Session(run: "other") }, delivery: null, now: 0);
        outputs.Clear();

        answers.SendAgain(RunId.Parse("other"), now: 1);

        Assert.Equal("to coordinator of other: WorkDone other#1 1 [1: -1], confirm 3", Wording.Of(outputs.Single()));
    }

    [Fact]
    public void Deliveries_end_with_their_transport()
    {
        answers.Answer(Done(Ann, 1, 1), delivery: 70, now: 0);

        answers.Disconnected();
        answers.SendAgain(run: null, now: 1);
        outputs.Clear();
        answers.Confirmed(1);
        answers.Confirmed(2);

        Assert.Empty(outputs);
        Assert.True(answers.AllConfirmed);
    }
}
