using System.Runtime.InteropServices;
using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>The functions of libhdf5 that writing needs, as the headers of HDF5 1.10 declare them (numbers of objects have 64 bits since then).</summary>
internal sealed unsafe class Hdf5Library
{
    public const int Truncate = 2; // H5F_ACC_TRUNC
    public const long Default = 0; // H5P_DEFAULT
    public const int Scalar = 0; // H5S_SCALAR
    public const int Select = 0; // H5S_SELECT_SET
    public const int Compound = 6; // H5T_COMPOUND
    public const int Utf8 = 1; // H5T_CSET_UTF8
    public const int NeverFill = 1; // H5D_FILL_TIME_NEVER
    public const ulong Unlimited = ulong.MaxValue; // H5S_UNLIMITED

    private readonly delegate* unmanaged[Cdecl]<long, void*, void*, int> setErrorReport;

    private Hdf5Library(SharedLibrary library)
    {
        var open = (delegate* unmanaged[Cdecl]<int>)library.AddressOf("H5open");
        Hdf5File.Check(open(), "be initialised");
        setErrorReport = (delegate* unmanaged[Cdecl]<long, void*, void*, int>)library.AddressOf("H5Eset_auto2");
        CreateFile = (delegate* unmanaged[Cdecl]<byte*, uint, long, long, long>)library.AddressOf("H5Fcreate");
        CloseFile = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Fclose");
        CreateGroup = (delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long>)library.AddressOf("H5Gcreate2");
        CloseGroup = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Gclose");
        CreateSpace = (delegate* unmanaged[Cdecl]<int, ulong*, ulong*, long>)library.AddressOf("H5Screate_simple");
        CreateScalar = (delegate* unmanaged[Cdecl]<int, long>)library.AddressOf("H5Screate");
        SelectSlab = (delegate* unmanaged[Cdecl]<long, int, ulong*, ulong*, ulong*, ulong*, int>)library.AddressOf("H5Sselect_hyperslab");
        CloseSpace = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Sclose");
        CreateProperties = (delegate* unmanaged[Cdecl]<long, long>)library.AddressOf("H5Pcreate");
        SetChunk = (delegate* unmanaged[Cdecl]<long, int, ulong*, int>)library.AddressOf("H5Pset_chunk");
        SetFillTime = (delegate* unmanaged[Cdecl]<long, int, int>)library.AddressOf("H5Pset_fill_time");
        CloseProperties = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Pclose");
        CreateDataset = (delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long, long, long>)library.AddressOf("H5Dcreate2");
        Write = (delegate* unmanaged[Cdecl]<long, long, long, long, long, void*, int>)library.AddressOf("H5Dwrite");
        CloseDataset = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Dclose");
        CreateAttribute = (delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long, long>)library.AddressOf("H5Acreate2");
        WriteAttribute = (delegate* unmanaged[Cdecl]<long, long, void*, int>)library.AddressOf("H5Awrite");
        CloseAttribute = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Aclose");
        CopyType = (delegate* unmanaged[Cdecl]<long, long>)library.AddressOf("H5Tcopy");
        CreateType = (delegate* unmanaged[Cdecl]<int, nuint, long>)library.AddressOf("H5Tcreate");
        CreateEnumeration = (delegate* unmanaged[Cdecl]<long, long>)library.AddressOf("H5Tenum_create");
        SetSize = (delegate* unmanaged[Cdecl]<long, nuint, int>)library.AddressOf("H5Tset_size");
        SetCharacters = (delegate* unmanaged[Cdecl]<long, int, int>)library.AddressOf("H5Tset_cset");
        InsertField = (delegate* unmanaged[Cdecl]<long, byte*, nuint, long, int>)library.AddressOf("H5Tinsert");
        InsertName = (delegate* unmanaged[Cdecl]<long, byte*, void*, int>)library.AddressOf("H5Tenum_insert");
        CloseType = (delegate* unmanaged[Cdecl]<long, int>)library.AddressOf("H5Tclose");

        // Variables, not constants: the library gives them their values when it is initialised.
        Double = *(long*)library.AddressOf("H5T_IEEE_F64LE_g");
        Int64 = *(long*)library.AddressOf("H5T_STD_I64LE_g");
        UInt32 = *(long*)library.AddressOf("H5T_STD_U32LE_g");
        Int8 = *(long*)library.AddressOf("H5T_STD_I8LE_g");
        Characters = *(long*)library.AddressOf("H5T_C_S1_g");
        DatasetProperties = *(long*)library.AddressOf("H5P_CLS_DATASET_CREATE_ID_g");
    }

    public static LibraryNeed Need { get; } = new(
        "libhdf5",
        "Writing .h5",
        "CALIBRATE_HDF5",
        "libhdf5-103-1",
        "hdf5",
        "hdf5",
        [
            "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so.100", "libhdf5_serial.so", "libhdf5.so.103", "libhdf5.so.200",
            "libhdf5.so.310", "libhdf5.so", "libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib", "hdf5.dll",
        ]);

    public long Double { get; }

    public long Int64 { get; }

    public long UInt32 { get; }

    public long Int8 { get; }

    public long Characters { get; }

    public long DatasetProperties { get; }

    public delegate* unmanaged[Cdecl]<byte*, uint, long, long, long> CreateFile { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseFile { get; }

    public delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long> CreateGroup { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseGroup { get; }

    public delegate* unmanaged[Cdecl]<int, ulong*, ulong*, long> CreateSpace { get; }

    public delegate* unmanaged[Cdecl]<int, long> CreateScalar { get; }

    public delegate* unmanaged[Cdecl]<long, int, ulong*, ulong*, ulong*, ulong*, int> SelectSlab { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseSpace { get; }

    public delegate* unmanaged[Cdecl]<long, long> CreateProperties { get; }

    public delegate* unmanaged[Cdecl]<long, int, ulong*, int> SetChunk { get; }

    public delegate* unmanaged[Cdecl]<long, int, int> SetFillTime { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseProperties { get; }

    public delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long, long, long> CreateDataset { get; }

    public delegate* unmanaged[Cdecl]<long, long, long, long, long, void*, int> Write { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseDataset { get; }

    public delegate* unmanaged[Cdecl]<long, byte*, long, long, long, long, long> CreateAttribute { get; }

    public delegate* unmanaged[Cdecl]<long, long, void*, int> WriteAttribute { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseAttribute { get; }

    public delegate* unmanaged[Cdecl]<long, long> CopyType { get; }

    public delegate* unmanaged[Cdecl]<int, nuint, long> CreateType { get; }

    public delegate* unmanaged[Cdecl]<long, long> CreateEnumeration { get; }

    public delegate* unmanaged[Cdecl]<long, nuint, int> SetSize { get; }

    public delegate* unmanaged[Cdecl]<long, int, int> SetCharacters { get; }

    public delegate* unmanaged[Cdecl]<long, byte*, nuint, long, int> InsertField { get; }

    public delegate* unmanaged[Cdecl]<long, byte*, void*, int> InsertName { get; }

    public delegate* unmanaged[Cdecl]<long, int> CloseType { get; }

    private static Lazy<Hdf5Library> Found { get; } = new(() => Load(Environment.GetEnvironmentVariable(Need.Variable)), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The library of this machine.</summary>
    /// <exception cref="Runtime.RunRefusedException">There is none.</exception>
    public static Hdf5Library OfThisMachine() => Found.Value;

    /// <summary>Takes the lock for some calls, until what is returned is disposed of.</summary>
    public Lock.Scope Enter()
    {
        var scope = SharedLibrary.Gate.EnterScope();
        _ = setErrorReport(0, null, null); // errors are told by us, not printed by the library: a setting of the thread where HDF5 knows threads
        return scope;
    }

    /// <summary>Loads the library.</summary>
    /// <param name="named">A file to load; null to look under the usual names.</param>
    public static Hdf5Library Load(string? named)
    {
        lock (SharedLibrary.Gate)
        {
            return new Hdf5Library(SharedLibrary.Load(Need, named));
        }
    }
}
