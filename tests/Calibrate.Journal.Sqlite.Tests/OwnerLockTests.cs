namespace Calibrate.Journal.Sqlite.Tests;

public sealed class OwnerLockTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    private string LockPath => Path.Combine(runs.Path, "journal.lock");

    public void Dispose() => runs.Dispose();

    [Fact]
    public void One_holds_it_until_it_lets_go()
    {
        var first = OwnerLock.TryTake(LockPath);
        Assert.NotNull(first);
        Assert.Null(OwnerLock.TryTake(LockPath));
        first.Dispose();
        using var second = OwnerLock.TryTake(LockPath);
        Assert.NotNull(second);
    }

    [SkippableFact]
    public void Taken_over_it_is_the_new_holders_whatever_the_old_one_does()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let a file that is open lose its name");
        var old = OwnerLock.TryTake(LockPath);
        using var taken = OwnerLock.TakeOver(LockPath);
        Assert.NotNull(taken);
        old!.Dispose();
        Assert.Null(OwnerLock.TryTake(LockPath));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_error_and_not_a_held_lock() =>
        Assert.ThrowsAny<IOException>(() => OwnerLock.TryTake(Path.Combine(runs.Path, "missing", "journal.lock")));
}
