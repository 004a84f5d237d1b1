using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>A netCDF-4 file that is being written. Every failure of the library is an <see cref="IOException"/> that names the file.</summary>
internal sealed unsafe class NetCdfFile : IDisposable
{
    private readonly NetCdfLibrary library;
    private readonly string path;
    private readonly int id;
    private bool open;

    private NetCdfFile(NetCdfLibrary library, string path, int id)
    {
        this.library = library;
        this.path = path;
        this.id = id;
        open = true;
        Root = new NetCdfGroup(this, id);
    }

    /// <summary>The group that holds the others.</summary>
    public NetCdfGroup Root { get; }

    /// <summary>Creates an empty file.</summary>
    /// <param name="library">The library.</param>
    /// <param name="path">Where; a file that is there is lost.</param>
    public static NetCdfFile Create(NetCdfLibrary library, string path)
    {
        int number;
        lock (SharedLibrary.Gate)
        {
            fixed (byte* name = SharedLibrary.Text(path))
            {
                library.Check(library.Create(name, NetCdfLibrary.NetCdf4, &number), $"create {path}");
            }
        }

        return new NetCdfFile(library, path, number);
    }

    /// <summary>Writes what is still in memory and closes the file.</summary>
    public void Close()
    {
        open = false;
        Call(functions => functions.Close(id), "write to the end");
    }

    public void Dispose()
    {
        if (open)
        {
            open = false;
            lock (SharedLibrary.Gate)
            {
                _ = library.Close(id); // an error came first and is on its way
            }
        }
    }

    /// <summary>Calls the library.</summary>
    /// <param name="function">The call; gives the library's status.</param>
    /// <param name="what">What it does, as the end of "cannot ...".</param>
    internal void Call(Func<NetCdfLibrary, int> function, string what)
    {
        lock (SharedLibrary.Gate)
        {
            library.Check(function(library), $"{what} in {path}");
        }
    }
}

/// <summary>A dimension of a file.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct NetCdfDimension(int Id, int Length);
