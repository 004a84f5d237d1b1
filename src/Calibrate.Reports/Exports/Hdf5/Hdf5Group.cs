using System.Runtime.InteropServices;
using Calibrate.Reports.Exports.Native;

namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>A group of an HDF5 file: datasets and attributes, in the types that Python's h5py makes of the same values.</summary>
internal sealed unsafe class Hdf5Group(Hdf5File file, long id)
{
    private readonly Hdf5Library library = file.Library;

    /// <summary>Sets an attribute to a whole number.</summary>
    public void SetAttribute(string name, long value) => Set(name, library.Int64, [], &value);

    /// <summary>Sets an attribute to a number.</summary>
    public void SetAttribute(string name, double value) => Set(name, library.Double, [], &value);

    /// <summary>Sets an attribute to true or false: an enumeration, as h5py has it.</summary>
    public void SetAttribute(string name, bool value)
    {
        using (library.Enter())
        {
            var type = file.Require(library.CreateEnumeration(library.Int8), $"set attribute '{name}'");
            sbyte number = 0;
            fixed (byte* no = "FALSE\0"u8)
            fixed (byte* yes = "TRUE\0"u8)
            {
                library.InsertName(type, no, &number);
                number = 1;
                library.InsertName(type, yes, &number);
            }

            number = value ? (sbyte)1 : (sbyte)0;
            Set(name, type, [], &number);
            library.CloseType(type);
        }
    }

    /// <summary>Sets an attribute to some 32-bit numbers.</summary>
    public void SetAttribute(string name, ReadOnlySpan<uint> values)
    {
        fixed (uint* first = values)
        {
            Set(name, library.UInt32, [(ulong)values.Length], first);
        }
    }

    /// <summary>Sets an attribute to text.</summary>
    public void SetAttribute(string name, string text) => SetTexts(name, [text], []);

    /// <summary>Sets an attribute to a list of texts.</summary>
    public void SetAttribute(string name, IReadOnlyList<string> texts) => SetTexts(name, texts, [(ulong)texts.Count]);

    /// <summary>Adds a dataset of doubles and writes all of it.</summary>
    public void Add(string name, ReadOnlySpan<double> values)
    {
        var dataset = Create(name, library.Double, [(ulong)values.Length], [(ulong)values.Length], null);
        dataset.Write([0], [(ulong)values.Length], values);
    }

    /// <summary>Adds a dataset of doubles that can be made longer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lengths">Its lengths, slowest first.</param>
    /// <param name="rowsPerChunk">How many of its first index lie together in the file.</param>
    public Hdf5Dataset Add(string name, ulong[] lengths, ulong rowsPerChunk) =>
        Create(name, library.Double, lengths, [Hdf5Library.Unlimited, .. lengths[1..]], [rowsPerChunk, .. lengths[1..]]);

    /// <summary>Adds a dataset of records of doubles that can be made longer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fields">Names of the records' fields.</param>
    /// <param name="lengths">Its lengths, slowest first.</param>
    /// <param name="rowsPerChunk">How many of its first index lie together in the file.</param>
    public Hdf5Dataset AddRecords(string name, IReadOnlyList<string> fields, ulong[] lengths, ulong rowsPerChunk)
    {
        long type;
        using (library.Enter())
        {
            type = file.Require(library.CreateType(Hdf5Library.Compound, (nuint)(fields.Count * sizeof(double))), $"add '{name}'");
            for (var i = 0; i < fields.Count; i++)
            {
                fixed (byte* text = SharedLibrary.Text(fields[i]))
                {
                    file.Require(library.InsertField(type, text, (nuint)(i * sizeof(double)), library.Double), $"add field '{fields[i]}'");
                }
            }
        }

        file.CloseLater(() => library.CloseType(type));
        return Create(name, type, lengths, [Hdf5Library.Unlimited, .. lengths[1..]], [rowsPerChunk, .. lengths[1..]]);
    }

    private Hdf5Dataset Create(string name, long type, ulong[] lengths, ulong[] most, ulong[]? chunk)
    {
        using (library.Enter())
        {
            fixed (byte* text = SharedLibrary.Text(name))
            fixed (ulong* now = lengths)
            fixed (ulong* later = most)
            fixed (ulong* pieces = chunk)
            {
                var space = file.Require(library.CreateSpace(lengths.Length, now, later), $"add '{name}'");
                var properties = file.Require(library.CreateProperties(library.DatasetProperties), $"add '{name}'");
                if (chunk is not null)
                {
                    file.Require(library.SetChunk(properties, chunk.Length, pieces), $"add '{name}'");
                }

                file.Require(library.SetFillTime(properties, Hdf5Library.NeverFill), $"add '{name}'");
                var dataset = library.CreateDataset(id, text, type, space, Hdf5Library.Default, properties, Hdf5Library.Default);
                library.CloseProperties(properties);
                library.CloseSpace(space);
                file.Require(dataset, $"add '{name}'");
                file.CloseLater(() => library.CloseDataset(dataset));
                return new Hdf5Dataset(file, name, dataset, type, lengths);
            }
        }
    }

    private void SetTexts(string name, IReadOnlyList<string> texts, ulong[] lengths)
    {
        var pointers = texts.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        using (library.Enter())
        {
            var type = file.Require(library.CopyType(library.Characters), $"set attribute '{name}'");
            library.SetSize(type, nuint.MaxValue); // H5T_VARIABLE: the value is an address
            library.SetCharacters(type, Hdf5Library.Utf8);
            fixed (nint* first = pointers)
            {
                Set(name, type, lengths, first);
            }

            library.CloseType(type);
        }

        Array.ForEach(pointers, Marshal.FreeCoTaskMem);
    }

    private void Set(string name, long type, ReadOnlySpan<ulong> lengths, void* value)
    {
        using (library.Enter())
        {
            fixed (byte* text = SharedLibrary.Text(name))
            fixed (ulong* first = lengths)
            {
                var space = lengths.Length == 0 ? library.CreateScalar(Hdf5Library.Scalar) : library.CreateSpace(lengths.Length, first, null);
                var attribute = file.Require(library.CreateAttribute(id, text, type, space, Hdf5Library.Default, Hdf5Library.Default), $"set attribute '{name}'");
                file.Require(library.WriteAttribute(attribute, type, value), $"set attribute '{name}'");
                library.CloseAttribute(attribute);
                library.CloseSpace(space);
            }
        }
    }
}
