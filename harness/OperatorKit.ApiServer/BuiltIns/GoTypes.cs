using System.Text.RegularExpressions;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>Go's names of the types of fields, for decoding errors.</summary>
internal static partial class GoTypes
{
    /// <summary><c>DeploymentSpec</c> of <c>io.k8s.api.apps.v1.DeploymentSpec</c>.</summary>
    public static string Short(string? definition) => definition is null ? "" : definition[(definition.LastIndexOf('.') + 1)..];

    /// <summary>The type of an item of a list or of a value of a map.</summary>
    public static string Element(string goType, StructuralSchema element)
    {
        var type = goType.TrimStart('*');
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return type[2..];
        if (type.StartsWith("map[", StringComparison.Ordinal))
            return type[(type.IndexOf(']') + 1)..];
        // A named list or map, such as ResourceList: the schema knows what is in it.
        return element.Reference is { } reference ? Short(reference.Name) : element.Type == SchemaType.String ? "string" : element.Type.Text();
    }

    /// <summary>The type as reflection prints it: packages by their own name, pointers stripped, types of the definition's own package qualified.</summary>
    public static string Qualified(string goType, string? definition)
    {
        var parts = definition?.Split('.') ?? [];
        var package = parts.Length > 1 ? parts[^2] : "v1";
        var type = Alias().Replace(goType.TrimStart('*'), "v1.");
        return type.StartsWith("resource.", StringComparison.Ordinal) || type.StartsWith("intstr.", StringComparison.Ordinal) || type.StartsWith("runtime.", StringComparison.Ordinal)
            ? type
            : Unqualified().Replace(type, match => $"{package}.{match.Value}").Replace("[]byte", "[]uint8", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(metav1|corev1|apiv1|authenticationv1)\.")]
    private static partial Regex Alias();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Unqualified();
}
