using System.Numerics;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class FourierTransformTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    public void Forward_is_the_definition_in_bit_reversed_order(int size)
    {
        var noise = new TestNoise(1);
        var real = noise.Normals(size);
        var imaginary = noise.Normals(size);
        var expected = Enumerable.Range(0, size).Select(k => Definition(real, imaginary, k)).ToArray();
        new FourierTransform(size).Forward(real, imaginary);
        for (var position = 0; position < size; position++)
        {
            var frequency = Reverse(position, BitOperations.Log2((uint)size));
            Near.Absolute(expected[frequency].Real, real[position], 1e-12);
            Near.Absolute(expected[frequency].Imaginary, imaginary[position], 1e-12);
        }
    }

    [Fact]
    public void Backward_undoes_forward_up_to_the_size()
    {
        const int size = 1024;
        var noise = new TestNoise(2);
        var (real, imaginary) = (noise.Normals(size), noise.Normals(size));
        var (re, im) = ((double[])real.Clone(), (double[])imaginary.Clone());
        var transform = new FourierTransform(size);
        transform.Forward(re, im);
        transform.Backward(re, im);
        for (var i = 0; i < size; i++)
        {
            Near.Absolute(real[i], re[i] / size, 1e-14);
            Near.Absolute(imaginary[i], im[i] / size, 1e-14);
        }
    }

    private static Complex Definition(double[] real, double[] imaginary, int frequency)
    {
        var sum = Complex.Zero;
        for (var i = 0; i < real.Length; i++)
        {
            sum += new Complex(real[i], imaginary[i]) * Complex.FromPolarCoordinates(1.0, -2.0 * Math.PI * frequency * i / real.Length);
        }

        return sum;
    }

    private static int Reverse(int position, int bits)
    {
        var reversed = 0;
        for (var bit = 0; bit < bits; bit++)
        {
            reversed |= ((position >> bit) & 1) << (bits - 1 - bit);
        }

        return reversed;
    }
}
