using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Processes;

/// <summary>Real children: tiny models in Python, which write whatever a test wants.</summary>
internal static class PythonPrograms
{
    /// <summary>What every model begins with: a handshake with three values of <c>y</c>, then one call of <c>run</c> per point.</summary>
    private const string Frame = """
        import base64, json, os, signal, struct, sys, time

        def say(what):
            sys.stdout.write((what if isinstance(what, str) else json.dumps(what)) + "\n")
            sys.stdout.flush()

        def line(a, b):
            return [b, a + b, 2 * a + b]

        HELLO = {"calibrate": 1, "model": "line", "version": "1.0", "outputs": [{"name": "y", "axis": [0, 1, 2]}]}

        def greet(question):
            say(HELLO)

        def run(a, b):
            return {"values": line(a, b)}

        def reply(request):
            say({"id": request["id"], "results": [run(*point) for point in request["points"]]})

        #BODY

        greet(json.loads(sys.stdin.readline()))
        for text in sys.stdin:
            reply(json.loads(text))
        """;

    private static readonly Lazy<bool> HasPython = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "python3"))));

    public static void Require() => Skip.IfNot(HasPython.Value, "there is no python3 on the PATH");

    /// <summary>The text of a model with some of its functions replaced.</summary>
    public static string Script(string body = "") => Frame.Replace("#BODY", body, StringComparison.Ordinal);

    /// <summary>The model of a script; options come in addition to the command.</summary>
    public static ForwardModelBinding Forward(string body = "", params (string Name, object Value)[] options) =>
        (ForwardModelBinding)Bind(body, options);

    public static ModelBinding Bind(string body = "", params (string Name, object Value)[] options)
    {
        Require();
        Dictionary<string, object> values = new(StringComparer.Ordinal) { ["command"] = (string[])["python3", "model.py"] };
        foreach ((string name, object value) in options)
        {
            values[name] = value;
        }

        return new Calibrate.Models.Processes.ProcessDefinition().Create(
            new ModelOptions(values, "model"), new TextFiles { ["model.py"] = Script(body) }, new ModelContext(["a", "b"]));
    }

    /// <summary>Evaluates one point; the values of <c>y</c>.</summary>
    public static double[] Evaluate(IModel model, double a, double b)
    {
        ModelOutput output = new(model.Signature);
        model.Evaluate([a, b], output);
        return output.Values.ToArray();
    }

    /// <summary>The failure of one point.</summary>
    public static ModelException FailureAt(IModel model, double a, double b) =>
        Assert.Throws<ModelException>(() => Evaluate(model, a, b));

    /// <summary>Evaluates points (a, 1) in one batch: their first values, NaN where they failed, and the failures.</summary>
    public static (double[] First, ModelFailed?[] Failures) EvaluateBatch(IModel model, params double[] firsts)
    {
        ModelOutputBatch outputs = new(model.Signature);
        outputs.Reset(firsts.Length);
        ((IBatchModel)model).Evaluate(firsts.Length, [.. firsts, .. firsts.Select(_ => 1.0)], outputs);
        return (outputs[0][(firsts.Length * 2)..].ToArray(), outputs.Failures.ToArray());
    }
}
