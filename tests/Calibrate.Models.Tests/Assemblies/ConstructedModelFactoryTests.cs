using Calibrate.Models.Assemblies;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Assemblies;

public class ConstructedModelFactoryTests
{
    [Fact]
    public void Every_slot_gets_an_instance_of_its_own()
    {
        ConstructedModelFactory factory = new(typeof(DoublingModel), new DoublingModel().Signature);
        Assert.NotSame(factory.Create(), factory.Create());
    }

    [Fact]
    public void A_constructor_that_fails_later_is_no_failure_of_a_point() => Assert.Equal(
        "another 'Calibrate.Models.Tests.Assemblies.BrokenModel' cannot be made: its constructor threw InvalidOperationException: no licence",
        Assert.Throws<ModelUnavailableException>(() => new ConstructedModelFactory(typeof(BrokenModel), new DoublingModel().Signature).Create()).Message);
}
