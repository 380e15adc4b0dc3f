using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.Dispatch;

namespace OperatorKit.Testing.Simulations.Specs;

/// <summary>A kind that the operator under test handles, as its definition describes it.</summary>
internal sealed class HandledKind
{
    public HandledKind(ControllerRegistration registration, IReadOnlyDictionary<string, Func<Random, JsonObject>> generators)
    {
        Controller = registration.Name;
        Methods = registration.Methods;
        Kind = registration.Definition;
        Definition = (JsonObject)JsonParser.Parse(registration.CustomResourceDefinition.Span).Value;
        Resource = new GroupResource(Kind.Group, Kind.Plural);
        Finalizer = registration.Finalizer;
        var version = Definition.ArrayAt("spec", "versions")!.Items.OfType<JsonObject>().First(version => version.StringAt("name") == Kind.Version);
        var schema = version.ObjectAt("schema", "openAPIV3Schema")?.ObjectAt("properties", "spec");
        MakeSpec = generators.GetValueOrDefault(Kind.QualifiedName) ?? (random => schema is null ? JsonObject.Empty : new RandomValue(random).Make(schema) as JsonObject ?? JsonObject.Empty);
    }

    public string Controller { get; }

    public HandlerMethods Methods { get; }

    public ResourceDefinition Kind { get; }

    public GroupResource Resource { get; }

    /// <summary>The CustomResourceDefinition.</summary>
    public JsonObject Definition { get; }

    /// <summary>The finalizer that the controller adds where it handles deletions.</summary>
    public string Finalizer { get; }

    public Func<Random, JsonObject> MakeSpec { get; }

    /// <summary>Where objects of the kind are, in the default namespace if they are in any.</summary>
    public string Path => PathIn(Kind.ApiVersion);

    /// <summary>The same in another version.</summary>
    public string PathIn(string apiVersion) => Kind.Scope == ResourceScope.Cluster
        ? $"/apis/{apiVersion}/{Kind.Plural}"
        : $"/apis/{apiVersion}/namespaces/default/{Kind.Plural}";

    public JsonObject NewObject(string name, JsonObject spec) => JsonObject.Of(
        ("apiVersion", Kind.ApiVersion), ("kind", Kind.Kind), ("metadata", JsonObject.Of(("name", name))), ("spec", spec));
}
