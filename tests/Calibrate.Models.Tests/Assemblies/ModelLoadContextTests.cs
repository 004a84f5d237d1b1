using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.Assemblies;

/// <summary>A model whose assembly needs another one: <c>Outer</c> in Outer.dll inherits from <c>Middle</c> in Middle.dll, which inherits from a model of the tests.</summary>
public sealed class ModelLoadContextTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-test-").FullName;

    [Fact]
    public void Files_are_the_assemblies_that_it_needs()
    {
        WriteAssemblies();
        Problem problem = ProblemTexts.Load(Text("files: [lib/Middle.dll], "), folder);
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(problem, 2), 1e-14);
        Problem elsewhere = ProblemFile.Parse(ProblemBundle.Of(problem), new BuiltInModels());
        Assert.Equal(problem.ModelFingerprint("b"), elsewhere.ModelFingerprint("b"));
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(elsewhere, 2), 1e-14);
    }

    [Fact]
    public void An_assembly_that_is_missing_is_told_with_what_to_write()
    {
        WriteAssemblies();
        ProblemError mistake = ProblemTexts.Mistake(Text(""), folder);
        Assert.Equal(
            ("model.assembly", "'Outer.dll', which needs the assembly Middle", "its file among model.files, such as [Middle.dll]"),
            (mistake.Path, mistake.Found, mistake.Expected));
    }

    [Fact]
    public void Another_dependency_makes_another_model()
    {
        WriteAssemblies();
        Fingerprint before = ProblemTexts.Load(Text("files: [lib/Middle.dll], "), folder).ModelFingerprint("b");
        WriteAssemblies(more: "Another");
        Assert.NotEqual(before, ProblemTexts.Load(Text("files: [lib/Middle.dll], "), folder).ModelFingerprint("b"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Text(string files) =>
        $"model: {{ assembly: Outer.dll, {files}type: Outer }}\nparameters: {{ a: normal(0, 1) }}\ntargets: {{ y: {{ output: y, value: 4, sigma: 1 }} }}\n";

    private void WriteAssemblies(string? more = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        string middle = Path.Combine(folder, "lib", "Middle.dll");
        Write(middle, typeof(OpenDoublingModel), "Middle", more);
        AssemblyLoadContext reading = new("to derive from", isCollectible: true);
        using MemoryStream bytes = new(File.ReadAllBytes(middle));
        Write(Path.Combine(folder, "Outer.dll"), reading.LoadFromStream(bytes).GetType("Middle")!, "Outer", null);
        reading.Unload();
    }

    private static void Write(string path, Type parent, string name, string? more)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(name);
        foreach (string type in more is null ? (string[])[name] : [name, more])
        {
            TypeBuilder made = module.DefineType(type, TypeAttributes.Public | TypeAttributes.Class, parent);
            made.DefineDefaultConstructor(MethodAttributes.Public);
            made.CreateType();
        }

        assembly.Save(path);
    }
}
