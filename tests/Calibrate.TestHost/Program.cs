return args is ["spin-alone", ..]
    ? Calibrate.TestHost.SpinAlone.Run(args)
    : await Calibrate.Cli.CalibrateProcess.RunAsync(args, new Calibrate.TestHost.TestModels());
