using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the manifests as constants, from where the build task writes them to files.</summary>
internal static class ManifestEmitter
{
    private const string Space = "OperatorKit.Generated";

    /// <summary>The definition of one kind.</summary>
    public static string EmitDefinition(KindModel kind)
    {
        var writer = EmittedFile.Start(Space);
        writer.Open("internal static partial class Manifests");
        Constant(writer, ConstantName(kind), kind.Path, YamlWriter.Document(CustomResourceDefinition.Of(kind)));
        writer.Close();
        return writer.ToString();
    }

    /// <summary>The definition as JSON, in each of its records; all but the storage version refer to that one.</summary>
    public static string EmitJson(KindModel kind)
    {
        var writer = SourceWriter.File();
        foreach (var version in kind.Versions)
        {
            Json(writer, version, version.IsStorage
                ? Literals.Raw(JsonText.Write(CustomResourceDefinition.Of(kind))) + "u8;"
                : $"    {kind.Storage.CSharp}.CustomResourceDefinitionJson;");
        }

        return writer.ToString();
    }

    /// <summary>No definition: the record still compiles, so that the compiler comes to the analyzer which says why.</summary>
    public static string EmitNoJson(ResourceModel resource)
    {
        var writer = SourceWriter.File();
        Json(writer, resource, "    default;");
        return writer.ToString();
    }

    /// <summary>Access, workload, and everything in the order in which it has to be applied.</summary>
    public static string EmitOperator(OperatorModel model, IReadOnlyList<KindModel> kinds)
    {
        var writer = EmittedFile.Start(Space);
        writer.Summary("The manifests of this operator, which the build writes to files.");
        writer.Open("internal static partial class Manifests");
        var options = model.Options;
        Part(writer, "Namespace", YamlWriter.Document(DeploymentManifest.Namespace(options)));
        Part(writer, "ServiceAccount", YamlWriter.Document(DeploymentManifest.ServiceAccount(options)));
        Part(writer, "Workload", YamlWriter.Document(DeploymentManifest.Deployment(options)));
        Constant(writer, "Rbac", "rbac.yaml", string.Concat(AccessManifest.Of(model).Select(YamlWriter.Document)));
        writer.Line();
        writer.Line("[global::OperatorKit.ManifestFile(\"deployment.yaml\")]");
        writer.Line("internal const string Deployment = Namespace + ServiceAccount + Workload;");
        writer.Line();
        writer.Line("[global::OperatorKit.ManifestFile(\"install.yaml\")]");
        var definitions = string.Concat(kinds.Select(static k => ConstantName(k) + " + "));
        writer.Line($"internal const string Install = Namespace + {definitions}ServiceAccount + Rbac + Workload;");
        writer.Close();
        return writer.ToString();
    }

    private static void Json(SourceWriter writer, ResourceModel resource, string value)
    {
        if (resource.Namespace.Length > 0)
            writer.Open("namespace " + resource.Namespace);
        writer.Open($"partial record {resource.Name}");
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static global::System.ReadOnlySpan<byte> CustomResourceDefinitionJson =>");
        writer.Line(value);
        writer.Close();
        if (resource.Namespace.Length > 0)
            writer.Close();
    }

    private static void Constant(SourceWriter writer, string name, string path, string text)
    {
        writer.Line($"[global::OperatorKit.ManifestFile({Literals.Quote(path)})]");
        writer.Line($"internal const string {name} =");
        writer.Line(Literals.Raw(text) + ";");
    }

    private static void Part(SourceWriter writer, string name, string text)
    {
        writer.Line($"private const string {name} =");
        writer.Line(Literals.Raw(text) + ";");
        writer.Line();
    }

    private static string ConstantName(KindModel kind)
    {
        var text = Naming.PluralName(kind.Storage.Kind) + "_" + kind.Storage.Group;
        return new string([.. text.Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);
    }
}
