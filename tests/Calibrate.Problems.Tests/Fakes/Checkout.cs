namespace Calibrate.Problems.Tests.Fakes;

/// <summary>Files of the checkout that tests read: samples, schemas, documentation.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Calibrate.sln stands in no folder above the tests: run them from a checkout.");
    }
}
