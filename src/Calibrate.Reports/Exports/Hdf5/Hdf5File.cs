using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>
/// An HDF5 file that is being written. Every failure of the library is an <see cref="IOException"/> that names the file. Objects are closed in
/// the reverse order of their opening.
/// </summary>
internal sealed unsafe class Hdf5File : IDisposable
{
    private readonly Stack<Action> closings = new();
    private readonly string path;
    private readonly long id;
    private bool open = true;

    private Hdf5File(Hdf5Library library, string path, long id)
    {
        Library = library;
        this.path = path;
        this.id = id;
    }

    public Hdf5Library Library { get; }

    /// <summary>Creates an empty file; one that is there is lost.</summary>
    public static Hdf5File Create(Hdf5Library library, string path)
    {
        using (library.Enter())
        {
            fixed (byte* name = SharedLibrary.Text(path))
            {
                return new Hdf5File(library, path, Check(library.CreateFile(name, Hdf5Library.Truncate, Hdf5Library.Default, Hdf5Library.Default), $"create {path}"));
            }
        }
    }

    /// <summary>Adds a group.</summary>
    public Hdf5Group AddGroup(string name)
    {
        long group;
        using (Library.Enter())
        {
            fixed (byte* text = SharedLibrary.Text(name))
            {
                group = Library.CreateGroup(id, text, Hdf5Library.Default, Hdf5Library.Default, Hdf5Library.Default);
            }
        }

        Require(group, $"add group '{name}'");
        closings.Push(() => Library.CloseGroup(group));
        return new Hdf5Group(this, group);
    }

    /// <summary>Writes what is still in memory and closes the file.</summary>
    public void Close() => Require(CloseAll(), "write to the end");

    public void Dispose() => _ = CloseAll(); // without Close an error came first and is on its way

    /// <summary>Lets something be closed before the file is.</summary>
    internal void CloseLater(Action close) => closings.Push(close);

    /// <summary>Throws when a function says that it failed.</summary>
    /// <param name="status">What it returned: below zero for a failure.</param>
    /// <param name="what">What it was to do, as the end of "cannot ...".</param>
    /// <returns>The status.</returns>
    internal long Require(long status, string what) => Check(status, $"{what} in {path}");

    /// <inheritdoc cref="Require"/>
    internal static long Check(long status, string what) => status >= 0
        ? status
        : throw new IOException($"libhdf5 cannot {what}: the disk may be full, or the place not be writable.");

    private int CloseAll()
    {
        if (!open)
        {
            return 0;
        }

        open = false;
        using (Library.Enter())
        {
            while (closings.TryPop(out var close))
            {
                close();
            }

            return Library.CloseFile(id);
        }
    }
}
