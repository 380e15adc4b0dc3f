using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the resolver that gives <c>JsonSerializer</c> the JSON of all records of the assembly.</summary>
internal static class ResolverEmitter
{
    public static string Emit(IReadOnlyList<ResourceModel> resources, IReadOnlyList<TypeSchema> types)
    {
        var writer = EmittedFile.Start("OperatorKit.Generated");
        writer.Line("""
            /// <summary>
            /// Gives <see cref="global::System.Text.Json.JsonSerializer"/> the JSON of this assembly's resources. Combine it with your own contexts:
            /// <c>JsonTypeInfoResolver.Combine(ResourceJsonResolver.Default, MyContext.Default)</c>.
            /// </summary>
            """);
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open("internal sealed class ResourceJsonResolver : global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver");
        writer.Summary("The resolver; it has no state.");
        writer.Line("public static ResourceJsonResolver Default { get; } = new();");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open("public global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options)");
        foreach (var resource in resources)
            Case(resource.CSharp, $"new global::OperatorKit.Serialization.JsonModelConverter<{resource.CSharp}>()");
        foreach (var type in types.Where(static t => !t.IsJsonModel))
            Case(type.CSharp, $"new global::OperatorKit.Serialization.JsonDelegateConverter<{type.CSharp}>({JsonModels.JsonClass(type)}.ReadJson, {JsonModels.JsonClass(type)}.WriteJson)");
        writer.Line("return null;");
        writer.Close();
        writer.Close();
        return writer.ToString();

        void Case(string type, string converter)
        {
            writer.Line($"if (type == typeof({type}))");
            writer.Line($"    return global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.CreateValueInfo<{type}>(options, {converter});");
        }
    }
}
