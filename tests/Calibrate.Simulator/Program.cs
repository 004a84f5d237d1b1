using Calibrate.Simulator.Scaling;

if (args is ["scaling", var docs])
{
    ScalingReport.Write(docs, Console.WriteLine);
    return 0;
}

await Console.Error.WriteLineAsync("usage: simulate scaling DOCS_FOLDER");
return 2;
