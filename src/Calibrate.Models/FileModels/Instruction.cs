namespace Calibrate.Models.FileModels;

/// <summary>What an instruction does with the cursor in an output file.</summary>
internal enum InstructionKind
{
    /// <summary>Goes on to the next line that has a text, and behind that text.</summary>
    PrimaryMarker,

    /// <summary>Goes behind the next occurrence of a text on the line.</summary>
    SecondaryMarker,

    /// <summary>Goes on by a number of lines.</summary>
    Advance,

    /// <summary>Goes to the beginning of the next word.</summary>
    WhiteSpace,

    /// <summary>Goes to a column: what comes next stands behind it.</summary>
    Tab,

    /// <summary>Reads a number that fills some columns.</summary>
    Fixed,

    /// <summary>Reads a number of which a part stands in some columns.</summary>
    SemiFixed,

    /// <summary>Reads the next word as a number.</summary>
    NonFixed,

    /// <summary>Skips the next word.</summary>
    Dummy,

    /// <summary>Skips some columns.</summary>
    DummyColumns,
}

/// <summary>One instruction.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Line">Its line in the instruction file, from 1.</param>
/// <param name="Text">The text of a marker, or the name of an observation.</param>
/// <param name="First">The number of lines, or the (first) column from 1.</param>
/// <param name="Last">The last column.</param>
internal readonly record struct Instruction(InstructionKind Kind, int Line, string Text = "", int First = 0, int Last = 0)
{
    /// <summary>Whether it gives an observation.</summary>
    public bool Observes => Kind is InstructionKind.Fixed or InstructionKind.SemiFixed or InstructionKind.NonFixed;

    /// <summary>Whether it moves to another line.</summary>
    public bool MovesOn => Kind is InstructionKind.PrimaryMarker or InstructionKind.Advance;
}
