using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>The wire form of a field set in <c>metadata.managedFields[].fieldsV1</c>.</summary>
internal static class FieldsV1
{
    private const string Self = ".";

    public static JsonObject Write(FieldSet set) => WriteChildren(set, new JsonObject.Builder());

    /// <exception cref="JsonSyntaxException">An element of a path cannot be read.</exception>
    public static FieldSet Read(JsonObject fields) => Read(fields, isMember: false);

    private static JsonObject WriteChildren(FieldSet set, JsonObject.Builder into)
    {
        foreach (var (element, child) in set.Children.OrderBy(static child => child.Key, StringComparer.Ordinal))
        {
            var below = new JsonObject.Builder();
            if (child.IsMember && child.HasChildren)
                below[Self] = JsonObject.Empty;
            into[element] = WriteChildren(child, below);
        }

        return into.Build();
    }

    private static FieldSet Read(JsonObject fields, bool isMember)
    {
        var children = new List<KeyValuePair<string, FieldSet>>(fields.Count);
        foreach (var (key, value) in fields)
        {
            if (key == Self || PathElement.Parse(key) is not { } element)
                continue;
            var below = value as JsonObject ?? JsonObject.Empty;
            var child = Read(below, below.ContainsKey(Self));
            children.Add(new(element, child.HasChildren ? child : FieldSet.Leaf));
        }

        return FieldSet.Of(isMember, children);
    }
}
