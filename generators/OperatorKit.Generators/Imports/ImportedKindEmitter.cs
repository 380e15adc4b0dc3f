using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Json;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Imports;

/// <summary>Emits the records of an imported kind, in the shape of the built-in ones.</summary>
internal static class ImportedKindEmitter
{
    public static string Emit(ImportedKind kind)
    {
        var writer = EmittedFile.Start(kind.Namespace);
        for (var i = 0; i < kind.Types.Count; i++)
        {
            if (i > 0)
                writer.Line();
            EmitType(writer, kind, kind.Types[i]);
        }

        return writer.ToString();
    }

    /// <summary>The apply records of a kind and of the types that it reaches.</summary>
    public static string EmitApply(ImportedKind kind)
    {
        var writer = EmittedFile.Start(kind.Namespace);
        ApplyEmitter.Emit(writer, kind.Client);
        foreach (var type in ImportedApply.Types(kind))
        {
            writer.Line();
            ApplyEmitter.Emit(writer, type);
        }

        return writer.ToString();
    }

    private static void EmitType(SourceWriter writer, ImportedKind kind, ImportedType type)
    {
        var isKind = type.Type.IsKind;
        writer.Summary(Literals.Xml(type.Description ?? (isKind ? $"The kind {kind.Kind} of {kind.Group}/{kind.Version}." : $"A part of {kind.Kind}.")));
        writer.Line(EmittedFile.GeneratedCode);
        writer.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof(global::OperatorKit.Serialization.JsonModelConverter<{type.Type.Name}>))]");
        writer.Open($"public sealed partial record {type.Name} : global::OperatorKit.{(isKind ? "IKubernetesResource" : "IJsonModel")}<{type.Type.Name}>");
        if (isKind)
            EmitDefinition(writer, kind);
        for (var i = 0; i < type.Type.Properties.Count; i++)
        {
            var property = type.Type.Properties[i];
            var initializer = property switch
            {
                { Constant: { } constant } => $" = {Literals.Quote(constant)};",
                { HasDefault: true } => " = new();",
                _ => "",
            };
            if (type.MemberDescriptions[i].Length > 0)
                writer.Summary(Literals.Xml(type.MemberDescriptions[i]));
            else if (isKind && i < 3)
                writer.Line("/// <inheritdoc/>");
            writer.Line($"public {property.Type.Declaration} {property.Name} {{ get; set; }}{initializer}");
            writer.Line();
        }

        JsonEmitter.EmitMembers(writer, type.Type);
        writer.Close();
    }

    private static void EmitDefinition(SourceWriter writer, ImportedKind kind)
    {
        writer.Line($"public const string KubeGroup = {Literals.Quote(kind.Group)};");
        writer.Line($"public const string KubeApiVersion = {Literals.Quote(kind.Version)};");
        writer.Line($"public const string KubeKind = {Literals.Quote(kind.Kind)};");
        writer.Line($"public const string KubePluralName = {Literals.Quote(kind.Plural)};");
        writer.Line($"public const string KubeScope = \"{(kind.IsClusterScoped ? "Cluster" : "Namespaced")}\";");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open("public static global::OperatorKit.ResourceDefinition Definition { get; } = new()");
        writer.Line("Group = KubeGroup,");
        writer.Line("Version = KubeApiVersion,");
        writer.Line("Kind = KubeKind,");
        writer.Line("Plural = KubePluralName,");
        writer.Line($"Scope = global::OperatorKit.ResourceScope.{(kind.IsClusterScoped ? "Cluster" : "Namespaced")},");
        writer.Line($"HasStatus = {(kind.HasStatus ? "true" : "false")},");
        writer.Line($"HasScale = {(kind.HasScale ? "true" : "false")},");
        writer.Close(";");
        writer.Line();
    }
}
