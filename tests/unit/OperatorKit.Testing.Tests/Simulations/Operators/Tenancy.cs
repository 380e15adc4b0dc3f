using OperatorKit.Models;

namespace OperatorKit.Testing.Tests.Simulations.Operators;

/// <summary>How the operator of tenants is simulated.</summary>
internal static class Tenancy
{
    public static void Operators(OperatorBuilder operators) => operators
        .AddOfferOperator()
        .AddTenantOperator(static options => options.Watch<Offer>(static _ => ["app-1", "app-2", "app-3"]))
        .AddTenantAuditor(static options => options.Name = "auditor");

    public static SimulationOptions Options(string seeds)
    {
        var options = new SimulationOptions { Seeds = seeds, CrashAtEveryWrite = false };
        // A write that comes through after its process has died may open an account anew when the tenant is long gone, whatever an operator does.
        options.Without.Add(SimulatedFault.DelayRequest);
        return options
            .Finally("every account is a tenant's", static cluster => cluster.List<V1ConfigMap>()
                .Where(static map => map.Metadata.Name!.StartsWith("account-", StringComparison.Ordinal))
                .All(map => cluster.Find<Tenant>(map.Metadata.Name!["account-".Length..]) is not null))
            .Finally("the contact was told", static cluster => cluster.List<Tenant>().All(static tenant => tenant.Status?.Told == tenant.Spec.Contact));
    }
}
