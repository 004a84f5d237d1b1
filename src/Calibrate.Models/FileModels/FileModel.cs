using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.FileModels;

/// <summary>What a file-based model is made of; shared by all slots.</summary>
/// <param name="Signature">The parameters that templates name, and the outputs.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Inputs">The input files by their paths: each template, and which parameter stands in each of its fields.</param>
/// <param name="Widths">The characters of each parameter's number: those of its narrowest field.</param>
/// <param name="Outputs">The output files by their paths, in the order in which observations are counted.</param>
/// <param name="Files">Further files by their paths.</param>
/// <param name="Key">What tells the folders of this model from others'.</param>
/// <param name="Keep">How many folders of failed evaluations stay.</param>
internal sealed record FileModelProgram(
    ModelSignature Signature,
    IReadOnlyList<string> Command,
    IReadOnlyList<(string Path, TemplateFile Template, int[] Slots)> Inputs,
    int[] Widths,
    IReadOnlyList<(string Path, InstructionFile Instructions)> Outputs,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files,
    string Key,
    int Keep);

/// <summary>Writes input files, runs a command and reads its output files, in a folder of its own.</summary>
internal sealed class FileModel : IModel, IDisposable
{
    private const long LargestOutput = 256 * 1024 * 1024;
    private readonly FileModelProgram program;
    private readonly ScratchFolder scratch;
    private readonly CommandRun command;
    private readonly FailedRuns failed;

    /// <summary>Creates an instance for one slot.</summary>
    /// <param name="program">What it is made of.</param>
    public FileModel(FileModelProgram program)
    {
        this.program = program;
        scratch = new ScratchFolder(program.Files);
        command = new CommandRun(program.Command);
        failed = new FailedRuns(program.Key, program.Keep);
    }

    /// <inheritdoc/>
    public ModelSignature Signature => program.Signature;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        string folder = Prepare();
        try
        {
            WriteInputs(folder, parameters);
            int code = command.Run(folder, out string lastLines);
            if (code != 0)
            {
                string said = lastLines.Length == 0 ? "it printed nothing" : lastLines;
                throw new ModelException(FormattableString.Invariant($"'{string.Join(' ', program.Command)}' exited with {code}: {said}"), ModelFailureKind.NonZeroExit);
            }

            Read(folder, lastLines, output.Values);
        }
        catch (ModelException failure)
        {
            string? kept = failed.Keep(scratch.Release()!, parameters);
            throw kept is null ? failure : new ModelException($"{failure.Message} (folder {kept} kept where temporary files are)", failure.Kind);
        }
    }

    /// <summary>Kills the command if it is running, and deletes the folder.</summary>
    public void Dispose()
    {
        command.Dispose();
        scratch.Dispose();
    }

    private string Prepare()
    {
        try
        {
            return scratch.Prepare();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    private void WriteInputs(string folder, ReadOnlySpan<double> parameters)
    {
        foreach ((string path, TemplateFile template, int[] slots) in program.Inputs)
        {
            byte[] bytes = template.Write(slots, program.Widths, parameters);
            string full = Path.Combine(folder, path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllBytes(full, bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw CannotWrite(exception);
            }
        }
    }

    // A full disk says nothing about the parameters: taken as a failure of the point, it would bend the posterior.
    private static ModelUnavailableException CannotWrite(Exception exception) =>
        new($"the folder in which the command runs cannot be written ({exception.Message.ReplaceLineEndings(" ")})", exception);

    private void Read(string folder, string lastLines, Span<double> values)
    {
        foreach ((string path, InstructionFile instructions) in program.Outputs)
        {
            FileInfo file = new(Path.Combine(folder, path));
            if (!file.Exists)
            {
                throw new ModelException($"the command wrote no {path}{(lastLines.Length == 0 ? "" : ", but printed: " + lastLines)}");
            }

            if (file.Length > LargestOutput)
            {
                throw new ModelException(FormattableString.Invariant($"{path} has {file.Length} bytes; at most {LargestOutput} are read"));
            }

            int count = instructions.Observations.Count();
            OutputFileReader.Read(instructions, path, File.ReadAllBytes(file.FullName), values[..count]);
            values = values[count..];
        }
    }
}

/// <summary>Makes one instance per slot.</summary>
/// <param name="program">What they are made of.</param>
internal sealed class FileModelFactory(FileModelProgram program) : IModelFactory
{
    /// <inheritdoc/>
    public ModelSignature Signature => program.Signature;

    /// <inheritdoc/>
    public IModel Create() => new FileModel(program);
}
