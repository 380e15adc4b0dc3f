using System.Linq;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the manifests as constants, from where the build task writes them to files.</summary>
internal static class ManifestEmitter
{
    /// <summary>The constant of a record that holds its definition, for the manifests of operators in other assemblies.</summary>
    public const string DefinitionConstant = "CustomResourceDefinitionYaml";

    private const string Space = "OperatorKit.Generated";

    /// <summary>The definition of one kind; with <paramref name="converter"/> the operator converts between its versions.</summary>
    public static string EmitDefinition(KindModel kind, OperatorOptions? converter)
    {
        var writer = EmittedFile.Start(Space);
        writer.Open("internal static partial class Manifests");
        if (converter is null)
            Reference(writer, new Definition(kind));
        else
            Constant(writer, new Definition(kind).Name, new Definition(kind).Path, YamlWriter.Document(CustomResourceDefinition.Of(kind, converter)));
        writer.Close();
        return writer.ToString();
    }

    /// <summary>The definition as JSON and YAML, in each of its records; all but the storage version refer to that one.</summary>
    public static string EmitTexts(KindModel kind)
    {
        var writer = SourceWriter.File();
        foreach (var version in kind.Versions)
        {
            if (version.IsStorage)
                Texts(writer, version, Literals.Raw(JsonText.Write(CustomResourceDefinition.Of(kind))) + "u8;", Literals.Raw(YamlWriter.Document(CustomResourceDefinition.Of(kind))) + ";");
            else
                Texts(writer, version, $"    {kind.Storage.CSharp}.CustomResourceDefinitionJson;", $"    {kind.Storage.CSharp}.{DefinitionConstant};");
        }

        return writer.ToString();
    }

    /// <summary>No definition: the record still compiles, so that the compiler comes to the analyzer which says why.</summary>
    public static string EmitNoTexts(ResourceModel resource)
    {
        var writer = SourceWriter.File();
        Texts(writer, resource, "    default;", "    \"\";");
        return writer.ToString();
    }

    /// <summary>Access, workload, and everything in the order in which it has to be applied.</summary>
    public static string EmitOperator(OperatorModel model)
    {
        var own = KindModel.Group(model.Resources).Select(static k => new Definition(k)).ToList();
        var brought = model.Registrations.Where(static r => r.Resource.BringsDefinition).Select(static r => new Definition(r.Resource)).Distinct().Except(own).ToList();
        var writer = EmittedFile.Start(Space);
        writer.Summary("The manifests of this operator, which the build writes to files.");
        writer.Open("internal static partial class Manifests");
        var options = model.Options;
        Part(writer, "Namespace", YamlWriter.Document(DeploymentManifest.Namespace(options)));
        Part(writer, "ServiceAccount", YamlWriter.Document(DeploymentManifest.ServiceAccount(options)));
        var hasWebhooks = WebhookManifest.IsNeeded(model);
        var configurations = string.Concat(WebhookManifest.Configurations(model).Select(YamlWriter.Document));
        Part(writer, "Workload", YamlWriter.Document(DeploymentManifest.Deployment(options, hasWebhooks)));
        if (hasWebhooks)
        {
            Part(writer, "WebhookService", YamlWriter.Document(WebhookManifest.Service(options)));
            Part(writer, "WebhookConfigurations", configurations);
            writer.Line("[global::OperatorKit.ManifestFile(\"webhooks.yaml\")]");
            writer.Line("internal const string Webhooks = WebhookService + WebhookConfigurations;");
            writer.Line();
        }

        Constant(writer, "Rbac", "rbac.yaml", string.Concat(AccessManifest.Of(model).Select(YamlWriter.Document)));
        writer.Line();
        writer.Line("[global::OperatorKit.ManifestFile(\"deployment.yaml\")]");
        writer.Line("internal const string Deployment = Namespace + ServiceAccount + Workload;");
        writer.Line();
        writer.Line("[global::OperatorKit.ManifestFile(\"install.yaml\")]");
        var definitions = string.Concat(own.Concat(brought).Select(static d => d.Name + " + "));
        writer.Line($"internal const string Install = Namespace + {definitions}ServiceAccount + Rbac + {(hasWebhooks ? "WebhookService + Workload + WebhookConfigurations" : "Workload")};");
        foreach (var definition in brought)
        {
            writer.Line();
            Reference(writer, definition);
        }

        writer.Close();
        return writer.ToString();
    }

    private static void Texts(SourceWriter writer, ResourceModel resource, string json, string yaml)
    {
        if (resource.Namespace.Length > 0)
            writer.Open("namespace " + resource.Namespace);
        writer.Open($"partial record {resource.Name}");
        writer.Summary("The CustomResourceDefinition of the kind, with all its versions, as YAML.");
        writer.Line($"public const string {DefinitionConstant} =");
        writer.Line(yaml);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static global::System.ReadOnlySpan<byte> CustomResourceDefinitionJson =>");
        writer.Line(json);
        writer.Close();
        if (resource.Namespace.Length > 0)
            writer.Close();
    }

    /// <summary>A manifest whose text is the constant of a record.</summary>
    private static void Reference(SourceWriter writer, Definition definition)
    {
        writer.Line($"[global::OperatorKit.ManifestFile({Literals.Quote(definition.Path)})]");
        writer.Line($"internal const string {definition.Name} = {definition.CSharp}.{DefinitionConstant};");
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

    /// <summary>The definition of a kind among the manifests: the record that holds it, and what the API calls it.</summary>
    private sealed record Definition(string CSharp, string Group, string Plural)
    {
        public Definition(KindModel kind)
            : this(kind.Storage.CSharp, kind.Storage.Group, kind.Storage.Plural)
        {
        }

        public Definition(HandledKind kind)
            : this(kind.CSharp, kind.Group, kind.Plural)
        {
        }

        /// <summary>File below the manifest directory, named as controller-gen does.</summary>
        public string Path => $"crds/{Group}_{Plural}.yaml";

        /// <summary>Name of the constant.</summary>
        public string Name => "Crd_" + new string([.. (Plural + "_" + Group).Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);
    }
}
