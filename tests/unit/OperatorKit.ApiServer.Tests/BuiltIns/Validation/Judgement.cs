using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

/// <summary>What the server says of an object of a built-in kind, one problem after the other.</summary>
internal static class Judgement
{
    public static string Of(string group, string plural, string json, string? old = null)
    {
        var type = BuiltInResources.All.Single(candidate => candidate.Group == group && candidate.Plural == plural);
        var errors = ObjectSchemas.Validate(type, type.StorageVersion, Read(json), old is null ? null : Read(old));
        return string.Join(" | ", errors.Select(error => error.ToString()));

        JsonObject Read(string text)
        {
            var body = (JsonObject)JsonParser.Parse(System.Text.Encoding.UTF8.GetBytes(text.Replace('\'', '"'))).Value;
            return ObjectSchemas.Complete(type, type.StorageVersion, TypedDecoder.Decode(body, type.StorageVersion.Schema).Value);
        }
    }
}
