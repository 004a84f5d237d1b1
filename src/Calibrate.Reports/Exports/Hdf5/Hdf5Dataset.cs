namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>A dataset of an HDF5 file that is written piece by piece.</summary>
internal sealed unsafe class Hdf5Dataset(Hdf5File file, string name, long id, long type, ulong[] lengths)
{
    private readonly Hdf5Library library = file.Library;

    /// <summary>Writes a piece.</summary>
    /// <param name="start">Index of the piece's first value.</param>
    /// <param name="count">Lengths of the piece.</param>
    /// <param name="values">Its values, the last index fastest.</param>
    public void Write(ReadOnlySpan<ulong> start, ReadOnlySpan<ulong> count, ReadOnlySpan<double> values)
    {
        using (library.Enter())
        {
            fixed (ulong* all = lengths)
            fixed (ulong* begin = start)
            fixed (ulong* extent = count)
            fixed (double* first = values)
            {
                var place = library.CreateSpace(lengths.Length, all, null);
                library.SelectSlab(place, Hdf5Library.Select, begin, null, extent, null);
                var piece = library.CreateSpace(count.Length, extent, null);
                var status = library.Write(id, type, piece, place, Hdf5Library.Default, first);
                library.CloseSpace(piece);
                library.CloseSpace(place);
                file.Require(status, $"write '{name}'");
            }
        }
    }
}
