using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>What a definition says and the server makes nothing of: formats of texts that it does not know.</summary>
internal static class DefinitionWarnings
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bsonobjectid", "uri", "email", "hostname", "ipv4", "ipv6", "cidr", "mac", "uuid", "uuid3", "uuid4", "uuid5", "isbn", "isbn10", "isbn13", "creditcard", "ssn",
        "hexcolor", "rgbcolor", "byte", "password", "date", "duration", "datetime", "k8sshortname", "k8slongname",
    };

    public static IEnumerable<string> Of(JsonObject definition, JsonObject? old)
    {
        var before = old is null ? [] : Unknown(old).ToHashSet(StringComparer.Ordinal);
        return Unknown(definition).Where(format => !before.Contains(format)).Select(static format => $"unrecognized format \"{format}\"");
    }

    private static IEnumerable<string> Unknown(JsonObject definition) =>
        (definition.ObjectAt("spec")?.Objects("versions") ?? []).SelectMany(static version => version.ObjectAt("schema", "openAPIV3Schema") is { } schema ? Formats(schema) : []);

    private static IEnumerable<string> Formats(JsonObject schema)
    {
        if (schema.StringAt("format") is { Length: > 0 } format && schema.StringAt("type") is null or "" or "string" && !Known.Contains(format.Replace("-", "", StringComparison.Ordinal)))
            yield return format;
        foreach (var part in Parts(schema).SelectMany(Formats))
            yield return part;
    }

    private static IEnumerable<JsonObject> Parts(JsonObject schema)
    {
        JsonValue?[] single = [schema["items"], schema["additionalProperties"], schema["not"]];
        return single.OfType<JsonObject>()
            .Concat(((string[])["allOf", "oneOf", "anyOf"]).SelectMany(schema.Objects))
            .Concat((schema.ObjectAt("properties") ?? JsonObject.Empty).Select(static property => property.Value).OfType<JsonObject>());
    }
}
