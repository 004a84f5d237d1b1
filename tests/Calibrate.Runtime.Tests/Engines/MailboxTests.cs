using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Tests.Engines;

public class MailboxTests
{
    [Fact]
    public async Task Answers_that_are_drained_together_become_one_command_and_come_first()
    {
        using var mailbox = new Mailbox(8);
        mailbox.PostUrgent(new Tick());
        mailbox.Post(Answer(1));
        mailbox.Post(Answer(2));
        mailbox.PostUrgent(new EngineQuiet());

        var commands = await mailbox.DrainAsync(CancellationToken.None);

        Assert.Equal(3, commands.Count);
        Assert.Equal([1L, 2L], Assert.IsType<EvaluationsReturned>(commands[0]).Answers.Select(answer => answer.Batch));
        Assert.IsType<Tick>(commands[1]);
        Assert.IsType<EngineQuiet>(commands[2]);
    }

    [Fact]
    public async Task A_full_mailbox_holds_results_back_until_they_are_acknowledged_but_never_small_commands()
    {
        using var mailbox = new Mailbox(2);
        Assert.True(mailbox.Post(Answer(1)));
        Assert.True(mailbox.Post(Answer(2)));
        var third = Task.Run(() => mailbox.Post(Answer(3)));
        mailbox.PostUrgent(new Tick());

        Assert.Equal(2, (await mailbox.DrainAsync(CancellationToken.None)).Count);
        Assert.False(third.IsCompleted);
        mailbox.Acknowledge();
        Assert.True(await third);
    }

    [Fact]
    public async Task A_mailbox_that_is_widened_lets_those_in_who_wait()
    {
        using var mailbox = new Mailbox(1);
        Assert.True(mailbox.Post(Answer(1)));
        var waiting = Task.Run(() => mailbox.Post(Answer(2)));
        mailbox.Widen(1);
        mailbox.Widen(2);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_closed_mailbox_turns_everybody_away()
    {
        using var mailbox = new Mailbox(1);
        Assert.True(mailbox.Post(Answer(1)));
        var waiting = Task.Run(() => mailbox.Post(Answer(2)));
        mailbox.Close();
        Assert.False(await waiting);
        Assert.False(mailbox.Post(Answer(3)));
    }

    [Fact]
    public async Task A_fault_reaches_the_reader()
    {
        using var mailbox = new Mailbox(1);
        mailbox.Fault(new InvalidOperationException("broken"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => mailbox.DrainAsync(CancellationToken.None));
        Assert.Equal("broken", exception.Message);
    }

    private static EvaluationsReturned Answer(long batch) =>
        new([new BatchAnswer(batch, [new SettledEvaluation(new EvaluationId(0, 1, 0, 0), new Evaluated(0, []))], 0.1)]);
}
