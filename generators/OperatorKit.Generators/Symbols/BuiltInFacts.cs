using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorKit.Generators.BuiltIns;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// What Kubernetes demands of its own types and their C# records do not say: required members, defaults, keys of lists, and what
/// apply treats as a whole. It comes from the schema data that the records come from.
/// </summary>
internal static class BuiltInFacts
{
    private static readonly Lazy<IReadOnlyDictionary<string, JsonNode>> Definitions = new(Load);

    /// <summary>Completes the schema of a built-in type.</summary>
    /// <param name="name">Its simple C# name, as in <c>V1PodSpec</c>.</param>
    /// <param name="schema">What its record says.</param>
    public static TypeSchema Refine(string name, TypeSchema schema)
    {
        if (!Definitions.Value.TryGetValue(name, out var definition))
            return schema;
        var fields = definition.List("fields").ToDictionary(static f => BuiltInNames.Member(f.String("name")!));
        return schema with
        {
            IsAtomic = definition.String("mapType") == "atomic",
            Members = schema.Members.Select(m => fields.TryGetValue(m.Name, out var field) ? Refine(m, field) : m).ToEquatableArray(),
        };
    }

    private static MemberSchema Refine(MemberSchema member, JsonNode field) => member with
    {
        JsonName = field.String("name")!,
        IsRequired = field.Flag("required"),
        Default = field.Flag("required") ? null : Default(field["default"]),
        Constraints = member.Constraints with
        {
            Atomic = field.String("listType") == "atomic" || field.String("mapType") == "atomic",
            UniqueItems = field.String("listType") == "set",
            ListKeys = field.List("listMapKeys").Select(static k => k.Text).ToEquatableArray(),
        },
    };

    /// <summary>An empty object as a default only says that the server always writes the member.</summary>
    private static Node? Default(JsonNode? value) => value?.Kind switch
    {
        JsonNodeKind.String => value.Text,
        JsonNodeKind.Number or JsonNodeKind.Boolean => Node.Number(value.Text),
        _ => null,
    };

    private static IReadOnlyDictionary<string, JsonNode> Load()
    {
        using var stream = typeof(BuiltInFacts).Assembly.GetManifestResourceStream("kubernetes.schema.json")!;
        using var reader = new StreamReader(stream);
        return BuiltInSchema.Definitions(JsonParser.Parse(reader.ReadToEnd()));
    }
}
