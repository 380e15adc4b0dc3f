using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>Removes the fields of a custom resource that its schema does not have.</summary>
internal sealed class Pruning
{
    private readonly List<string> _unknown = [];
    private readonly List<string> _unknownInMetadata = [];
    private readonly List<string> _unknownInEmbeddedMetadata = [];

    private Pruning()
    {
    }

    /// <summary>Prunes a whole object; apiVersion, kind and metadata always stay, and metadata loses what object metadata does not have.</summary>
    /// <exception cref="DecodingException">The metadata is not object metadata.</exception>
    public static DecodedObject Prune(JsonObject obj, StructuralSchema schema)
    {
        var pruning = new Pruning();
        var result = pruning.Object(obj, schema with { EmbeddedResource = true }, null);
        return new DecodedObject(result, [.. pruning._unknownInMetadata.Order(StringComparer.Ordinal), .. pruning._unknown.Order(StringComparer.Ordinal), .. pruning._unknownInEmbeddedMetadata.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Prunes a value inside an object, such as a default. Gives the paths of what went.</summary>
    public static (JsonValue Value, ImmutableArray<string> UnknownFields) Prune(JsonValue value, StructuralSchema schema)
    {
        var pruning = new Pruning();
        var result = pruning.Value(value, schema, null);
        return (result, [.. pruning._unknown.Order(StringComparer.Ordinal)]);
    }

    private JsonValue Value(JsonValue value, StructuralSchema? schema, FieldPath? path) => value switch
    {
        JsonObject obj => Object(obj, schema, path),
        JsonArray array => Array(array, schema, path),
        JsonNumber number => number.Canonical(),
        _ => value,
    };

    private JsonObject Object(JsonObject obj, StructuralSchema? schema, FieldPath? path)
    {
        var result = obj;
        foreach (var (key, value) in obj)
        {
            var member = path.Then(key);
            if (schema?.EmbeddedResource == true && key is "apiVersion" or "kind" or "metadata")
                result = key == "metadata" ? result.With(key, Metadata(value, member)) : result;
            else if (schema?.Property(key) is { } property)
                result = result.With(key, Value(value, property.Schema, member));
            else if (schema?.AdditionalProperties is { } values)
                result = result.With(key, Value(value, values, member));
            else if (schema?.PreserveUnknownFields != true)
                result = Dropped(result, key, member);
        }

        return result;
    }

    private JsonArray Array(JsonArray array, StructuralSchema? schema, FieldPath? path)
    {
        if (schema?.PreserveUnknownFields == true && schema.Items is null)
            return array;
        var items = array.Items.ToBuilder();
        for (var i = 0; i < items.Count; i++)
            items[i] = Value(items[i], schema?.Items, path.Then(i));
        return new JsonArray(items.DrainToImmutable());
    }

    private JsonObject Metadata(JsonValue metadata, FieldPath path)
    {
        if (metadata is not JsonObject obj)
            return metadata is JsonNull ? JsonObject.Empty : throw new DecodingException($"json: cannot unmarshal {metadata.Kind.ToString().ToLowerInvariant()} into Go value of type v1.ObjectMeta");
        var decoded = TypedDecoder.DecodeMetadata(obj, path);
        (path.Parent is null ? _unknownInMetadata : _unknownInEmbeddedMetadata).AddRange(decoded.UnknownFields);
        return decoded.Value;
    }

    private JsonObject Dropped(JsonObject obj, string key, FieldPath path)
    {
        _unknown.Add(path.ToString());
        return obj.Without(key);
    }
}
