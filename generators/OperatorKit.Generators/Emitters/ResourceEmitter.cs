using OperatorKit.Generators.Json;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the other half of the resource record: what the API calls it, and its JSON.</summary>
internal static class ResourceEmitter
{
    public static string Emit(ResourceModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        var json = JsonModels.Of(model);
        writer.Open($"partial record {model.Name} : global::OperatorKit.ICustomResource<{model.CSharp}>");
        EmitIdentity(writer, model);
        writer.Line();
        JsonEmitter.EmitForwarders(writer, json);
        writer.Line();
        EmitStatus(writer, model);
        writer.Close();
        writer.Line();
        JsonEmitter.EmitClass(writer, json);
        return writer.ToString();
    }

    private static void EmitIdentity(SourceWriter writer, ResourceModel model)
    {
        Constant("KubeGroup", model.Group, "API group.");
        Constant("KubeApiVersion", model.Version, "API version, without the group.");
        Constant("KubeKind", model.Kind, "Kind.");
        Constant("KubePluralName", model.Plural, "Plural name: the resource in URLs.");
        Constant("KubeScope", model.IsClusterScoped ? "Cluster" : "Namespaced", "Where objects live.");
        Constant("CrdName", model.QualifiedName, "Name of the CustomResourceDefinition.");
        writer.Line("/// <inheritdoc/>");
        writer.Open("public static global::OperatorKit.ResourceDefinition Definition { get; } = new()");
        writer.Line("Group = KubeGroup,");
        writer.Line("Version = KubeApiVersion,");
        writer.Line("Kind = KubeKind,");
        writer.Line("Plural = KubePluralName,");
        writer.Line($"Scope = global::OperatorKit.ResourceScope.{(model.IsClusterScoped ? "Cluster" : "Namespaced")},");
        writer.Line($"HasStatus = {(model.Status is null ? "false" : "true")},");
        writer.Line($"HasScale = {(model.Scale is null ? "false" : "true")},");
        writer.Close(";");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override string ApiVersion => {Literals.Quote(model.ApiVersion)};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override string Kind => KubeKind;");

        void Constant(string name, string value, string summary)
        {
            writer.Summary(summary);
            writer.Line($"public const string {name} = {Literals.Quote(value)};");
            writer.Line();
        }
    }

    private static void EmitStatus(SourceWriter writer, ResourceModel model)
    {
        writer.Line("/// <inheritdoc/>");
        const string signature = "public static void WriteStatusJson(global::System.Text.Json.Utf8JsonWriter writer, global::OperatorKit.ResourceStatus status) =>";
        writer.Line(signature);
        writer.Line(model.StatusType is { } status
            ? $"    {JsonModels.JsonClass(status)}.WriteJson(writer, ({status.CSharp})status);"
            : $"    throw new global::System.InvalidOperationException(\"{model.Kind} has no status: derive {model.Name} from CustomResource<TSpec, TStatus>.\");");
    }
}
