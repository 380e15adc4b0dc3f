namespace OperatorKit.Client;

/// <summary>The path of a kind, an object or a subresource.</summary>
internal static class ResourcePath
{
    public static string Of(ResourceDefinition definition, string? @namespace, string? name = null, string? subresource = null)
    {
        var prefix = definition.Group.Length == 0 ? "/api/" + definition.Version : $"/apis/{definition.Group}/{definition.Version}";
        var scope = @namespace is null || definition.Scope == ResourceScope.Cluster ? "" : "/namespaces/" + Uri.EscapeDataString(@namespace);
        var target = name is null ? "" : "/" + Uri.EscapeDataString(name);
        return subresource is null ? $"{prefix}{scope}/{definition.Plural}{target}" : $"{prefix}{scope}/{definition.Plural}{target}/{subresource}";
    }
}
