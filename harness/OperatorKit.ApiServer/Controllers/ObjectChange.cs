using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>One committed write: created where <see cref="Before"/> is null, deleted where <see cref="After"/> is.</summary>
internal sealed record ObjectChange(ObjectKey Key, JsonObject? Before, JsonObject? After)
{
    public bool IsDeletion => After is null;

    /// <summary>The object as it is now, or as it was before it went.</summary>
    public JsonObject Object => After ?? Before!;
}
