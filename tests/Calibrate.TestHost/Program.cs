return await Calibrate.Cli.CalibrateProcess.RunAsync(args, new Calibrate.TestHost.TestModels());
