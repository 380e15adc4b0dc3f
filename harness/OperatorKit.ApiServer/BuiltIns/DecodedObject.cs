using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>An object as its schema knows it.</summary>
/// <param name="Value">The object without the fields that the schema does not have.</param>
/// <param name="UnknownFields">The paths of those fields: <c>spec.items[0].zz</c>.</param>
/// <param name="HasEmptyLists">Whether a list or map stands empty in it that storage does not tell from none.</param>
internal sealed record DecodedObject(JsonObject Value, ImmutableArray<string> UnknownFields, bool HasEmptyLists = false);

/// <summary>A value that does not fit the type of its field. The message is the one of Go's decoder.</summary>
internal sealed class DecodingException(string message) : Exception(message);
