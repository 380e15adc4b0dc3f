using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Hosting;

namespace OperatorKit;

public sealed partial class OperatorHost
{
    private const int DefaultHttpPort = 8080;

    /// <summary>
    /// Runs an operator as a command: reads the command line (<c>--help</c> lists it), connects, works until Ctrl+C or SIGTERM, and
    /// stops in good order. Takes the cluster that <c>--kubeconfig</c> names, or the pod's own; never a kubeconfig that nobody named.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>.</param>
    /// <param name="services">What handlers are made from. Default: nothing.</param>
    /// <param name="cancellationToken">Stops the operator.</param>
    /// <returns>The exit code: 0 after a stop, 1 when the operator could not start, 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(
        string[] args, Action<OperatorBuilder> configure, IServiceProvider? services = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);
        try
        {
            var arguments = OperatorArguments.Parse(args);
            if (arguments.ShowHelp)
            {
                Console.WriteLine(OperatorArguments.Help);
                return 0;
            }

            await RunAsync(arguments, configure, services, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (ArgumentException exception)
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
        OperatorArguments arguments, Action<OperatorBuilder> configure, IServiceProvider? services, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        var inCluster = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };
        using var loggers = LoggerFactory.Create(logging => Configure(logging, inCluster && arguments.Kubeconfig is null, arguments.Verbose));
        var logger = loggers.CreateLogger("OperatorKit");
        using var client = new KubernetesClient(
            Connect(arguments, inCluster), new KubernetesClientOptions { OnWarning = text => LogWarning(logger, text) });
        LogConnected(logger, client.Connection.Server, client.Connection.Source);
        var host = await StartAsync(client, configure, OptionsFor(arguments, inCluster), services, loggers, cancellationToken: stop.Token).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            if (host.HttpAddress is { } address)
                LogServes(logger, address);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ClusterConnection Connect(OperatorArguments arguments, bool inCluster)
    {
        if (arguments.Kubeconfig is { } file)
            return ClusterConnection.FromKubeconfig(file, arguments.Context);
        if (arguments.Context is not null)
            throw new ArgumentException("--context needs --kubeconfig FILE: the operator takes no kubeconfig that nobody named.");
        return inCluster
            ? ClusterConnection.InCluster()
            : throw new ArgumentException("No cluster is given and this is no pod. Name one, as in --kubeconfig ~/.kube/config [--context NAME]; --help shows the rest.");
    }

    private static OperatorOptions OptionsFor(OperatorArguments arguments, bool inCluster)
    {
        var isPod = inCluster && arguments.Kubeconfig is null;
        var options = new OperatorOptions
        {
            LeaderElection = arguments.LeaderElection ?? isPod,
            HttpPort = arguments.HttpPort is 0 ? null : arguments.HttpPort ?? (isPod ? DefaultHttpPort : null),
            HttpOnAllAddresses = isPod,
            WaitForPrerequisites = arguments.Wait,
        };
        options.Lease.Namespace = Environment.GetEnvironmentVariable("POD_NAMESPACE");
        foreach (var name in arguments.Namespaces)
        {
            options.Namespaces.Add(name);
        }

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
