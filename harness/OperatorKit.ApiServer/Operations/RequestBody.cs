using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>A decoded body: the object, and the paths of members that stood in it twice.</summary>
internal sealed record RequestBody(JsonObject Value, ImmutableArray<string> DuplicateFields)
{
    public static implicit operator RequestBody(JsonObject value) => new(value, []);
}
