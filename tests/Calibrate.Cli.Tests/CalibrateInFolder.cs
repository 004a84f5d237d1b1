namespace Calibrate.Cli.Tests;

/// <summary>What one command line answered.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Answer(int Code, string Output, string Error);

/// <summary>The command line run inside the test, in a folder of its own.</summary>
internal sealed class CalibrateInFolder : IDisposable
{
    public CalibrateInFolder() => Folder = Directory.CreateTempSubdirectory("calibrate-cli-").FullName;

    public string Folder { get; }

    public static async Task<Answer> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, interactive: false, width: 160);
        var code = await CommandLine.InvokeAsync(args, terminal, CancellationToken.None);
        return new Answer(code, output.ToString(), error.ToString());
    }

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
