using System.Buffers;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class StateReaderTests
{
    [Fact]
    public void ReadsWhatTheWriterWrote()
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        writer.Int32(-7);
        writer.Int64(long.MinValue);
        writer.Doubles([1.5, double.NaN, -0.0]);
        writer.Words([ulong.MaxValue, 3]);
        writer.Text("häuf");
        writer.Flag(true);
        writer.Flag(false);

        StateReader reader = new(bytes.WrittenSpan);
        Assert.Equal(-7, reader.Int32());
        Assert.Equal(long.MinValue, reader.Int64());
        Assert.Equal(1.5, reader.Double());
        double[] doubles = new double[2];
        reader.Doubles(doubles);
        Assert.Equal([BitConverter.DoubleToInt64Bits(double.NaN), long.MinValue], doubles.Select(BitConverter.DoubleToInt64Bits));
        ulong[] words = new ulong[2];
        reader.Words(words);
        Assert.Equal([ulong.MaxValue, 3], words);
        Assert.Equal("häuf", reader.Text());
        Assert.True(reader.Flag());
        Assert.False(reader.AtEnd);
        Assert.False(reader.Flag());
        Assert.True(reader.AtEnd);
    }

    /// <summary>Little-endian by specification, not by accident of the machine.</summary>
    [Fact]
    public void BytesAreLittleEndian()
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        writer.Int32(0x01020304);
        writer.Doubles([1.0]);
        Assert.Equal("040302010000" + "00000000F03F", Convert.ToHexString(bytes.WrittenSpan));
    }

    [Fact]
    public void RefusesWhatIsTooShortOrImpossible()
    {
        Assert.Throws<InvalidDataException>(() => new StateReader([1, 2, 3]).Int32());
        Assert.Throws<InvalidDataException>(() => new StateReader([255, 255, 255, 255]).Count(1));
        Assert.Throws<InvalidDataException>(() => new StateReader([2, 0, 0, 0, 1, 1]).Count(2));
        Assert.Throws<InvalidDataException>(() => new StateReader([2]).Flag());
        Assert.Throws<InvalidDataException>(() => new StateReader([9, 0, 0, 0, 65]).Text());
    }
}
