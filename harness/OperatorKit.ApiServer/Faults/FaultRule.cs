namespace OperatorKit.ApiServer;

/// <summary>Which requests go wrong, and how. Added to <see cref="KubernetesApiServer.Faults"/>.</summary>
/// <param name="When">Whether the rule is for a request. It is called for every request, from several threads.</param>
/// <param name="Fault">What happens to such a request.</param>
public sealed record FaultRule(Func<ApiRequest, bool> When, Fault Fault)
{
    /// <summary>How often the rule takes effect before it is used up. Default: null, without end.</summary>
    public int? Times { get; init; }
}
