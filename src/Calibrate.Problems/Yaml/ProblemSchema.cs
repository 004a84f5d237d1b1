using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>Writes the JSON Schema (draft 2020-12) of problem files, with which editors complete and check them.</summary>
public static class ProblemSchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema, written from the very tables that the reader checks files against.</summary>
    /// <param name="catalog">The models a file can name.</param>
    public static string Generate(IModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        JsonObject schema = ProblemShapes.Root(catalog).ToSchema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Calibrate problem");
        schema.Insert(2, "description", "A model, its parameters with priors, the targets it is compared with, and how to solve it.");
        return schema.ToJsonString(Format) + "\n";
    }
}
