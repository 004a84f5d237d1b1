using System.Diagnostics;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.UmBridge;

/// <summary>The client against another implementation: a server in Python's standard library.</summary>
public sealed class PythonServerTests : IDisposable
{
    private readonly Process? python = Start();

    public void Dispose()
    {
        if (python is not null)
        {
            python.StandardInput.Close();
            python.WaitForExit();
            python.Dispose();
        }
    }

    [SkippableFact]
    public void Evaluates_what_Python_serves()
    {
        ForwardModelBinding binding = Assert.IsType<ForwardModelBinding>(Opened.Binding(
            ["a", "b", "c"], Address(), ("name", "forward"), ("config", new Dictionary<string, string>(StringComparer.Ordinal) { ["slope"] = "2" })));
        IModel model = binding.Factory.Create();
        Assert.Equal([2.5, 5.5, 8.5, 0.01], Opened.Run(model, 1.25, 3, 0.1).Select(v => Math.Round(v, 12)));
        Assert.All(Opened.Run(model, 99, 3, 0.1)[..3], value => Assert.True(double.IsNaN(value)));
        ModelException failure = Assert.Throws<ModelException>(() => Opened.Run(model, -1, 3, 0.1));
        Assert.EndsWith("answers 500: 500 Internal Server Error", failure.Message, StringComparison.Ordinal);
        Assert.Equal([4, 6, 8, 4], Opened.Run(model, 2, 2, 2));
    }

    [SkippableFact]
    public void Uses_a_log_density_that_Python_serves()
    {
        LogDensityBinding binding = Assert.IsType<LogDensityBinding>(Opened.Binding(["x"], Address(), ("name", "square"), ("log_density", true)));
        double[] value = new double[1];
        binding.Factory.Create().Evaluate(1, [1.5], value);
        Assert.Equal(-2.25, value[0]);
    }

    private static Process? Start()
    {
        ProcessStartInfo start = new("python3", [Path.Combine(AppContext.BaseDirectory, "Reference", "umbridge_server.py")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private string Address()
    {
        Skip.If(python is null, "python3 is not installed");
        return $"http://127.0.0.1:{python.StandardOutput.ReadLine()}";
    }
}
