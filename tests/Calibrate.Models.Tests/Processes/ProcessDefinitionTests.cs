using Calibrate.Models.Processes;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using static Calibrate.Models.Tests.Processes.PythonPrograms;

namespace Calibrate.Models.Tests.Processes;

public class ProcessDefinitionTests
{
    private const string Greeting = "greeted = greet\ndef greet(question):\n    sys.stderr.write(json.dumps(question))\n    say({'error': 'heard ' + json.dumps(question)})";

    [SkippableFact]
    public void The_program_says_what_it_is()
    {
        ForwardModelBinding binding = Forward();
        Assert.Equal(["a", "b"], binding.Parameters.Select(p => p.Name));
        Assert.Equal([0.0, 1, 2], Assert.Single(binding.Factory.Signature.Outputs).Axis);
        Assert.Equal("model line version 1.0", binding.Identity[1]);
        Assert.StartsWith("file model.py sha256:", binding.Identity[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_program_hears_what_it_gets()
    {
        ModelOptionException refusal = Assert.Throws<ModelOptionException>(() => Forward(Greeting, ("parameters", (string[])["b", "c"])));
        Assert.Contains("""heard {"calibrate": 1, "parameters": ["b", "c"], "outputs": [], "encodings": ["json", "base64"]}""", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("model.command: found a model that refuses to work", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("sys.stderr.write('a\\nb\\nmissing library'); sys.exit(4)", "ended with exit code 4 before it answered the handshake; it said last: a | b | missing library")]
    [InlineData("say('{\"calibrate\": 2}'); sys.exit()", "answered the handshake with a handshake without \"calibrate\": 1")]
    [InlineData("sys.stdout.buffer.write(b'{\"calibrate\": 1, \"model\": \"L\\xf6sung\", \"version\": \"1\", \"outputs\": [{\"name\": \"y\"}]}\\n'); sys.stdout.flush(); sys.exit()", "answered the handshake with a handshake with text that is no Unicode")]
    [InlineData("say({'calibrate': 1, 'model': 'm', 'version': '\\udcf6', 'outputs': [{'name': 'y'}]}); sys.exit()", "answered the handshake with a handshake with text that is no Unicode")]
    [InlineData("say('{nothing'); sys.exit()", "answered the handshake with a line that is no JSON")]
    [InlineData("say({'calibrate': 1, 'model': 'm', 'version': '1'}); sys.exit()", "a handshake without a list of \"outputs\"")]
    [InlineData("say({'calibrate': 1, 'model': 'm', 'outputs': []}); sys.exit()", "a handshake without \"version\"")]
    [InlineData("say({'calibrate': 1, 'model': 'm', 'version': '1', 'outputs': [{'name': 'y', 'axis': [1, 1]}]}); sys.exit()", "strictly increasing")]
    [InlineData("say({'calibrate': 1, 'model': 'm', 'version': '1', 'outputs': [{'name': 'y'}, {'name': 'y'}]}); sys.exit()", "are called 'y'")]
    public void A_program_that_does_not_introduce_itself_is_a_mistake_of_the_problem(string fault, string message)
    {
        ModelOptionException mistake = Assert.Throws<ModelOptionException>(() => Forward(fault));
        Assert.Equal("model.command", mistake.Path);
        Assert.Contains(message, mistake.Found, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_that_does_not_answer_in_time_is_killed()
    {
        ModelOptionException mistake = Assert.Throws<ModelOptionException>(() => Forward("signal.pause()", ("start_timeout", TimeSpan.FromMilliseconds(300))));
        Assert.Contains("did not answer within 0.3 s of its start", mistake.Found, StringComparison.Ordinal);
        Assert.Contains("start_timeout", mistake.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-program-anywhere", "neither a file beside the problem nor on the PATH")]
    [InlineData("./model", "neither a file beside the problem nor on the PATH")]
    public void A_program_that_is_not_there_is_told(string program, string message)
    {
        ModelOptionException mistake = Assert.Throws<ModelOptionException>(() => Create(("command", (string[])[program])));
        Assert.Contains(message, mistake.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_must_make_sense()
    {
        Assert.Equal("model.command", Assert.Throws<ModelOptionException>(() => Create(("command", (string[])[]))).Path);
        Assert.Equal("model.restarts", Assert.Throws<ModelOptionException>(() => Create(("command", (string[])["x"]), ("restarts", 0))).Path);
        Assert.Equal("model.batch", Assert.Throws<ModelOptionException>(() => Create(("command", (string[])["x"]), ("batch", 5000))).Path);
        Assert.Equal("model.start_timeout", Assert.Throws<ModelOptionException>(() => Create(("command", (string[])["x"]), ("start_timeout", TimeSpan.Zero))).Path);
        Assert.Equal("model.parameters", Assert.Throws<ModelOptionException>(() => Create(("command", (string[])["x"]), ("parameters", (string[])["a", "a"]))).Path);
        ModelOptionException nameless = Assert.Throws<ModelOptionException>(() =>
            new ProcessDefinition().Create(new ModelOptions(new Dictionary<string, object> { ["command"] = (string[])["x"] }, "model"), new TextFiles(), ModelContext.None));
        Assert.Equal("a list of the parameters that the program receives", nameless.Expected);
    }

    [SkippableFact]
    public void Given_outputs_start_nothing_until_something_is_evaluated()
    {
        ForwardModelBinding binding = Forward("", ("outputs", (OutputSignature[])[new("y", [0.0, 1, 2])]));
        Assert.Single(binding.Identity);
        using ProcessHandle handle = new(binding);
        Assert.Equal([1, 3, 5], Evaluate(handle.Model, 2, 1));
    }

    [SkippableFact]
    public void Given_outputs_that_the_program_does_not_have_end_the_run()
    {
        using ProcessHandle handle = new(Forward("", ("outputs", (OutputSignature[])[new("y", [0.0, 1, 3])])));
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => Evaluate(handle.Model, 2, 1));
        Assert.Contains("it reports y (3 values from 0 to 2), the problem has y (3 values from 0 to 3). Correct model.outputs", end.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_a_program_said_of_itself_is_remembered_and_it_need_not_run_to_read_the_problem()
    {
        Require();
        ModelBinding asked = Bind();
        ForwardModelBinding remembered = Remembered(asked.Introduction, "sys.exit('no licence here')");
        Assert.Equal(asked.Identity.Skip(1), remembered.Identity.Skip(1));
        Assert.Equal(asked.Introduction, remembered.Introduction);
        using ProcessHandle handle = new(remembered);
        Assert.Contains("no licence here", Assert.Throws<ModelUnavailableException>(() => Evaluate(handle.Model, 1, 1)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_that_says_something_else_than_it_is_remembered_by_ends_the_run()
    {
        Require();
        using ProcessHandle handle = new(Remembered(Bind().Introduction, "HELLO['version'] = '2.0'"));
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => Evaluate(handle.Model, 1, 1));
        Assert.Contains("is another one than before: it reports line 2.0", end.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("{\"calibrate\": 99}")]
    [InlineData("f: [2] to [3]")]
    [InlineData("{\"error\": \"no\"}")]
    public void What_is_remembered_and_cannot_be_understood_is_asked_for_again(string introduction)
    {
        Require();
        Assert.Equal([0.0, 1, 2], Assert.Single(Remembered(introduction, "").Factory.Signature.Outputs).Axis);
    }

    [SkippableFact]
    public void The_environment_holds_no_secrets()
    {
        Environment.SetEnvironmentVariable("PGPASSWORD_OF_TEST", "secret");
        Environment.SetEnvironmentVariable("CALIBRATE_OF_TEST", "secret");
        ModelOptionException told = Assert.Throws<ModelOptionException>(() => Forward(
            "say({'error': ' '.join(k for k in os.environ if k.startswith(('CALIBRATE', 'PG'))) + ' ' + str('PATH' in os.environ)})"));
        Assert.Contains("(CALIBRATE_MODEL True)", told.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_problem_that_travels_takes_its_program_along()
    {
        Require();
        string folder = Directory.CreateTempSubdirectory("calibrate-problem-").FullName;
        File.WriteAllText(Path.Combine(folder, "model.py"), Script("import shift\ndef line(a, b):\n    return [b + shift.BY, a + b, 2 * a + b]"));
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        File.WriteAllText(Path.Combine(folder, "shift.py"), "BY = float(open('lib/by.txt').read())");
        File.WriteAllText(Path.Combine(folder, "lib", "by.txt"), "10");
        string file = Path.Combine(folder, "line.yaml");
        File.WriteAllText(file, """
            model: { command: [python3, model.py], files: [shift.py, lib/by.txt] }
            parameters: { a: normal(0, 1), b: normal(0, 1) }
            targets: { y: { output: y, times: [0, 1, 2], values: [11, 2, 3], sigma: 1 } }
            """);
        BuiltInModels models = new();
        Problem here = ProblemFile.Load(file, models);
        ProblemBundle bundle = ProblemBundle.Of(here);
        Directory.Delete(folder, recursive: true);
        Problem there = ProblemFile.Parse(bundle, models);
        Assert.Equal(here.ModelFingerprint("build"), there.ModelFingerprint("build"));
        Assert.Equal(["lib/by.txt", "model.py", "shift.py"], bundle.Files.Keys.Order(StringComparer.Ordinal));
        EvaluationBatch results = new();
        ILikelihood likelihood = there.Likelihood.Create();
        likelihood.Evaluate(1, [1, 1], results);
        ((IDisposable)likelihood).Dispose();
        Assert.Null(results.Failures[0]);
        EvaluationBatch same = new();
        ILikelihood original = here.Likelihood.Create();
        original.Evaluate(1, [1, 1], same);
        ((IDisposable)original).Dispose();
        Assert.Equal(results.LogLikelihoods[0], same.LogLikelihoods[0]);
    }

    private static ForwardModelBinding Remembered(string? introduction, string body) => (ForwardModelBinding)new ProcessDefinition().Create(
        new ModelOptions(new Dictionary<string, object> { ["command"] = (string[])["python3", "model.py"], ["restarts"] = 1 }, "model"),
        new TextFiles { ["model.py"] = Script(body) },
        new ModelContext(["a", "b"]) { Introduction = introduction });

    private static ModelBinding Create(params (string Name, object Value)[] options) => new ProcessDefinition().Create(
        new ModelOptions(options.ToDictionary(o => o.Name, o => o.Value), "model"), new TextFiles(), new ModelContext(["a"]));
}
