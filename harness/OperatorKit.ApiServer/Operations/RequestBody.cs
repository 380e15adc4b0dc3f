using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>A decoded body: the object, and the paths of members that stood in it twice.</summary>
internal sealed record RequestBody(JsonObject Value, ImmutableArray<string> DuplicateFields)
{
    /// <summary>What a body of YAML has instead of duplicate fields, see <see cref="ParsedJson.RepeatedKeys"/>.</summary>
    public ImmutableArray<string> RepeatedKeys { get; init; } = [];

    /// <summary>What was wrong with the patch that the object comes from.</summary>
    public ImmutableArray<string> PatchProblems { get; init; } = [];

    public static implicit operator RequestBody(JsonObject value) => new(value, []);
}
