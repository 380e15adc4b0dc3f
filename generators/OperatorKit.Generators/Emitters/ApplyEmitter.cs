using System.Linq;
using OperatorKit.Generators.Json;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits apply records, the twins of records for server-side apply: a member that is not set is not sent.</summary>
internal static class ApplyEmitter
{
    /// <summary>The apply record of a resource.</summary>
    public static string Emit(ResourceModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        writer.Summary($"What you want of a <see cref=\"{model.CSharp}\"/>, and no more: members that are not set stay as they are.");
        writer.Line("/// <param name=\"Name\">The name of the object.</param>");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed record {model.Name}Apply(string Name) : global::OperatorKit.Models.IApplyConfiguration<{model.CSharp}>");
        Member("string?", "Namespace", "The namespace of the object; null takes the client's.");
        Member("global::System.Collections.Generic.IReadOnlyDictionary<string, string>?", "Labels", "Labels to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyDictionary<string, string>?", "Annotations", "Annotations to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyList<string>?", "Finalizers", "Finalizers to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyList<global::OperatorKit.Models.V1OwnerReference>?", "OwnerReferences", "Owners to set; null leaves all to others.");
        var spec = EmittedFile.Beside(model.SpecType.Namespace, ApplyTypes.Name(model.SpecType));
        Member(spec + "?", "Spec", "What to set of the spec; null leaves all of it to others.");
        writer.Line("/// <inheritdoc/>");
        writer.Open("public void WriteJson(global::System.Text.Json.Utf8JsonWriter writer)");
        writer.Line($$"""
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, {{Literals.Quote(model.ApiVersion)}}u8);
            writer.WriteString("kind"u8, {{Literals.Quote(model.Kind)}}u8);
            writer.WritePropertyName("metadata"u8);
            global::OperatorKit.Models.V1ObjectMeta.WriteJson(writer, new global::OperatorKit.Models.V1ObjectMeta
            {
                Name = Name,
                NamespaceProperty = Namespace,
                Labels = Labels is null ? null : new global::System.Collections.Generic.Dictionary<string, string>(Labels),
                Annotations = Annotations is null ? null : new global::System.Collections.Generic.Dictionary<string, string>(Annotations),
                Finalizers = Finalizers is null ? null : [.. Finalizers],
                OwnerReferences = OwnerReferences is null ? null : [.. OwnerReferences],
            });
            if (Spec is { } spec)
            {
                writer.WritePropertyName("spec"u8);
                {{spec}}Json.WriteJson(writer, spec);
            }

            writer.WriteEndObject();
            """);
        writer.Close();
        writer.Close();
        return writer.ToString();

        void Member(string type, string name, string summary)
        {
            writer.Summary(summary);
            writer.Line($"public {type} {name} {{ get; init; }}");
            writer.Line();
        }
    }

    /// <summary>The apply record of a type inside a resource.</summary>
    public static string Emit(TypeSchema type)
    {
        var writer = EmittedFile.Start(type.Namespace);
        var name = ApplyTypes.Name(type);
        var json = new TypeModel(type.Namespace, EmittedFile.Beside(type.Namespace, name), name + "Json", type.Members.Select(Property).ToEquatableArray());
        writer.Summary($"What to set of a <see cref=\"{type.CSharp}\"/>; members that are not set stay as they are.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(type.IsPublic)} sealed record {name}");
        foreach (var (property, member) in json.Properties.Zip(type.Members, static (p, m) => (p, m)))
        {
            if (member != type.Members[0])
                writer.Line();
            writer.Summary(Literals.Xml(member.Description ?? $"See <see cref=\"{member.Name}\"/>."));
            writer.Line($"public {(property.IsOptional ? $"global::OperatorKit.Models.Optional<{property.Type.Declaration}>" : property.Type.Declaration)} {property.Name} {{ get; init; }}");
        }

        writer.Close();
        writer.Line();
        JsonEmitter.EmitWriteClass(writer, json);
        return writer.ToString();
    }

    private static PropertyModel Property(MemberSchema member)
    {
        var isOptional = ApplyTypes.IsOptional(member.Type);
        var type = ApplyTypes.Of(member.Type);
        return new PropertyModel(member.Name, member.JsonName, isOptional ? type : type with { Nullable = true }) { IsOptional = isOptional };
    }
}
