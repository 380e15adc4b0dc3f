using System.Text.Json.Nodes;
using OperatorKit.Webhooks.Json;

namespace OperatorKit;

/// <summary>One version of a kind, with the way to the stored version and back.</summary>
internal abstract record ConversionStep(ResourceDefinition Definition)
{
    /// <summary>An object of this version as another version.</summary>
    public abstract JsonObject Convert(JsonObject resource, ConversionStep to);

    /// <summary>What the record of this version knows of an object.</summary>
    public abstract JsonObject Known(JsonObject resource);
}

internal sealed record ConversionStep<TStored>(
    ResourceDefinition Definition, Func<JsonNode, TStored> ToStored, Func<TStored, JsonObject> FromStored, Func<JsonObject, JsonObject> Reread)
    : ConversionStep(Definition)
{
    public override JsonObject Convert(JsonObject resource, ConversionStep to)
    {
        var before = Reread(resource);
        var after = ((ConversionStep<TStored>)to).FromStored(ToStored(resource));
        var converted = (JsonObject)UnknownMembers.Convert(resource, before, after)!;
        // The server takes labels and annotations from here and keeps all other metadata itself.
        converted["metadata"] = Metadata(resource["metadata"] as JsonObject ?? [], before["metadata"] as JsonObject ?? [], after["metadata"] as JsonObject ?? []);
        return converted;
    }

    public override JsonObject Known(JsonObject resource) => Reread(resource);

    private static JsonObject Metadata(JsonObject raw, JsonObject before, JsonObject after)
    {
        var result = (JsonObject)raw.DeepClone();
        foreach (var name in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (JsonNode.DeepEquals(before[name], after[name]))
                continue;
            if (after[name] is { } value)
                result[name] = value.DeepClone();
            else
                result.Remove(name);
        }

        return result;
    }
}
