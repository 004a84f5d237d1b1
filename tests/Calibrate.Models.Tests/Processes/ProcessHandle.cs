using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Processes;

/// <summary>An instance of a model whose child ends with the test.</summary>
internal sealed class ProcessHandle(ForwardModelBinding binding) : IDisposable
{
    public IModel Model { get; } = binding.Factory.Create();

    public void Dispose() => ((IDisposable)Model).Dispose();
}
