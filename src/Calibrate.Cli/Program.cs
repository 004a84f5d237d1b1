return await Calibrate.Cli.CalibrateProcess.RunAsync(args);
