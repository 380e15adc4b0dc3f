using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>The order in which the members of a document come.</summary>
internal static class DocumentOrder
{
    /// <summary>The paths of members, those first that come first in the document.</summary>
    public static IReadOnlyList<string> Of(JsonObject document, IReadOnlyList<string> paths)
    {
        if (paths.Count < 2)
            return paths;
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        Visit(document, null);
        return [.. paths.OrderBy(path => positions.GetValueOrDefault(path, int.MaxValue))];

        void Visit(JsonValue value, FieldPath? at)
        {
            switch (value)
            {
                case JsonObject obj:
                    foreach (var (key, member) in obj)
                        Place(member, at.Then(key));
                    break;
                case JsonArray array:
                    for (var i = 0; i < array.Count; i++)
                        Place(array[i], at.Then(i));
                    break;
            }
        }

        // What leads to none of the paths is not gone through.
        void Place(JsonValue value, FieldPath at)
        {
            var text = at.ToString();
            if (!paths.Any(path => path.StartsWith(text, StringComparison.Ordinal)))
                return;
            positions.TryAdd(text, positions.Count);
            Visit(value, at);
        }
    }
}
