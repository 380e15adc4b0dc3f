using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Webhooks.Json;

namespace OperatorKit;

/// <summary>
/// Converts the objects of a kind between its versions, by way of the version that is stored. Generated as the <c>Kind</c> of each
/// <c>{Record}Conversion</c>.
/// </summary>
public abstract class KindConversion
{
    private protected KindConversion(ResourceDefinition stored) => Stored = stored;

    /// <summary>The stored version.</summary>
    public ResourceDefinition Stored { get; }

    /// <summary>The versions, the stored one first.</summary>
    public IReadOnlyList<ResourceDefinition> Versions => [.. Steps.Values.Select(static step => step.Definition)];

    private protected Dictionary<string, ConversionStep> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts a conversion.</summary>
    /// <typeparam name="TStored">The record of the stored version.</typeparam>
    /// <returns>A conversion that knows the stored version.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static KindConversion<TStored> Of<TStored>()
        where TStored : CustomResource, ICustomResource<TStored> => new();

    /// <summary>
    /// Converts an object. Name, uid and all else that belongs to the server stays as it is, and so do members that the records do not know.
    /// </summary>
    /// <param name="resource">The object; its <c>apiVersion</c> says what it is.</param>
    /// <param name="apiVersion">What it is to be, as in <c>example.com/v2</c>.</param>
    /// <returns>The converted object.</returns>
    /// <exception cref="JsonException">The object does not fit its version, or there is no such version.</exception>
    public JsonObject Convert(JsonObject resource, string apiVersion)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var from = StepOf(resource["apiVersion"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "");
        return from.Definition.ApiVersion == apiVersion ? (JsonObject)resource.DeepClone() : from.Convert(resource, StepOf(apiVersion));
    }

    /// <summary>The object as its record reads it, written again: what of it the record knows.</summary>
    internal JsonObject Known(JsonObject resource) => StepOf((string?)resource["apiVersion"] ?? "").Known(resource);

    /// <summary>The definition of the kind as JSON.</summary>
    internal abstract ReadOnlySpan<byte> DefinitionJson { get; }

    private ConversionStep StepOf(string apiVersion) => Steps.TryGetValue(apiVersion, out var step)
        ? step
        : throw new JsonException($"{Stored.Kind} has no version {apiVersion}: there are {string.Join(", ", Steps.Keys)}.");
}

/// <summary>Converts the objects of a kind between its versions. Made by generated code.</summary>
/// <typeparam name="TStored">The record of the stored version.</typeparam>
public sealed class KindConversion<TStored> : KindConversion
    where TStored : CustomResource, ICustomResource<TStored>
{
    internal KindConversion()
        : base(TStored.Definition) => Steps.Add(
            TStored.Definition.ApiVersion, new ConversionStep<TStored>(TStored.Definition, ModelJson.Read<TStored>, static stored => ModelJson.Write(stored), ModelJson.Known<TStored>));

    internal override ReadOnlySpan<byte> DefinitionJson => TStored.CustomResourceDefinitionJson;

    /// <summary>Adds a version. Called by generated code.</summary>
    /// <typeparam name="T">The record of the version.</typeparam>
    /// <param name="toStored">Converts to the stored version.</param>
    /// <param name="fromStored">Converts from the stored version.</param>
    /// <returns>The same conversion.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public KindConversion<TStored> Add<T>(Func<T, TStored> toStored, Func<TStored, T> fromStored)
        where T : CustomResource, ICustomResource<T>
    {
        Steps.Add(T.Definition.ApiVersion, new ConversionStep<TStored>(
            T.Definition, node => toStored(ModelJson.Read<T>(node)), stored => ModelJson.Write(fromStored(stored)), ModelJson.Known<T>));
        return this;
    }
}
