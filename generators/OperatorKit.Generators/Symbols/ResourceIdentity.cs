using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;

namespace OperatorKit.Generators.Symbols;

/// <summary>What the API calls a kind: from the attribute, and from the record's name where that leaves it open.</summary>
internal sealed record ResourceIdentity(string Group, string Version, string Kind, string Plural, string Singular)
{
    public static ResourceIdentity Read(INamedTypeSymbol record, AttributeData attribute)
    {
        var kind = attribute.Named("Kind") as string ?? record.Name;
        return new ResourceIdentity(
            attribute.Argument(0) as string ?? "",
            attribute.Argument(1) as string ?? "",
            kind,
            attribute.Named("Plural") as string ?? Naming.Plural(kind),
            attribute.Named("Singular") as string ?? kind.ToLowerInvariant());
    }

    /// <summary>Reports names that the API server would refuse.</summary>
    public void Check(ProblemSink report, Location? location, INamedTypeSymbol record)
    {
        if (!Naming.IsGroup(Group))
            report(GroupRule.Descriptor, location, record.Name, Group.Length == 0 ? "no group" : $"the group \"{Group}\"");
        else if (Group == "k8s.io" || Group == "kubernetes.io" || Group.EndsWith(".k8s.io") || Group.EndsWith(".kubernetes.io"))
            report(ProtectedGroupRule.Descriptor, location, Group);
        if (!Naming.IsLabel(Version))
            report(VersionRule.Descriptor, location, record.Name, Version.Length == 0 ? "no version" : $"the version \"{Version}\"");

        var attribute = record.Attribute(Attributes.KubernetesResource)!;
        CheckName("kind", Kind, Kind.Length > 0 && char.IsUpper(Kind[0]) && Naming.IsLabel(Kind.ToLowerInvariant()), "a word in CamelCase");
        CheckName("plural", Plural, Naming.IsLabel(Plural), "a lower-case word");
        CheckName("singular", Singular, Naming.IsLabel(Singular), "a lower-case word");
        foreach (var name in attribute.NamedStrings("ShortNames").Concat(attribute.NamedStrings("Categories")))
            CheckName("short name or category", name, Naming.IsLabel(name), "a lower-case word");

        foreach (var name in attribute.NamedStrings("ShortNames"))
        {
            if (Symbols.ShortNames.Owner(name) is { } owner)
                report(ShortNameRule.Descriptor, location, name, owner, Kind);
        }

        void CheckName(string what, string name, bool isValid, string rule)
        {
            if (!isValid)
                report(NameRule.Descriptor, location, what, name, rule);
        }
    }
}
