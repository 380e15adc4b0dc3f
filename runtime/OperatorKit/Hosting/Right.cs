namespace OperatorKit.Hosting;

/// <summary>Something that the operator has to be allowed to do.</summary>
/// <param name="Definition">The kind.</param>
/// <param name="Namespace">The namespace; null for all.</param>
/// <param name="Verb">As role rules spell it.</param>
/// <param name="Subresource">As in <c>status</c>; null for the object itself.</param>
/// <param name="Name">One object; null for all.</param>
internal sealed record Right(ResourceDefinition Definition, string? Namespace, string Verb, string? Subresource = null, string? Name = null)
{
    /// <summary>The resource as kubectl spells it.</summary>
    public string Resource => Subresource is null ? Definition.QualifiedName : $"{Definition.QualifiedName}/{Subresource}";

    /// <summary>What a controller writes, and reads at moments that may never come; the rest of what it reads shows when it lists.</summary>
    public static IEnumerable<Right> Of(
        ResourceDefinition handled, HandlerMethods methods, IReadOnlyList<OwnedKind> owns, IReadOnlyList<string> namespaces)
    {
        foreach (var home in namespaces.Count == 0 ? [null] : namespaces.Cast<string?>())
        {
            yield return new Right(handled, home, "get");
            if ((methods & HandlerMethods.Delete) != 0)
                yield return new Right(handled, home, "patch");
            if (handled.HasStatus)
                yield return new Right(handled, home, "patch", "status");
            foreach (var owned in owns)
            {
                yield return new Right(owned.Definition, home, "create");
                yield return new Right(owned.Definition, home, "patch");
            }
        }
    }
}
