using System.Diagnostics.CodeAnalysis;
using Calibrate.Models;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class BuildIdentityTests
{
    [Fact]
    public void It_is_a_version_and_a_digest() => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+ [0-9a-f]{12}$", BuildIdentity.Of(new BuiltInModels()));

    [Fact]
    public void Models_of_another_assembly_make_another_build()
    {
        Assert.Equal(BuildIdentity.Of(new BuiltInModels()), BuildIdentity.Of(new BuiltInModels()));
        Assert.NotEqual(BuildIdentity.Of(new BuiltInModels()), BuildIdentity.Of(new NoModels()));
    }

    private sealed class NoModels : IModelCatalog
    {
        public IReadOnlyList<string> Names => [];

        public bool TryGet(string name, [NotNullWhen(true)] out IModelDefinition? definition)
        {
            definition = null;
            return false;
        }
    }
}
