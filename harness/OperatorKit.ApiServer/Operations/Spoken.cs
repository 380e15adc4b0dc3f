namespace OperatorKit.ApiServer.Operations;

/// <summary>The kind that an endpoint speaks: that of its resource, or that of its subresource where it has one of its own.</summary>
internal readonly record struct Spoken(string Group, string Version, string Kind)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static Spoken By(ResourceTarget target)
    {
        var own = target.Subresource is { } name ? target.Version.Subresource(name) : null;
        return new Spoken(own?.Group ?? target.Type.Group, own?.Version ?? target.Version.Name, own?.Kind ?? target.Type.Kind);
    }
}
