using System.Globalization;

namespace OperatorKit;

/// <summary>How replicas agree on the one that works. The defaults are those of Kubernetes' own controllers.</summary>
public sealed class LeaseOptions
{
    /// <summary>Name of the Lease; the number of the replica's shard is added to it. Default: the operator's name.</summary>
    public string? Name { get; set; }

    /// <summary>Namespace of the Lease. Default: the pod's.</summary>
    public string? Namespace { get; set; }

    /// <summary>Who holds it. Default: the pod's name, or the machine's, with a random ending.</summary>
    public string? Identity { get; set; }

    /// <summary>A lease that was not renewed for this long is up for grabs. Default: 15 seconds.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that cannot renew for this long stops working. Below <see cref="Duration"/>. Default: 10 seconds.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait between two looks at the lease. Below <see cref="RenewDeadline"/>. Default: 2 seconds.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The Lease of an operator. Each shard has one, the same whatever their count, so that a replica of the old count and one of the new exclude each other.</summary>
    internal string NameFor(OperatorOptions options) =>
        options.Shard is { } shard ? string.Create(CultureInfo.InvariantCulture, $"{Name ?? options.Name}-{shard.Index}") : Name ?? options.Name;

    internal void Validate()
    {
        if (RetryPeriod <= TimeSpan.Zero || RenewDeadline <= RetryPeriod || Duration <= RenewDeadline)
        {
            throw new InvalidOperationException(
                $"LeaseOptions: 0 < {nameof(RetryPeriod)} < {nameof(RenewDeadline)} < {nameof(Duration)} must hold, and they are {RetryPeriod}, {RenewDeadline} and {Duration}. With another order two replicas can lead at the same time.");
        }
    }
}
