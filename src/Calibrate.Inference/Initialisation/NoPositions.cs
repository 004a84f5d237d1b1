namespace Calibrate.Inference.Initialisation;

/// <summary>A start that is impossible, with the reason for the user.</summary>
/// <param name="reason">What is wrong and what to do.</param>
internal sealed class NoPositions(string reason) : IInitialPositions
{
    public string Source => "nowhere";

    public string? Refusal => reason;

    public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position) => false;
}
