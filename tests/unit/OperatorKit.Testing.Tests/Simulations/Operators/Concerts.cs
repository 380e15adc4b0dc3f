using System.ComponentModel.DataAnnotations;
using OperatorKit.Models;

namespace OperatorKit.Testing.Tests.Simulations.Operators;

/// <summary>A concert as it is stored.</summary>
[KubernetesResource("sim.example.com", "v2")]
public sealed partial record Concert : CustomResource<ConcertSpec, ConcertStatus>;

/// <summary>Who plays.</summary>
public sealed record ConcertSpec
{
    /// <summary>The musicians.</summary>
    [Length(1, 3)]
    public IReadOnlyList<string> Players { get; init; } = ["nobody"];
}

/// <summary>What is known of a concert.</summary>
public sealed record ConcertStatus : ResourceStatus;

/// <summary>A concert as it was before there were bands; the operator still handles this version, so that all it reads and writes is converted.</summary>
[KubernetesResource("sim.example.com", "v1", Kind = "Concert", Storage = false)]
public sealed partial record ConcertV1 : CustomResource<ConcertV1Spec, ConcertStatus>;

/// <summary>Who plays.</summary>
public sealed record ConcertV1Spec
{
    /// <summary>The musician.</summary>
    [Length(1, 20)]
    public string Player { get; init; } = "nobody";
}

/// <summary>Between the versions.</summary>
public static partial class ConcertConversion
{
    [Converts]
    private static ConcertSpec Players(ConcertV1Spec from, ConcertSpec mapped) => mapped with { Players = [from.Player] };

    [Converts]
    private static ConcertV1Spec Player(ConcertSpec from, ConcertV1Spec mapped) => mapped with { Player = from.Players[0] };
}

/// <summary>Announces a concert.</summary>
[Owns<V1ConfigMap>]
public sealed class ConcertOperator : ConcertV1Handler
{
    /// <inheritdoc/>
    public override async Task<ConcertStatus> OnReconcileAsync(ConcertV1 concertV1, ConcertV1Context context, CancellationToken cancellationToken)
    {
        await context.ApplyAsync(Maps.Of($"poster-{concertV1.Metadata.Name}", "player", concertV1.Spec.Player), cancellationToken);
        return new ConcertStatus();
    }
}
