using System.Net;

namespace OperatorKit.Client;

/// <summary>
/// The proxy of the environment, but for what <c>NO_PROXY</c> names in the ways that Go's programs know and .NET does not: networks, and domains without a
/// leading dot. Pods are given such a list, with the network of the cluster's services in it, where a cluster has a proxy to the outside.
/// </summary>
/// <param name="proxy">The proxy.</param>
/// <param name="exceptions">What <c>NO_PROXY</c> holds.</param>
internal sealed class EnvironmentProxy(IWebProxy proxy, string exceptions) : IWebProxy
{
    private readonly string[] _parts = exceptions.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What <c>NO_PROXY</c> holds; null where it holds nothing.</summary>
    public static string? Exceptions =>
        (Environment.GetEnvironmentVariable("NO_PROXY") ?? Environment.GetEnvironmentVariable("no_proxy")) is { Length: > 0 } exceptions ? exceptions : null;

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => Array.Exists(_parts, part => Matches(part, host)) || proxy.IsBypassed(host);

    private static bool Matches(string part, Uri host)
    {
        var name = host.IdnHost;
        if (IPAddress.TryParse(name, out var address))
            return IPNetwork.TryParse(part, out var network) && network.Contains(address);
        var domain = part.TrimStart('.');
        return part == "*" || name.Equals(domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }
}
