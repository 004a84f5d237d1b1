using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using static Calibrate.Models.Tests.Processes.PythonPrograms;

namespace Calibrate.Models.Tests.Processes;

public class ProcessModelTests
{
    private const string Base64 = """
        HELLO["encoding"] = "base64"
        HELLO["batch"] = 8
        def run(a, b):
            return {"values": base64.b64encode(struct.pack("<3d", *line(a, b))).decode()}
        """;

    private const string Batched = "HELLO['batch'] = 8";

    [SkippableTheory]
    [InlineData("")]
    [InlineData(Batched)]
    [InlineData(Base64)]
    public void Every_encoding_and_batch_gives_the_same_bits(string body)
    {
        using ProcessHandle handle = new(Forward(body));
        double[] firsts = [0.1, -0.0, 1e-300, 1.0 / 3, 1e300, 123456789.123456789, 5e-324, 3, 4, 5, 6];
        (double[] third, ModelFailed?[] failures) = EvaluateBatch(handle.Model, firsts);
        Assert.All(failures, Assert.Null);
        Assert.Equal(firsts.Select(a => (2 * a) + 1), third);
        Assert.Equal([2, 0.5 + 2, 3], Evaluate(handle.Model, 0.5, 2));
    }

    [SkippableFact]
    public void A_point_that_fails_leaves_the_others_of_its_batch()
    {
        using ProcessHandle handle = new(Forward(Batched + "\ndef run(a, b):\n    return {'error': 'a is\\nnegative'} if a < 0 else {'values': line(a, b)}"));
        (double[] third, ModelFailed?[] failures) = EvaluateBatch(handle.Model, 1, -1, 2);
        Assert.Equal([3, double.NaN, 5], third);
        Assert.Equal(new ModelFailed(ModelFailureKind.Exception, "a is negative"), failures[1]);
        Assert.Null(failures[0]);
        Assert.Null(failures[2]);
    }

    [SkippableTheory]
    [InlineData("say({'id': request['id'], 'results': [{'error': 'L\\udcf6sung'}]})", "L\\udcf6sung")]
    [InlineData("sys.stdout.buffer.write(b'{\"id\": %d, \"results\": [{\"error\": \"L\\xf6sung\"}]}\\n' % request['id']); sys.stdout.flush()", "L\ufffdsung")]
    public void A_message_in_another_encoding_is_a_message_all_the_same(string answer, string message)
    {
        using ProcessHandle handle = new(Forward($"def reply(request):\n    {answer}"));
        Assert.Equal(message, FailureAt(handle.Model, 2, 1).Message);
    }

    [SkippableFact]
    public void What_is_not_finite_arrives_as_it_is()
    {
        using ProcessHandle handle = new(Forward("def run(a, b):\n    return {'values': [float('nan'), float('inf'), None if a > 0 else -float('inf')]}"));
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NaN], Evaluate(handle.Model, 1, 1));
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity], Evaluate(handle.Model, -1, 1));
    }

    [SkippableFact]
    public void A_log_density_is_a_model_too()
    {
        LogDensityBinding binding = (LogDensityBinding)Bind(
            "HELLO = {'calibrate': 1, 'model': 'normal', 'version': '1', 'log_density': True, 'batch': 4}\ndef run(a, b):\n    return {'error': 'far'} if a > 5 else {'values': [-float('inf') if a > 3 else -(a * a + b * b) / 2]}");
        ILogDensity density = binding.Factory.Create();
        using IDisposable owned = (IDisposable)density;
        double[] values = new double[3];
        density.Evaluate(3, [1, 2, 4, 0, 1, 0], values);
        Assert.Equal([-0.5, -2.5, double.NegativeInfinity], values);
        Assert.Equal("far", Assert.Throws<ModelException>(() => density.Evaluate(1, [6, 0], new double[1])).Message);
        Assert.Equal(["a", "b"], binding.Parameters.Select(p => p.Name));
    }

    [SkippableFact]
    public void A_point_of_a_batch_at_which_a_log_density_fails_is_asked_for_once()
    {
        string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
        LogDensityBinding binding = (LogDensityBinding)Bind($$"""
            HELLO = {'calibrate': 1, 'model': 'normal', 'version': '1', 'log_density': True, 'batch': 4}
            def run(a, b):
                open("{{marks}}/asked", "a").write("x")
                return {'error': 'far\naway'} if a > 5 else {'values': [-(a * a + b * b) / 2]}
            """);
        using LogDensityLikelihood likelihood = new(binding.Factory.Create());
        EvaluationBatch results = new();
        likelihood.Evaluate(3, [1, 6, 2, 0, 0, 1], results);
        Assert.Equal([-0.5, double.NegativeInfinity, -2.5], results.LogLikelihoods);
        Assert.Equal((ModelFailed?[])[null, new ModelFailed(ModelFailureKind.Exception, "far away"), null], results.Failures.ToArray());
        Assert.Equal("xxx", File.ReadAllText(Path.Combine(marks, "asked")));
        Directory.Delete(marks, recursive: true);
    }

    [SkippableFact]
    public void A_program_that_takes_its_time_to_start_is_waited_for()
    {
        using ProcessHandle handle = new(Forward("time.sleep(1.5)", ("outputs", (OutputSignature[])[new("y", [0.0, 1, 2])])));
        Assert.Equal([1, 3, 5], Evaluate(handle.Model, 2, 1));
    }

    [SkippableFact]
    public void A_child_that_is_killed_in_an_evaluation_is_replaced_and_the_point_tried_again()
    {
        string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
        using ProcessHandle handle = new(Forward($$"""
            def run(a, b):
                if a > 5 and len(os.listdir("{{marks}}")) < 2:
                    open("{{marks}}/" + str(os.getpid()), "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)
                return {"values": line(a, b)}
            """));
        Assert.Equal([1, 7, 13], Evaluate(handle.Model, 6, 1));
        Assert.Equal(2, Directory.GetFiles(marks).Length);
        Directory.Delete(marks, recursive: true);
    }

    [SkippableFact]
    public void Three_kills_at_one_point_fail_it_and_no_other()
    {
        using ProcessHandle handle = new(Forward(Batched + "\ndef run(a, b):\n    if a == 2: os.kill(os.getpid(), signal.SIGSEGV)\n    return {'values': line(a, b)}"));
        (double[] third, ModelFailed?[] failures) = EvaluateBatch(handle.Model, 1, 2, 3);
        Assert.Equal([3, double.NaN, 7], third);
        Assert.Equal(ModelFailureKind.NonZeroExit, failures[1]?.Kind);
        Assert.Equal("the model had a segmentation fault before it answered, 3 times at this point", failures[1]?.Message);
    }

    [SkippableTheory]
    [InlineData("sys.stderr.write('no memory left\\n'); sys.exit(3)", "the model ended with exit code 3 before it answered; it said last: no memory left")]
    [InlineData("sys.exit(0)", "the model ended by itself before it answered")]
    [InlineData("sys.stdout.write('{\"id\": 1, \"resul'); sys.stdout.flush(); sys.exit(1)", "the model ended with exit code 1 before it answered")]
    public void A_child_that_exits_fails_its_point_and_no_other(string fault, string message)
    {
        using ProcessHandle handle = new(Forward($"def run(a, b):\n    if a > 1: {fault}\n    return {{'values': line(a, b)}}"));
        ModelException failure = FailureAt(handle.Model, 2, 1);
        Assert.Equal((ModelFailureKind.NonZeroExit, message), (failure.Kind, failure.Message));
        Assert.Equal([1, 1.5, 2], Evaluate(handle.Model, 0.5, 1));
    }

    [SkippableTheory]
    [InlineData("{'id': request['id'], 'results': [{'values': [1, 2]}]}", "it wrote 2 values where the outputs have 3")]
    [InlineData("{'id': request['id'], 'results': [{'values': 'AAAA'}]}", "it wrote 0 values where the outputs have 3")]
    [InlineData("{'id': request['id'], 'results': []}", "it wrote 0 results for 1 points")]
    [InlineData("{'id': 77, 'results': [{'values': [1, 2, 3]}]}", "it wrote an answer to request 77 when asked 1")]
    [InlineData("{'id': request['id'], 'results': [{}]}", "it wrote a result with neither values nor an error")]
    [InlineData("{'id': request['id'], 'results': [{'values': [1, 2, 'x']}]}", "it wrote a value that is no number but String")]
    [InlineData("'{\"id\": oops'", "it wrote a line that is no JSON")]
    public void A_breach_of_the_protocol_fails_the_point_and_ends_the_child(string answer, string message)
    {
        using ProcessHandle handle = new(Forward(
            $"ordinary = reply\ndef reply(request):\n    if request['points'][0][0] > 1: say({answer})\n    else: ordinary(request)"));
        ModelException failure = FailureAt(handle.Model, 2, 1);
        Assert.Equal(ModelFailureKind.Exception, failure.Kind);
        Assert.StartsWith("the model broke the protocol: " + message, failure.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1.5, 2], Evaluate(handle.Model, 0.5, 1));
    }

    [SkippableFact]
    public void Prints_are_no_part_of_the_conversation()
    {
        using ProcessHandle handle = new(Forward("print('hello')\ndef run(a, b):\n    print('step 1\\n\\n  {not ours}')\n    if a > 1: sys.exit(1)\n    return {'values': line(a, b)}"));
        Assert.Equal([1, 1.5, 2], Evaluate(handle.Model, 0.5, 1));
        Assert.EndsWith("it said last: {not ours} | step 1 | {not ours} | ", FailureAt(handle.Model, 2, 1).Message + " | ", StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_end_of_a_model_ends_its_child_and_removes_its_folder()
    {
        string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
        ProcessHandle handle = new(Forward($"open('{marks}/where', 'w').write(os.getcwd())\nopen('{marks}/listed', 'w').write(' '.join(os.listdir('.')))"));
        Evaluate(handle.Model, 1, 1);
        string folder = File.ReadAllText(Path.Combine(marks, "where"));
        Assert.True(Directory.Exists(folder));
        Assert.Equal("model.py", File.ReadAllText(Path.Combine(marks, "listed")));
        handle.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
        Directory.Delete(marks, recursive: true);
    }

    [SkippableFact]
    public void A_program_that_no_longer_starts_is_no_failure_of_a_point()
    {
        string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
        using ProcessHandle handle = new(Forward(
            $"if os.path.exists('{marks}/gone'): sys.exit('the licence ran out')\ndef run(a, b):\n    open('{marks}/gone', 'w').close()\n    sys.exit(1)", ("restarts", 2)));
        Assert.Throws<ModelException>(() => Evaluate(handle.Model, 1, 1));
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => Evaluate(handle.Model, 1, 1));
        Assert.Equal("The model 'python3 model.py' ended with exit code 1 before it answered the handshake; it said last: the licence ran out", end.Message);
        Directory.Delete(marks, recursive: true);
    }

    [SkippableFact]
    public void A_program_that_becomes_another_one_ends_the_run()
    {
        string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
        using ProcessHandle handle = new(Forward(
            $"if os.path.exists('{marks}/gone'): HELLO['version'] = '2.0'\ndef run(a, b):\n    open('{marks}/gone', 'w').close()\n    sys.exit(1)"));
        Assert.Throws<ModelException>(() => Evaluate(handle.Model, 1, 1));
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => Evaluate(handle.Model, 1, 1));
        Assert.Contains("it reports line 2.0 with y (3 values from 0 to 2), and reported line 1.0", end.Message, StringComparison.Ordinal);
        Directory.Delete(marks, recursive: true);
    }

    [SkippableFact]
    public void Instances_have_children_of_their_own()
    {
        ForwardModelBinding binding = Forward("HELLO['outputs'] = [{'name': 'pid'}]\ndef run(a, b):\n    return {'values': [os.getpid()]}");
        using ProcessHandle one = new(binding);
        using ProcessHandle other = new(binding);
        Assert.NotEqual(Evaluate(one.Model, 1, 1), Evaluate(other.Model, 1, 1));
    }
}
