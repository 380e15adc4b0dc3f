using System.Text.Json;

namespace OperatorKit.Dispatch;

/// <summary>Whether an object already has all that an apply asks for.</summary>
internal static class JsonSubset
{
    /// <summary>Whether applying one document to another would change nothing. May say no where it would not: that costs a request, no more.</summary>
    public static bool Holds(ReadOnlyMemory<byte> wanted, ReadOnlyMemory<byte> actual)
    {
        using var left = JsonDocument.Parse(wanted);
        using var right = JsonDocument.Parse(actual);
        return Holds(left.RootElement, right.RootElement);
    }

    private static bool Holds(JsonElement wanted, JsonElement actual)
    {
        if (wanted.ValueKind != actual.ValueKind)
            return false;
        return wanted.ValueKind switch
        {
            JsonValueKind.Object => HasMembers(wanted, actual),
            JsonValueKind.Array => HasItems(wanted, actual),
            JsonValueKind.String => wanted.ValueEquals(actual.GetString()),
            JsonValueKind.Number => wanted.GetRawText() == actual.GetRawText(),
            _ => true,
        };
    }

    private static bool HasMembers(JsonElement wanted, JsonElement actual)
    {
        foreach (var member in wanted.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out var value) || !Holds(member.Value, value))
                return false;
        }

        return true;
    }

    private static bool HasItems(JsonElement wanted, JsonElement actual)
    {
        if (wanted.GetArrayLength() != actual.GetArrayLength())
            return false;
        for (var i = 0; i < wanted.GetArrayLength(); i++)
        {
            if (!Holds(wanted[i], actual[i]))
                return false;
        }

        return true;
    }
}
