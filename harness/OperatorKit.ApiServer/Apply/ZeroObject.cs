using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// What a new object is compared with. A built-in kind's zero value already holds its nested structs (<c>spec: {}</c>), so that
/// their creator does not come to own them; a custom resource starts from nothing.
/// </summary>
internal static class ZeroObject
{
    public static JsonObject For(FieldOperation operation)
    {
        var zero = operation.BuiltIn ? TypedDecoder.Decode(JsonObject.Empty, operation.Schema).Value : JsonObject.Empty;
        return zero.With("apiVersion", operation.ApiVersion).With("kind", operation.Kind);
    }
}
