using System.ComponentModel.DataAnnotations;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Testing.Tests.Simulations.Operators;

/// <summary>What tenants pay for.</summary>
[KubernetesResource("sim.example.com", "v1")]
public sealed partial record Offer : CustomResource<OfferSpec, OfferStatus>;

/// <summary>What an offer holds.</summary>
public sealed record OfferSpec
{
    /// <summary>How much a tenant gets.</summary>
    [Range(1, 9)]
    public int Size { get; init; } = 1;
}

/// <summary>What is known of an offer.</summary>
public sealed record OfferStatus : ResourceStatus;

/// <summary>Somebody who has taken an offer.</summary>
[KubernetesResource("sim.example.com", "v1")]
public sealed partial record Tenant : CustomResource<TenantSpec, TenantStatus>;

/// <summary>What a tenant wants.</summary>
public sealed record TenantSpec
{
    /// <summary>The name of the offer.</summary>
    [AllowedValues("app-1", "app-2", "app-3")]
    public string Offer { get; init; } = "app-1";

    /// <summary>Who is told.</summary>
    [Length(1, 20)]
    public string Contact { get; init; } = "nobody";
}

/// <summary>What a tenant has.</summary>
public sealed record TenantStatus : ResourceStatus
{
    /// <summary>What the offer gives; 0 without one.</summary>
    public int? Size { get; init; }

    /// <summary>Who was told.</summary>
    public string? Told { get; init; }
}

/// <summary>Publishes an offer.</summary>
[Owns<V1ConfigMap>]
public sealed class OfferOperator : OfferHandler
{
    /// <inheritdoc/>
    public override async Task<OfferStatus> OnReconcileAsync(Offer offer, OfferContext context, CancellationToken cancellationToken)
    {
        await context.ApplyAsync(Maps.Of($"offer-{offer.Metadata.Name}", "size", $"{offer.Spec.Size}"), cancellationToken);
        return new OfferStatus();
    }
}

/// <summary>Keeps a tenant's account, which belongs to nobody, as if it were outside of the cluster: only the finalizer sees that it goes.</summary>
[Owns<V1ConfigMap>]
public sealed class TenantOperator : TenantHandler
{
    /// <inheritdoc/>
    public override async Task<TenantStatus> OnReconcileAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken)
    {
        var account = Maps.Of(Account(tenant), "offer", tenant.Spec.Offer);
        await context.Client.Resource<V1ConfigMap>("default").ApplyAsync(account, new ApplyOptions { FieldManager = "tenant", Force = true }, cancellationToken);
        return (tenant.Status ?? new TenantStatus()) with { Size = context.Cached<Offer>(tenant.Spec.Offer)?.Spec.Size ?? 0 };
    }

    /// <inheritdoc/>
    public override async Task OnDeleteAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Resource<V1ConfigMap>("default").DeleteAsync(Account(tenant), cancellationToken: cancellationToken);
        }
        catch (NotFoundException)
        {
            // An earlier try has got as far as here.
        }
    }

    /// <summary>Tells whom it concerns.</summary>
    [OnChange(nameof(TenantSpec.Contact))]
    public Task<TenantStatus> TellAsync(Tenant tenant) => Task.FromResult((tenant.Status ?? new TenantStatus()) with { Told = tenant.Spec.Contact });

    /// <summary>Makes an invoice now and then.</summary>
    [Timer("30s", InitialDelay = "5s")]
    public Task BillAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken) => EnsureAsync($"bill-{tenant.Metadata.Name}", tenant, context, cancellationToken);

    /// <summary>Looks after the tenant's badge as long as the tenant is there.</summary>
    [Daemon]
    public async Task WatchAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            await EnsureAsync($"badge-{tenant.Metadata.Name}", tenant, context, cancellationToken);
            await context.DelayAsync(TimeSpan.FromSeconds(10), cancellationToken);
        }
    }

    /// <summary>Writes only where it is needed: what timers and daemons have sent is not remembered from one call to the next.</summary>
    private static async Task EnsureAsync(string name, Tenant tenant, TenantContext context, CancellationToken cancellationToken)
    {
        if (context.Owned<V1ConfigMap>(name)?.Data is not { } data || !data.TryGetValue("for", out var whom) || whom != tenant.Metadata.Name)
            await context.ApplyAsync(Maps.Of(name, "for", tenant.Metadata.Name!), cancellationToken);
    }

    private static string Account(Tenant tenant) => $"account-{tenant.Metadata.Name}";
}

/// <summary>A second controller of tenants, with a finalizer of its own.</summary>
[Owns<V1ConfigMap>]
public sealed class TenantAuditor : TenantHandler
{
    /// <inheritdoc/>
    public override async Task<TenantStatus> OnReconcileAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken)
    {
        await context.ApplyAsync(Maps.Of($"audit-{tenant.Metadata.Name}", "contact", tenant.Spec.Contact), cancellationToken);
        return new TenantStatus();
    }

    /// <inheritdoc/>
    public override Task OnDeleteAsync(Tenant tenant, TenantContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The children of all of them.</summary>
internal static class Maps
{
    public static V1ConfigMap Of(string name, string key, string value) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = new Dictionary<string, string> { [key] = value },
    };
}
