using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Json;

/// <summary>A parsed document. Of members with one name the last counts.</summary>
/// <param name="Value">The document.</param>
/// <param name="DuplicateFields">The paths of members that stood in it twice, in order of appearance: <c>spec.items[0].k</c>.</param>
internal sealed record ParsedJson(JsonValue Value, ImmutableArray<string> DuplicateFields)
{
    /// <summary>What a YAML document has instead of duplicate fields: <c>line 8: key "k" already set in map</c>.</summary>
    public ImmutableArray<string> RepeatedKeys { get; init; } = [];
}
