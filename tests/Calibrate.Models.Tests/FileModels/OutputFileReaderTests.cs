using System.Text;
using Calibrate.Models.FileModels;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.FileModels;

/// <summary>Instruction files and what they read, one rule of the manual after the other.</summary>
public class OutputFileReaderTests
{
    [Theory]
    [InlineData("l1 !a! !b!", "1.5 -2", new[] { 1.5, -2 })]
    [InlineData("l2 !a!\nl1 !b!", "x\n1\n2", new[] { 1.0, 2 })]
    [InlineData("l 2 !a!", "x\n7\n", new double[] { 7 })]
    [InlineData("~flow~ ~=~ !a!", "TANK\nflow of x = 3", new double[] { 3 })]
    [InlineData("~flow~ ~=~ !a!", "flow: see below\nflow = 3", new double[] { 3 })]
    [InlineData("~x~ !a!\n~x~ !b!", "x 1\n\nx 2", new double[] { 1, 2 })]
    [InlineData("l1 w w !a!", "one two 3", new double[] { 3 })]
    [InlineData("l1 w w !a!", "  one 3", new double[] { 3 })]
    [InlineData("l1 !dum! !DUM! !a!", "one ***** 3", new double[] { 3 })]
    [InlineData("l1 t5 !a!", "12345 678", new double[] { 678 })]
    [InlineData("l1 t6 !a!", "12345 678", new double[] { 678 })]
    [InlineData("l1 t7 !a!", "12345 678", new double[] { 78 })]
    [InlineData("l1 t60 ~=~ !a!", "TIME(1): A = 1.34564E-04, TIME(2): A = 1.45654E-04, TIME(3): A = 1.54982E-04", new[] { 1.54982e-4 })]
    [InlineData("l1 [a]9:11 [b]17:18", "x\t123\t45", new double[] { 123, 45 })]
    [InlineData("l1 t8 !a!", "1234567\t8", new double[] { 8 })]
    [InlineData("l1 [dum]1:9 !b!", "123456789 5", new double[] { 5 })]
    [InlineData("l1 [a]1:3 [b]4:6", "123456", new double[] { 123, 456 })]
    [InlineData("l1 [dum]1:3 !b!", "123456", new double[] { 456 })]
    [InlineData("l1 [a]3:9", "xx 5 ", new double[] { 5 })]
    [InlineData("l1 (a)4:6 !b!", "  123.25  8", new[] { 123.25, 8 })]
    [InlineData("l1 !a! ~m~ !b!", "12.5m 3", new[] { 12.5, 3 })]
    [InlineData("l1 !a!\n& !b!\n&w w !c!", "1 2 x 3", new double[] { 1, 2, 3 })]
    [InlineData("l1 !a! !b!", "1,2", new double[] { 1, 2 })]
    [InlineData("l1 !a!\r\nl1 !b!\r\n", "1\r\n2\r\n", new double[] { 1, 2 })]
    [InlineData("l1 !a! !b! !c!", "1.0D-3 2.5d2 1.5-103", new[] { 1.0e-3, 250, 1.5e-103 })]
    [InlineData("L1 W !a!", "x 1", new double[] { 1 })]
    public void Reads(string instructions, string output, double[] expected) => Assert.Equal(expected, Read(instructions, output));

    [Theory]
    [InlineData("~flow~ !a!", "x\ny\n", "o.out:2: found no line with 'flow' from line 1 to the end (o.ins:2)")]
    [InlineData("l1 !a!\nl3 !b!", "1\n2\n", "o.out:2: found the end of the file, expected a line 4 (o.ins:3)")]
    [InlineData("l2 !a!\nl2147483647 !b!", "1\n2\n", "o.out:2: found the end of the file, expected a line 2147483649 (o.ins:3)")]
    [InlineData("l1 !a! !b!", "1", "o.out:1: found the end of the line, expected b (o.ins:2)")]
    [InlineData("l1 !a!", "****", "o.out:1: found '****', expected the number a (o.ins:2)")]
    [InlineData("l1 [a]5:9", "1", "o.out:1: found 1 columns, expected a in 5:9 (o.ins:2)")]
    [InlineData("l1 (a)5:9", "1", "o.out:1: found nothing in columns 5:9, expected a (o.ins:2)")]
    [InlineData("l1 !x! ~=~ !a!", "1 2", "o.out:1: found no '=' behind column 1 (o.ins:2)")]
    [InlineData("l1 w !a!", "1", "o.out:1: found the end of the line, expected a word after white space (o.ins:2)")]
    [InlineData("l1 !a! t2 !b!", "123 456", "o.out:1: found column 2 passed already, expected it behind column 3 (o.ins:2)")]
    [InlineData("l1 t9 !b!", "123", "o.out:1: found 3 columns, expected a column 9 (o.ins:2)")]
    [InlineData("l1 !a!", "", "o.out:0: found the end of the file, expected a line 1 (o.ins:2)")]
    public void Says_where_the_output_is_not_as_expected(string instructions, string output, string message) =>
        Assert.Equal(message, Assert.Throws<ModelException>(() => Read(instructions, output)).Message);

    [Theory]
    [InlineData("!a!", 2, 4)]
    [InlineData("l1 !a! l1 !b!", 2, 10)]
    [InlineData("& !a!", 2, 1)]
    [InlineData("l1 !a", 2, 4)]
    [InlineData("l1 !a!\nl0 !b!", 3, 2)]
    [InlineData("l1 [a]5", 2, 8)]
    [InlineData("l1 [a]5:3", 2, 4)]
    [InlineData("l1 q", 2, 4)]
    [InlineData("l1 !dum!", 0, 0)]
    public void Refuses_what_is_no_instruction(string instructions, int line, int column)
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => Read(instructions, "1"));
        Assert.Equal(("o.ins", line, column), (mistake.Path, mistake.Line, mistake.Column));
    }

    [Fact]
    public void What_is_not_a_number_stays_so() => Assert.Equal([double.NaN, double.NegativeInfinity], Read("l1 !a! !b!", "NaN -Inf"));

    private static double[] Read(string instructions, string output)
    {
        InstructionFile file = InstructionFile.Parse("o.ins", Encoding.Latin1.GetBytes("pif ~\n" + instructions));
        double[] values = new double[file.Observations.Count()];
        OutputFileReader.Read(file, "o.out", Encoding.Latin1.GetBytes(output), values);
        return values;
    }
}
