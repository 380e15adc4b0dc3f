using OperatorKit.Generators.Json;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits apply records, the twins of records for server-side apply: a member that is not set is not sent.</summary>
internal static class ApplyEmitter
{
    /// <summary>The apply record of a kind.</summary>
    public static string Emit(ClientModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        Emit(writer, model);
        return writer.ToString();
    }

    public static void Emit(SourceWriter writer, ClientModel model)
    {
        writer.Summary($"What you want of a <see cref=\"{model.CSharp}\"/>, and no more: members that are not set stay as they are.");
        writer.Line("/// <param name=\"Name\">The name of the object.</param>");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed record {model.ApplyName}(string Name) : global::OperatorKit.Models.IApplyConfiguration<{model.CSharp}>");
        Member("string?", "Namespace", "The namespace of the object; null takes the client's.");
        Member("global::System.Collections.Generic.IReadOnlyDictionary<string, string>?", "Labels", "Labels to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyDictionary<string, string>?", "Annotations", "Annotations to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyList<string>?", "Finalizers", "Finalizers to set; null leaves all to others.");
        Member("global::System.Collections.Generic.IReadOnlyList<global::OperatorKit.Models.V1OwnerReference>?", "OwnerReferences", "Owners to set; null leaves all to others.");
        foreach (var member in model.Wanted)
            Member(Declaration(member.Property), member.Property.Name, member.Summary);
        EmitWrite(writer, model);
        writer.Close();

        void Member(string type, string name, string summary)
        {
            writer.Summary(summary);
            writer.Line($"public {type} {name} {{ get; init; }}");
            writer.Line();
        }
    }

    /// <summary>The apply record of a type inside a kind.</summary>
    public static string Emit(ApplyModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        Emit(writer, model);
        return writer.ToString();
    }

    public static void Emit(SourceWriter writer, ApplyModel model)
    {
        var properties = new PropertyModel[model.Members.Count];
        writer.Summary($"What to set of a <see cref=\"{model.Twin}\"/>; members that are not set stay as they are.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed record {model.Name}");
        for (var i = 0; i < properties.Length; i++)
        {
            properties[i] = model.Members[i].Property;
            if (i > 0)
                writer.Line();
            writer.Summary(model.Members[i].Summary);
            writer.Line($"public {Declaration(properties[i])} {properties[i].Name} {{ get; init; }}");
        }

        writer.Close();
        writer.Line();
        JsonEmitter.EmitWriteClass(writer, new TypeModel(model.Namespace, EmittedFile.Beside(model.Namespace, model.Name), model.Name + "Json", new EquatableArray<PropertyModel>(properties)));
    }

    private static void EmitWrite(SourceWriter writer, ClientModel model)
    {
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
            """);
        foreach (var member in model.Wanted)
            JsonWriteEmitter.EmitMember(writer, member.Property, "this");
        writer.Line("writer.WriteEndObject();");
        writer.Close();
    }

    private static string Declaration(PropertyModel property) => property.IsOptional ? $"global::OperatorKit.Models.Optional<{property.Type.Declaration}>" : property.Type.Declaration;
}
