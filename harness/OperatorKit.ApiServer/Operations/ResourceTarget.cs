using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>What a request is about: a resource in one version, maybe one object, maybe one of its subresources.</summary>
internal sealed record ResourceTarget(ResourceType Type, ResourceVersion Version, string? Namespace = null, string? Name = null, string? Subresource = null)
{
    public string ApiVersion => Type.ApiVersion(Version);
}
