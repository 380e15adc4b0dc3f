using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.Testing.Simulations.Specs;
using OperatorKit.Watching;
using OperatorKit.Webhooks;
using OperatorKit.Webhooks.Admission;
using OperatorKit.Webhooks.Serving;

namespace OperatorKit.Testing.Simulations;

/// <summary>The operator under test and what is known of it.</summary>
internal sealed class Subject
{
    private static readonly WebhookAddress Address = new("default", WebhookNames.Service(Replica.OperatorName), null);

    private static readonly JsonObject Conversion = JsonObject.Of(
        ("strategy", "Webhook"),
        ("webhook", JsonObject.Of(
            ("clientConfig", Parse(Address.ClientConfig(WebhookNames.ConversionPath, "", writesNulls: false).ToJsonString())),
            ("conversionReviewVersions", JsonArray.Of(["v1"])))));

    public Subject(Action<OperatorBuilder> configure, SimulationOptions options)
    {
        Configure = configure;
        Options = options;
        var builder = new OperatorBuilder(new OperatorOptions());
        configure(builder);
        Kinds = [.. builder.Controllers.Select(registration => new HandledKind(registration, options.SpecGenerators))];
        if (Kinds.Count == 0)
            throw new InvalidOperationException("The operator has no controllers. Add one, as in: operators => operators.AddSimpleAppOperator().");
        Conversions = builder.Conversions;
        Definitions =
        [
            .. Conversions.Select(static conversion => Parse(conversion.DefinitionJson).WithAt(["spec", "conversion"], Conversion))
                .Concat(Kinds.Select(static kind => kind.Definition))
                .Concat(options.Definitions.Select(static definition => Parse(definition.Span)))
                .DistinctBy(static definition => definition.StringAt("metadata", "name")),
        ];
        Webhooks = builder.Webhooks;
        var operatorOptions = new OperatorOptions();
        options.Configure?.Invoke(operatorOptions);
        Namespaces = new NamespaceSet(operatorOptions.Namespaces).Names;
        WebhookConfigurations =
        [
            .. WebhookConfiguration.Of(Replica.OperatorName, Webhooks, Namespaces, static path => Address.ClientConfig(path, "", writesNulls: false))
                .Select(static configuration => Parse(configuration.Content.ToJsonString())),
        ];
    }

    public Action<OperatorBuilder> Configure { get; }

    public SimulationOptions Options { get; }

    /// <summary>What the operator handles, one entry a controller.</summary>
    public IReadOnlyList<HandledKind> Kinds { get; }

    /// <summary>The CustomResourceDefinitions that the operator needs.</summary>
    public IReadOnlyList<JsonObject> Definitions { get; }

    /// <summary>The operator's admission webhooks.</summary>
    public IReadOnlyList<WebhookRegistration> Webhooks { get; }

    /// <summary>The kinds whose objects the operator converts.</summary>
    public IReadOnlyList<KindConversion> Conversions { get; }

    /// <summary>What tells the API server of the admission webhooks.</summary>
    public IReadOnlyList<JsonObject> WebhookConfigurations { get; }

    /// <summary>The namespaces that its webhooks are asked about; none for all, also where they are given by patterns.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    public bool HasWebhooks => Webhooks.Count + Conversions.Count > 0;

    private static JsonObject Parse(ReadOnlySpan<byte> json) => (JsonObject)JsonParser.Parse(json).Value;

    private static JsonObject Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));
}
