using System.Runtime.InteropServices;
using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>The functions of libnetcdf that writing needs, as its header <c>netcdf.h</c> declares them (4.3 and later; no number in them has changed).</summary>
internal sealed unsafe class NetCdfLibrary
{
    /// <summary>A netCDF-4 file: HDF5 inside, with groups and 64-bit integers.</summary>
    public const int NetCdf4 = 0x1000;

    /// <summary>In place of a variable: an attribute of the group.</summary>
    public const int Global = -1;

    /// <summary>The type of 64-bit floating-point numbers.</summary>
    public const int Double = 6;

    /// <summary>The type of 64-bit integers.</summary>
    public const int Int64 = 10;

    private NetCdfLibrary(SharedLibrary library)
    {
        Create = (delegate* unmanaged[Cdecl]<byte*, int, int*, int>)library.AddressOf("nc_create");
        Close = (delegate* unmanaged[Cdecl]<int, int>)library.AddressOf("nc_close");
        DefineGroup = (delegate* unmanaged[Cdecl]<int, byte*, int*, int>)library.AddressOf("nc_def_grp");
        DefineDimension = (delegate* unmanaged[Cdecl]<int, byte*, nuint, int*, int>)library.AddressOf("nc_def_dim");
        DefineVariable = (delegate* unmanaged[Cdecl]<int, byte*, int, int, int*, int*, int>)library.AddressOf("nc_def_var");
        DefineChunks = (delegate* unmanaged[Cdecl]<int, int, int, nuint*, int>)library.AddressOf("nc_def_var_chunking");
        DefineFill = (delegate* unmanaged[Cdecl]<int, int, int, void*, int>)library.AddressOf("nc_def_var_fill");
        SetChunkCache = (delegate* unmanaged[Cdecl]<int, int, nuint, nuint, float, int>)library.AddressOf("nc_set_var_chunk_cache");
        PutText = (delegate* unmanaged[Cdecl]<int, int, byte*, nuint, byte*, int>)library.AddressOf("nc_put_att_text");
        PutIntegerAttribute = (delegate* unmanaged[Cdecl]<int, int, byte*, int, nuint, long*, int>)library.AddressOf("nc_put_att_longlong");
        PutDoubleAttribute = (delegate* unmanaged[Cdecl]<int, int, byte*, int, nuint, double*, int>)library.AddressOf("nc_put_att_double");
        PutDoubles = (delegate* unmanaged[Cdecl]<int, int, nuint*, nuint*, double*, int>)library.AddressOf("nc_put_vara_double");
        PutIntegers = (delegate* unmanaged[Cdecl]<int, int, nuint*, nuint*, long*, int>)library.AddressOf("nc_put_vara_longlong");
        describe = (delegate* unmanaged[Cdecl]<int, byte*>)library.AddressOf("nc_strerror");
    }

    private readonly delegate* unmanaged[Cdecl]<int, byte*> describe;

    public static LibraryNeed Need { get; } = new(
        "libnetcdf",
        "Writing .nc",
        "CALIBRATE_NETCDF",
        "libnetcdf19",
        "netcdf",
        "netcdf",
        [
            "libnetcdf.so.19", "libnetcdf.so.22", "libnetcdf.so.18", "libnetcdf.so.15", "libnetcdf.so",
            "libnetcdf.dylib", "/opt/homebrew/lib/libnetcdf.dylib", "/usr/local/lib/libnetcdf.dylib", "netcdf.dll",
        ]);

    public delegate* unmanaged[Cdecl]<byte*, int, int*, int> Create { get; }

    public delegate* unmanaged[Cdecl]<int, int> Close { get; }

    public delegate* unmanaged[Cdecl]<int, byte*, int*, int> DefineGroup { get; }

    public delegate* unmanaged[Cdecl]<int, byte*, nuint, int*, int> DefineDimension { get; }

    public delegate* unmanaged[Cdecl]<int, byte*, int, int, int*, int*, int> DefineVariable { get; }

    public delegate* unmanaged[Cdecl]<int, int, int, nuint*, int> DefineChunks { get; }

    public delegate* unmanaged[Cdecl]<int, int, int, void*, int> DefineFill { get; }

    public delegate* unmanaged[Cdecl]<int, int, nuint, nuint, float, int> SetChunkCache { get; }

    public delegate* unmanaged[Cdecl]<int, int, byte*, nuint, byte*, int> PutText { get; }

    public delegate* unmanaged[Cdecl]<int, int, byte*, int, nuint, long*, int> PutIntegerAttribute { get; }

    public delegate* unmanaged[Cdecl]<int, int, byte*, int, nuint, double*, int> PutDoubleAttribute { get; }

    public delegate* unmanaged[Cdecl]<int, int, nuint*, nuint*, double*, int> PutDoubles { get; }

    public delegate* unmanaged[Cdecl]<int, int, nuint*, nuint*, long*, int> PutIntegers { get; }

    private static Lazy<NetCdfLibrary> Found { get; } = new(() => Load(Environment.GetEnvironmentVariable(Need.Variable)), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The library of this machine.</summary>
    /// <exception cref="Runtime.RunRefusedException">There is none.</exception>
    public static NetCdfLibrary OfThisMachine() => Found.Value;

    /// <summary>Loads the library.</summary>
    /// <param name="named">A file to load; null to look under the usual names.</param>
    public static NetCdfLibrary Load(string? named)
    {
        lock (SharedLibrary.Gate)
        {
            return new NetCdfLibrary(SharedLibrary.Load(Need, named));
        }
    }

    /// <summary>Throws when a function says that it failed.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="what">What it was to do, as the end of "cannot ...".</param>
    public void Check(int status, string what)
    {
        if (status != 0)
        {
            throw new IOException($"libnetcdf cannot {what}: {Marshal.PtrToStringUTF8((nint)describe(status))} ({status}).");
        }
    }
}
