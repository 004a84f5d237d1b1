using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Moves;

/// <summary>
/// Draws distinct helpers without replacement, one random word each: the k-th word picks uniformly among the n - k places not taken yet, by
/// counting past the taken ones in ascending order.
/// </summary>
internal static class HelperSelection
{
    /// <summary>Most helpers for which the ordered list of taken places lies on the stack.</summary>
    private const int StackLimit = 256;

    /// <summary>Fills <paramref name="helpers"/> with distinct places in [0, <paramref name="complement"/>), in the order of drawing.</summary>
    internal static void Distinct(ReadOnlySpan<uint> words, int complement, Span<int> helpers)
    {
        Span<int> taken = helpers.Length <= StackLimit ? stackalloc int[helpers.Length] : new int[helpers.Length];
        for (int k = 0; k < helpers.Length; k++)
        {
            int place = RandomBits.Index(words[k], complement - k);
            int position = 0;
            while (position < k && place >= taken[position])
            {
                place++;
                position++;
            }

            taken[position..k].CopyTo(taken[(position + 1)..]);
            taken[position] = place;
            helpers[k] = place;
        }
    }

    /// <summary>Every place of the complement, in order.</summary>
    internal static void Everyone(Span<int> helpers)
    {
        for (int k = 0; k < helpers.Length; k++)
        {
            helpers[k] = k;
        }
    }
}
