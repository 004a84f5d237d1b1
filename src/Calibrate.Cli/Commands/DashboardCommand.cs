using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Calibrate.Cluster.RabbitMq;
using Calibrate.Cluster.RabbitMq.Control;
using Calibrate.Dashboard;
using Calibrate.Dashboard.Security;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Control.Sockets;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate dashboard</c>: the runs of a journal in a browser, live.</summary>
internal static class DashboardCommand
{
    private const string Loopback = "127.0.0.1";

    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var location = new JournalLocation();
        var broker = new BrokerOptions();
        var port = new Option<int>("--port") { Description = "Port to listen at; 0 for any that is free.", DefaultValueFactory = _ => DashboardOptions.DefaultPort, HelpName = "N" };
        var host = new Option<string>("--host")
        {
            Description = "Address to listen at; any but this machine's own needs --cert and --key.",
            DefaultValueFactory = _ => Loopback,
            HelpName = "ADDRESS",
        };
        var certificate = new Option<string?>("--cert") { Description = "Certificate (PEM) for TLS, with its chain.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "The certificate's key (PEM).", HelpName = "FILE" };
        var token = new Option<string?>("--token-file")
        {
            Description = "Take the token from the first line of this file instead of making a new one, for programs that must know it, such as Prometheus.",
            HelpName = "FILE",
        };
        var open = new Option<bool>("--open") { Description = "Open the dashboard in this machine's browser." };
        var command = new ExampledCommand(
            "dashboard",
            "Watch and steer the runs of a folder or database in a browser, until Ctrl-C.",
            "calibrate dashboard --open",
            "calibrate dashboard --journal postgres://calibrate@db/calibrate --broker amqp://calibrate@broker:5672/",
            "calibrate dashboard --host 0.0.0.0 --cert host.pem --key host.key")
        {
            port, host, certificate, key, token, open, location.RunsFolder, location.Journal,
        };
        broker.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new DashboardOptions(AddressOf(parsed.GetRequiredValue(host)), PortOf(parsed.GetValue(port)), TokenOf(parsed.GetValue(token)))
            {
                Certificate = CertificateOf(parsed.GetValue(certificate), parsed.GetValue(key)),
            };
            await using var journal = location.Open(parsed);
            await using var overBroker = BrokerOf(parsed, broker) is { } settings ? new BrokerRunControl(settings, clock) : null;
            var socket = new SocketRunControl(location.Folder(parsed), clock);
            var sources = new DashboardSources
            {
                Journal = journal,
                Place = location.Place(parsed),
                LoadProblemAsync = (run, stop) => StoredProblem.LoadAsStartedAsync(journal, run, models, stop),
                Control = new RunControlRoutes(overBroker is null ? [socket] : [socket, overBroker]),
                Downloads = DashboardDownloads.Of(journal, models, clock, location.Hint(parsed)),
                Clock = clock,
            };
            await using var server = await DashboardServer.StartAsync(sources, options, terminal.Error.WriteLine, cancellation);
            terminal.Output.WriteLine($"Dashboard of the runs in {sources.Place}: {server.EntryAddress}");
            terminal.Error.WriteLine("Whoever has this address can watch and steer the runs; it is valid until Ctrl-C.");
            if (parsed.GetValue(open))
            {
                Open(server.EntryAddress, terminal);
            }

            try
            {
                await DashboardServer.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                terminal.Error.WriteLine("Stopped; the runs go on.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    // Without a broker the sockets in the folder of runs are the way.
    private static BrokerSettings? BrokerOf(ParseResult parsed, BrokerOptions broker) =>
        parsed.GetValue(broker.Url) is not null || Environment.GetEnvironmentVariable(BrokerCredentials.UrlVariable) is { Length: > 0 } ? broker.Read(parsed) : null;

    private static void Open(string address, Terminal terminal)
    {
        var opener = OperatingSystem.IsWindows() ? "explorer.exe" : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(opener) { ArgumentList = { address }, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            terminal.Error.WriteLine($"No browser could be started ({opener}: {exception.Message}): open the address above yourself.");
        }
    }

    private static IPAddress AddressOf(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UserException($"--host is '{text}'; expected an address of this machine, such as {Loopback} or 0.0.0.0.");

    private static int PortOf(int port) =>
        port is >= 0 and <= 65535 ? port : throw new UserException($"--port is {port}; expected a number from 0 to 65535.");

    private static AccessToken TokenOf(string? path)
    {
        if (path is null)
        {
            return AccessToken.Random();
        }

        try
        {
            return AccessToken.Chosen(File.ReadLines(path).FirstOrDefault()?.Trim() ?? "");
        }
        catch (FormatException exception)
        {
            throw new UserException($"--token-file {path}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"--token-file {path} cannot be read: {exception.Message}");
        }
    }

    private static X509Certificate2? CertificateOf(string? certificate, string? key)
    {
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            throw new UserException("TLS needs both: --cert with the certificate and --key with its key, each a PEM file.");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserException($"--cert {certificate}, --key {key}: no certificate with its key can be read from them: {exception.Message}");
        }
    }
}
