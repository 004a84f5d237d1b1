using System.Reflection;
using Calibrate.Problems;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Assemblies;

/// <summary>Models in .NET assemblies that lie beside the problem: <c>model: { assembly: MyModels.dll, type: MyNamespace.MyModel }</c>.</summary>
public sealed class AssemblyDefinition : IModelDefinition
{
    private const string TypeName = "type";
    private const string MoreFiles = "files";

    /// <inheritdoc/>
    public string Name => "assembly";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "A class in a .NET assembly that is a model or makes models.";

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new("assembly", OptionKind.File, "The assembly, a .dll for .NET.") { Required = true },
        new(TypeName, OptionKind.Text, "The full name of a public class that implements IModel or IModelFactory and has a constructor without parameters.") { Required = true },
        new(MoreFiles, OptionKind.FileList, "The assemblies that it needs, beyond those of .NET and of Calibrate."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        string path = options.Text(Name);
        List<string> identity = [$"assembly sha256:{Fingerprint.Of(files.Read(path).Span)}"];
        Dictionary<string, ReadOnlyMemory<byte>> dependencies = new(StringComparer.Ordinal);
        foreach (string dependency in options.Has(MoreFiles) ? options.Texts(MoreFiles) : [])
        {
            ReadOnlyMemory<byte> bytes = files.Read(dependency);
            dependencies[Path.GetFileNameWithoutExtension(dependency)] = bytes;
            identity.Add($"needs sha256:{Fingerprint.Of(bytes.Span)}");
        }

        try
        {
            Type type = FindType(options, Load(options, path, files.Read(path), new ModelLoadContext(dependencies)));
            return new ForwardModelBinding(FactoryOf(options, type)) { Identity = identity };
        }
        catch (FileNotFoundException exception)
        {
            string missing = new AssemblyName(exception.FileName ?? "?").Name ?? "?";
            throw options.Invalid(Name, $"'{path}', which needs the assembly {missing}", $"its file among model.{MoreFiles}, such as [{missing}.dll]");
        }
    }

    private Assembly Load(ModelOptions options, string path, ReadOnlyMemory<byte> bytes, ModelLoadContext context)
    {
        try
        {
            return context.Load(bytes);
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException)
        {
            throw options.Invalid(Name, $"'{path}', which is no .NET assembly", "a .dll built for .NET 10 or earlier");
        }
    }

    private static Type FindType(ModelOptions options, Assembly assembly)
    {
        string wanted = options.Text(TypeName);
        try
        {
            return assembly.GetType(wanted, throwOnError: true)!;
        }
        catch (TypeLoadException)
        {
            // there is none; a class whose own dependencies are missing is another exception
        }

        string[] models = [.. TypesIn(assembly).Where(IsModel).Select(t => t.FullName!)];
        string? near = Suggestion.Nearest(wanted, models) ?? models.FirstOrDefault(m => m.EndsWith("." + wanted, StringComparison.OrdinalIgnoreCase));
        throw options.Invalid(
            TypeName,
            $"'{wanted}', which {assembly.GetName().Name} does not have",
            models.Length == 0 ? "a class that implements IModel or IModelFactory; it has none"
                : near is not null ? $"'{near}'" : $"one of {string.Join(", ", models.Take(10))}");
    }

    private static Type[] TypesIn(Assembly assembly)
    {
        try
        {
            return assembly.GetExportedTypes();
        }
        catch (Exception exception) when (exception is FileNotFoundException or ReflectionTypeLoadException or TypeLoadException)
        {
            return [];
        }
    }

    private static bool IsModel(Type type) =>
        type is { IsClass: true, IsAbstract: false } && (typeof(IModel).IsAssignableFrom(type) || typeof(IModelFactory).IsAssignableFrom(type));

    private static IModelFactory FactoryOf(ModelOptions options, Type type)
    {
        if (!IsModel(type) || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw options.Invalid(
                TypeName,
                IsModel(type) ? $"'{type.FullName}' without a public constructor that takes nothing" : $"'{type.FullName}', which implements neither IModel nor IModelFactory",
                "a public class that implements one of them and has a constructor without parameters");
        }

        try
        {
            return Activator.CreateInstance(type) switch
            {
                IModelFactory factory => factory,
                IModel first => new ConstructedModelFactory(type, first.Signature),
                _ => throw new ArgumentException("not a model", nameof(type)),
            };
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause and not FileNotFoundException)
        {
            throw options.Invalid(
                TypeName, $"'{type.FullName}', whose constructor threw {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", "a constructor that succeeds");
        }
    }
}
