using OperatorKit.Generators.Json;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>Emits the record of a built-in type.</summary>
internal static class BuiltInEmitter
{
    public static string Emit(BuiltInType type)
    {
        var writer = SourceWriter.File();
        writer.Line($"namespace {BuiltInSchema.Namespace};");
        writer.Line();
        writer.Summary(type.Summary);
        writer.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof(global::OperatorKit.Serialization.JsonModelConverter<{type.Name}>))]");
        writer.Open($"public sealed partial record {type.Name} : {Interfaces(type)}");
        if (type.Resource is { } resource)
            EmitDefinition(writer, resource);
        foreach (var property in type.Type.Properties)
            EmitProperty(writer, property);
        writer.Line();
        JsonEmitter.EmitMembers(writer, type.Type);
        writer.Close();
        return writer.ToString();
    }

    private static string Interfaces(BuiltInType type)
    {
        if (type.Resource is not null)
            return $"global::OperatorKit.IKubernetesResource<{type.Name}>";
        var model = $"global::OperatorKit.IJsonModel<{type.Name}>";
        return type.IsObject ? $"global::OperatorKit.IKubernetesObject, {model}" : model;
    }

    private static void EmitDefinition(SourceWriter writer, BuiltInResource resource)
    {
        writer.Line($"public const string KubeApiVersion = {Literals.Quote(resource.Version)};");
        writer.Line($"public const string KubeKind = {Literals.Quote(resource.Kind)};");
        writer.Line($"public const string KubeGroup = {Literals.Quote(resource.Group)};");
        writer.Line($"public const string KubePluralName = {Literals.Quote(resource.Plural)};");
        writer.Line($"public const string KubeScope = {Literals.Quote(resource.IsNamespaced ? "Namespaced" : "Cluster")};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static global::OperatorKit.ResourceDefinition Definition { get; } = new()");
        writer.Line("{");
        writer.Line("    Group = KubeGroup, Version = KubeApiVersion, Kind = KubeKind, Plural = KubePluralName,");
        writer.Line($"    Scope = global::OperatorKit.ResourceScope.{(resource.IsNamespaced ? "Namespaced" : "Cluster")}, HasStatus = {Bool(resource.HasStatus)}, HasScale = {Bool(resource.HasScale)},");
        writer.Line("};");
        writer.Line();
    }

    private static void EmitProperty(SourceWriter writer, PropertyModel property)
    {
        // Metadata is there without being asked for, but is not made for an object that is about to be read.
        var accessors = property switch
        {
            { Constant: { } constant } => $"{{ get; set; }} = {Literals.Quote(constant)};",
            { HasDefault: true } => "{ get => field ??= new(); set; }",
            _ => "{ get; set; }",
        };
        writer.Line($"public {property.Type.Declaration} {property.Name} {accessors}");
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
