using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Cli.Draws;

/// <summary>The draws of one named parameter.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Draws">Chains × iterations.</param>
internal sealed record NamedDraws(string Name, DrawMatrix Draws);

/// <summary>Draws of several parameters from one or more files in one of the formats people have.</summary>
/// <param name="Chains">Number of chains.</param>
/// <param name="Iterations">Draws per chain.</param>
/// <param name="Parameters">All parameters in the file's order.</param>
internal sealed record DrawsFile(int Chains, int Iterations, IReadOnlyList<NamedDraws> Parameters)
{
    /// <summary>Reads draws; several files are several chains of the same parameters.</summary>
    /// <param name="paths">One JSON file, or one or more CSV files.</param>
    /// <exception cref="UserException">A file is missing, ragged, empty or of no known format.</exception>
    public static DrawsFile Read(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                throw new UserException(Directory.Exists(path)
                    ? $"{path}: this is a folder; a file of draws was expected."
                    : $"{path}: there is no such file.");
            }
        }

        var columns = IsJson(paths[0])
            ? JsonDraws.Read(paths)
            : CsvDraws.Read(paths);
        return FromChains(columns, paths[0]);
    }

    private static bool IsJson(string path)
    {
        if (string.Equals(Path.GetExtension(path), ".json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using var reader = new StreamReader(path);
        int first;
        do
        {
            first = reader.Read();
        }
        while (first >= 0 && char.IsWhiteSpace((char)first));
        return first == '{';
    }

    private static DrawsFile FromChains(IReadOnlyList<(string Name, List<double[]> Chains)> columns, string path)
    {
        if (columns.Count == 0)
        {
            throw new UserException($"{path}: no parameter found. A column or key per parameter was expected.");
        }

        var chains = columns[0].Chains.Count;
        var iterations = chains == 0 ? 0 : columns[0].Chains[0].Length;
        var parameters = columns.Select(column => new NamedDraws(column.Name, Matrix(column, chains, iterations, columns[0].Name, path))).ToList();
        return new DrawsFile(chains, iterations, parameters);
    }

    private static DrawMatrix Matrix((string Name, List<double[]> Chains) column, int chains, int iterations, string firstName, string path)
    {
        if (column.Chains.Count != chains || chains == 0)
        {
            throw new UserException(
                $"{path}: {column.Name} has {column.Chains.Count} chains, {firstName} has {chains}. Every parameter needs the same number of chains, at least one.");
        }

        var values = new double[chains * iterations];
        for (var chain = 0; chain < chains; chain++)
        {
            var draws = column.Chains[chain];
            if (draws.Length != iterations || iterations == 0)
            {
                throw new UserException(
                    $"{path}: chain {chain + 1} of {column.Name} has {draws.Length} draws, chain 1 of {firstName} has {iterations}. All chains must be equally long, at least one draw.");
            }

            draws.CopyTo(values, chain * iterations);
        }

        return new DrawMatrix(values, chains, iterations);
    }
}
