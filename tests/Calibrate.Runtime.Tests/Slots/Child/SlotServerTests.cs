using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Slots.Child;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;
using Calibrate.TestHost;

namespace Calibrate.Runtime.Tests.Slots.Child;

public class SlotServerTests
{
    [Fact]
    public void Evaluations_are_answered_in_groups_of_the_size_that_was_asked_for()
    {
        var answers = Serve(Load(ChildPrograms.Faulty("nan")), SlotMessages.Evaluate(ChildPrograms.Points(0, 2, 0.5, 1, 0), 0, 5, 2));
        Assert.Equal(2, answers[0].Loaded.NaturalDimension);
        var groups = answers.Skip(1).Select(answer => OutcomeColumns.ToOutcomes(answer.Outcomes)).ToList();
        Assert.Equal([2, 2, 1], groups.Select(group => group.Length));
        Assert.Equal(ModelFailureKind.NotANumber, Assert.IsType<ModelFailed>(groups[0][1]).Kind);
        Assert.Equal(-0.5 * ((0.5 * 0.5) + (0.25 * 0.25)), Assert.IsType<Evaluated>(groups[1][0]).LogLikelihood);
    }

    [Fact]
    public void Evaluations_before_a_problem_are_nonsense() =>
        Assert.Throws<InvalidDataException>(() => Serve(SlotMessages.Evaluate(ChildPrograms.Points(0), 0, 1, 1)));

    [Fact]
    public void A_message_of_no_kind_is_nonsense() => Assert.Throws<InvalidDataException>(() => Serve(new ToChild()));

    private static ToChild Load(Problem problem) =>
        SlotMessages.Load(ProblemBundle.Of(problem), problem.ModelFingerprint(BuildIdentity.Current));

    private static List<ToParent> Serve(params ToChild[] messages)
    {
        using var output = new MemoryStream();
        SlotServer.Serve(new TestModels(), output, messages);
        output.Position = 0;
        var reader = new FrameReader<ToParent>(output, ToParent.Parser, SlotMessages.LongestToParent);
        List<ToParent> answers = [];
        while (reader.Read() is { } answer)
        {
            answers.Add(answer);
        }

        return answers;
    }
}
