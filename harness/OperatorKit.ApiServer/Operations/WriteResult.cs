using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>The answer to a write.</summary>
/// <param name="Object">The object in the version of the request, or a Status.</param>
/// <param name="Created">Whether it was made by this request: 201 instead of 200.</param>
internal sealed record WriteResult(JsonObject Object, bool Created);
