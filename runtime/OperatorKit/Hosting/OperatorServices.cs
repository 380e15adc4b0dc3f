using Microsoft.Extensions.Logging;
using OperatorKit.Metrics;
using OperatorKit.Webhooks;

namespace OperatorKit.Hosting;

/// <summary>What an operator is given to run with.</summary>
internal sealed record OperatorServices(OperatorOptions Options, IServiceProvider Provider, ILoggerFactory Loggers, TimeProvider Time, Random Random, TaskScheduler Scheduler)
{
    /// <summary>Where to count. Default: null, an own one. A meter that nobody disposes stays for ever, with all that it measures.</summary>
    public OperatorMetrics? Metrics { get; init; }

    /// <summary>Is given what answers the API server's reviews, and brings them there. Default: null, they come over TLS as <see cref="WebhookOptions"/> say; a simulation has its own network.</summary>
    public Action<WebhookApplication>? ServeWebhooks { get; init; }
}

/// <summary>For handlers that need nothing.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}

/// <summary>Lets threads share a random generator that may be seeded.</summary>
internal sealed class SharedRandom(Random random) : Random
{
    private readonly Lock _lock = new();

    public override double NextDouble()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }

    public override long NextInt64()
    {
        lock (_lock)
        {
            return random.NextInt64();
        }
    }
}

/// <summary>Who this process is among the replicas of an operator.</summary>
internal static class OperatorIdentity
{
    /// <summary>The name asked for, or the pod's or machine's with an ending that a restart changes.</summary>
    public static string Of(OperatorOptions options, Random random) =>
        options.Lease.Identity ?? $"{Environment.GetEnvironmentVariable("POD_NAME") ?? Environment.MachineName}_{random.NextInt64() & 0xffffffff:x8}";
}
