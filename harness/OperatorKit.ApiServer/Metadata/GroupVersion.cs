namespace OperatorKit.ApiServer.Metadata;

/// <summary>The two halves of an <c>apiVersion</c>. The group of the core API is "".</summary>
internal readonly record struct GroupVersion(string Group, string Version)
{
    public static GroupVersion Parse(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return new GroupVersion(slash < 0 ? "" : apiVersion[..slash], apiVersion[(slash + 1)..]);
    }
}
