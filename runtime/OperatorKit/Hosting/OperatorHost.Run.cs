using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Configuration;

namespace OperatorKit;

public sealed partial class OperatorHost
{
    private const int DefaultHttpPort = 8080;
    private const int DefaultWebhookPort = 9443;

    /// <summary>
    /// Runs an operator as a command: reads the command line (<c>--help</c> lists it) and the environment, connects, works until Ctrl+C or
    /// SIGTERM, and stops in good order. The command line goes before the environment, and both before what the code sets. Takes the cluster that <c>--kubeconfig</c> names, or the pod's own; never a kubeconfig that nobody named.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>.</param>
    /// <param name="options">Changes how the operator runs, before command line and environment do.</param>
    /// <param name="services">What handlers are made from. Default: nothing.</param>
    /// <param name="cancellationToken">Stops the operator.</param>
    /// <returns>The exit code: 0 after a stop, 1 when the operator could not start, 2 for a wrong setting.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Action<OperatorBuilder> configure,
        Action<OperatorOptions>? options = null,
        IServiceProvider? services = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);
        try
        {
            var settings = SettingReader.Read(args, Environment.GetEnvironmentVariable);
            if (settings.ShowHelp)
            {
                Console.WriteLine(SettingTable.Help());
                return 0;
            }

            await RunAsync(settings, configure, options, services, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception exception) when (exception is OperatorStartException or KubernetesException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task RunAsync(
        OperatorSettings settings,
        Action<OperatorBuilder> configure,
        Action<OperatorOptions>? change,
        IServiceProvider? services,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        var inCluster = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };
        var options = OptionsFor(settings, inCluster, change);
        using var loggers = LoggerFactory.Create(logging => Configure(logging, inCluster && settings.Kubeconfig is null, settings.Verbose));
        var logger = loggers.CreateLogger("OperatorKit");
        using var client = new KubernetesClient(
            Connect(settings, inCluster), new KubernetesClientOptions { OnWarning = text => LogWarning(logger, text) });
        LogConnected(logger, client.Connection.Server, client.Connection.Source);
        var host = await StartAsync(client, configure, options, services, loggers, cancellationToken: stop.Token).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            if (host.HttpAddress is { } address)
                LogServes(logger, address);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ClusterConnection Connect(OperatorSettings settings, bool inCluster)
    {
        if (settings.Kubeconfig is { } file)
            return ClusterConnection.FromKubeconfig(file, settings.Context);
        if (settings.Context is not null)
            throw new SettingException("--context needs --kubeconfig FILE: the operator takes no kubeconfig that nobody named.");
        return inCluster
            ? ClusterConnection.InCluster()
            : throw new SettingException("No cluster is given and this is no pod. Name one, as in --kubeconfig ~/.kube/config [--context NAME]; --help shows the rest.");
    }

    private static OperatorOptions OptionsFor(OperatorSettings settings, bool inCluster, Action<OperatorOptions>? change)
    {
        var isPod = inCluster && settings.Kubeconfig is null;
        var options = new OperatorOptions { LeaderElection = isPod, HttpPort = isPod ? DefaultHttpPort : null, HttpOnAllAddresses = isPod };
        options.Webhooks.Port = isPod ? DefaultWebhookPort : null;
        options.Lease.Namespace = Environment.GetEnvironmentVariable("POD_NAMESPACE");
        change?.Invoke(options);
        settings.ApplyTo(options);
        return options;
    }

    private static void Configure(ILoggingBuilder logging, bool json, bool verbose)
    {
        logging.SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information);
        if (json)
        {
            logging.AddJsonConsole(static console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(static console =>
            {
                console.IncludeScopes = true;
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        // The second signal ends the process at once: whoever sends it does not want to wait.
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Server} by {Source}")]
    private static partial void LogConnected(ILogger logger, Uri server, string source);

    [LoggerMessage(Level = LogLevel.Information, Message = "Health and metrics are at {Address}")]
    private static partial void LogServes(ILogger logger, Uri address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server warns: {Text}")]
    private static partial void LogWarning(ILogger logger, string text);
}
