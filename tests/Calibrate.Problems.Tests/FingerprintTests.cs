namespace Calibrate.Problems.Tests;

public class FingerprintTests
{
    // the one-block message of FIPS 180-2, appendix B.1
    [Fact]
    public void It_is_sha_256() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Fingerprint.Of("abc").Hex);

    [Fact]
    public void It_has_a_short_form() => Assert.Equal("ba7816bf8f01", Fingerprint.Of("abc").Short);
}
