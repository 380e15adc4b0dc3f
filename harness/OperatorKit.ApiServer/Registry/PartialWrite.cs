using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Registry;

/// <summary>How a subresource writes its part of an object.</summary>
/// <param name="Merge">Given (changed, stored): the stored object with that part of the changed one. The metadata is not its concern.</param>
/// <param name="Validate">Given (merged, stored): what is wrong with the change of that part.</param>
internal sealed record PartialWrite(Func<JsonObject, JsonObject, JsonObject> Merge, Func<JsonObject, JsonObject, IEnumerable<FieldError>> Validate)
{
    /// <summary>What of the metadata may change with it.</summary>
    public StatusMetadataRule Metadata { get; init; } = StatusMetadataRule.Nothing;
}
