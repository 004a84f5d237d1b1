using Calibrate.Reports.Exports.Hdf5;

namespace Calibrate.Reports.Tests.Exports.Hdf5;

public sealed class Hdf5FileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-hdf5-").FullName;

    [SkippableFact]
    public void A_place_that_cannot_be_written_is_an_error_that_names_it()
    {
        InstalledLibraries.SkipWithout(".h5");
        var path = Path.Combine(folder, "nowhere", "a.h5");

        var failure = Assert.Throws<IOException>(() => Hdf5File.Create(Hdf5Library.OfThisMachine(), path));

        Assert.Contains($"libhdf5 cannot create {path}", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_second_of_two_equal_names_is_an_error_that_names_it()
    {
        InstalledLibraries.SkipWithout(".h5");
        using var file = Hdf5File.Create(Hdf5Library.OfThisMachine(), Path.Combine(folder, "a.h5"));
        file.AddGroup("g");

        Assert.Contains("cannot add group 'g'", Assert.Throws<IOException>(() => file.AddGroup("g")).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Values_have_the_types_that_h5py_gives_them()
    {
        InstalledLibraries.SkipWithout(".h5");
        PythonReader.SkipWithout("h5py");
        var path = Path.Combine(folder, "a.h5");
        using (var file = Hdf5File.Create(Hdf5Library.OfThisMachine(), path))
        {
            var group = file.AddGroup("g");
            group.SetAttribute("whole", 7L);
            group.SetAttribute("number", 0.25);
            group.SetAttribute("yes", true);
            group.SetAttribute("no", false);
            group.SetAttribute("text", "µm");
            group.SetAttribute("texts", ["a, b", "Δ"]);
            group.SetAttribute("words", [1u, uint.MaxValue]);
            group.Add("plain", [1.5, double.NaN]);
            var records = group.AddRecords("records", ["a", "b, Δ"], [3, 1], 2);
            records.Write([2, 0], [1, 1], [5, 6]);
            records.Write([0, 0], [2, 1], [1, 2, 3, 4]);
            file.Close();
        }

        var text = PythonReader.Text(
            """
            import h5py, numpy
            g = h5py.File(sys.argv[1])['g']
            a = g.attrs
            print(type(a['whole']).__name__, type(a['number']).__name__, type(a['yes']).__name__, a['yes'], a['no'], a['text'], list(a['texts']), a['words'].dtype, a['words'].tolist())
            print(g['plain'][...].tolist(), g['records'].dtype.names, g['records']['b, Δ'].tolist(), g['records'].maxshape)
            """,
            path);

        Assert.Equal(
            "int64 float64 bool_ True False µm ['a, b', 'Δ'] uint32 [1, 4294967295]\n[1.5, nan] ('a', 'b, Δ') [[2.0], [4.0], [6.0]] (None, 1)", text);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
