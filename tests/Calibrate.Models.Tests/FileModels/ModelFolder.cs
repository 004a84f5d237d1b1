using Calibrate.Problems;

namespace Calibrate.Models.Tests.FileModels;

/// <summary>A folder with a file-based model: y = a x at x = 1, 2, 3, by a shell script that tests replace.</summary>
internal sealed class ModelFolder : IDisposable
{
    public const string Good = "awk '{ for (x = 1; x <= 3; x++) printf \"%.15g\\n\", $1 * x }' in.txt > out.txt\n";

    public ModelFolder(string script = Good, string extra = "")
    {
        Extra = extra;
        Add("in.tpl", "ptf ~\n~ a                      ~\n");
        Add("out.ins", "pif ~\nl1 !y1!\nl1 !y2!\nl1 !y3!\n");
        Add("m.sh", "#!/bin/sh\n" + script);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("calibrate-test-").FullName;

    public string Parameters { get; set; } = "{ a: normal(0, 1) }";

    private string Extra { get; }

    public string Text =>
        "model:\n  templates: { in.txt: in.tpl }\n  run: [./m.sh]\n  instructions: { out.txt: out.ins }\n"
        + (Extra.Contains("outputs", StringComparison.Ordinal) ? "" : "  outputs: { y: [1, 2, 3] }\n") + Extra
        + $"parameters: {Parameters}\ntargets: {{ y: {{ output: y, times: [1, 2, 3], values: [2, 4, 6], sigma: 1 }} }}\n";

    public void Add(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public Problem Load() => ProblemTexts.Load(Text, Path);

    public ProblemError Mistake() => ProblemTexts.Mistake(Text, Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
