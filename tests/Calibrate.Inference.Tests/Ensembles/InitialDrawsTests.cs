using System.Buffers;
using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Initialisation;
using Calibrate.Inference.States;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Ensembles;

public class InitialDrawsTests
{
    [Fact]
    public void FailedAttemptsAreFollowedByTheNext()
    {
        InitialDraws draws = New(new Counting(_ => true));
        Assert.Equal(0, Draw(draws, 1, out double[] first));
        draws.Fail(1, 0);
        Assert.Equal(1, Draw(draws, 1, out double[] second));
        Assert.Equal(0, Draw(draws, 0, out _));
        Assert.Equal(0, first[1]);
        Assert.Equal(0.01, second[1]);
    }

    [Fact]
    public void PositionsOutsideTheSupportAreSkippedForFree()
    {
        InitialDraws draws = New(new Counting(attempt => attempt >= 7));
        Assert.Equal(7, Draw(draws, 0, out _));
    }

    [Fact]
    public void EndsAfterAHundredAttempts()
    {
        InitialDraws draws = New(new Counting(attempt => attempt >= 99));
        Assert.Equal(99, Draw(draws, 0, out _));
        draws.Fail(0, 99);
        Assert.Equal(-1, Draw(draws, 0, out _));
        string refusal = draws.Refusal(0);
        Assert.Contains("Ensemble 3, walker 0: none of 100 initial positions drawn from a counter", refusal, StringComparison.Ordinal);
        Assert.Contains("99 outside the prior's support, 1 with a likelihood of zero or a failed model", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void SavedBytesComeBack()
    {
        InitialDraws draws = New(new Counting(attempt => attempt % 2 == 1));
        Draw(draws, 2, out _);
        draws.Fail(2, 1);
        Draw(draws, 2, out _);
        draws.Fail(2, 3);
        byte[] saved = Save(draws);
        InitialDraws restored = New(new Counting(attempt => attempt % 2 == 1));
        StateReader reader = new(saved);
        Assert.Equal(2, restored.Restore(ref reader));
        Assert.True(reader.AtEnd);
        Assert.Equal(saved, Save(restored));
        Assert.Equal(5, Draw(restored, 2, out _));
    }

    [Theory]
    [InlineData(4, 1, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 101, 1)]
    [InlineData(0, 2, 3)]
    public void RefusesDamagedBytes(int walker, int attempt, int failed)
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        foreach (int value in new[] { 1, walker, attempt, failed })
        {
            writer.Int32(value);
        }

        Assert.Throws<InvalidDataException>(() =>
        {
            StateReader reader = new(bytes.WrittenSpan);
            New(new Counting(_ => true)).Restore(ref reader);
        });
    }

    private static InitialDraws New(IInitialPositions positions) => new(positions, new CurvedSpace(2), 3, 4);

    private static int Draw(InitialDraws draws, int walker, out double[] position)
    {
        position = new double[2];
        return draws.Draw(walker, position, new double[3], out _, out _);
    }

    private static byte[] Save(InitialDraws draws)
    {
        ArrayBufferWriter<byte> bytes = new();
        draws.Save(new StateWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }

    // (walker / 10, attempt / 100), outside the support where told.
    private sealed class Counting(Func<int, bool> isInside) : IInitialPositions
    {
        public string Source => "a counter";

        public string? Refusal => null;

        public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position)
        {
            position[0] = walker / 10.0;
            position[1] = isInside(attempt) ? attempt / 100.0 : 9;
            return true;
        }
    }
}
