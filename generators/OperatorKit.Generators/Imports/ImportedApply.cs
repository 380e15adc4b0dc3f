using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Imports;

/// <summary>Apply records of imported kinds: of all that they reach but the status, which its controller writes.</summary>
internal static class ImportedApply
{
    private static readonly string[] NotWanted = ["apiVersion", "kind", "metadata", "status"];
    private static readonly string[] OfEveryKind = ["Name", "Namespace", "Labels", "Annotations", "Finalizers", "OwnerReferences", "WriteJson"];

    /// <summary>The members of the apply record of a kind.</summary>
    public static EquatableArray<ApplyMember> Members(ImportedKind kind)
    {
        if (kind.Types.Count == 0)
            return [];
        var names = new HashSet<string>(OfEveryKind.Append(kind.ApplyName));
        return Members(kind.Types[0], names).ToEquatableArray();
    }

    /// <summary>The apply records of the types that a kind reaches.</summary>
    public static IEnumerable<ApplyModel> Types(ImportedKind kind)
    {
        var types = kind.Types.ToDictionary(static t => t.Type.Name);
        var wanted = new Queue<TypeRef>(Wanted(kind.Types[0]).Select(static m => m.Property.Type));
        var seen = new HashSet<string>();
        while (wanted.Count > 0)
        {
            var reference = wanted.Dequeue();
            if (reference.Item is not null)
                wanted.Enqueue(reference.Item);
            if (!types.TryGetValue(reference.Name, out var type) || !seen.Add(reference.Name))
                continue;
            foreach (var property in type.Type.Properties)
                wanted.Enqueue(property.Type);
            var name = type.Name + "Apply";
            yield return new ApplyModel(kind.Namespace, name, type.Type.Name, IsPublic: true, Members(type, [name]).ToEquatableArray());
        }
    }

    private static IEnumerable<(PropertyModel Property, string Description)> Wanted(ImportedType type)
        => type.Type.Properties.Zip(type.MemberDescriptions, static (p, d) => (p, d)).Where(m => !type.Type.IsKind || !NotWanted.Contains(m.p.JsonName));

    private static IEnumerable<ApplyMember> Members(ImportedType type, HashSet<string> names)
    {
        foreach (var (property, description) in Wanted(type))
        {
            var name = Identifiers.Unique(property.Name, names);
            var summary = description.Length > 0 ? description : $"The member {property.JsonName}.";
            yield return new ApplyMember(ApplyTypes.Property(name, property.JsonName, Detached(property.Type)), Literals.Xml(summary));
        }
    }

    /// <summary>The type with its JSON beside it, where apply records look for their twins.</summary>
    private static TypeRef Detached(TypeRef type) => type with
    {
        Json = type.Shape == Shape.Record ? type.Name + "Json" : type.Json,
        Item = type.Item is null ? null : Detached(type.Item),
    };
}
