using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>Finds out where in a document an error is. Readers keep no path of their own: it is found by reading again, and only then.</summary>
internal static class JsonFault
{
    public static JsonException Locate(Utf8JsonReader start, long position, Exception exception)
    {
        // A document inside a document has located the error from its own root.
        var cause = exception is JsonException { Path: not null, InnerException: { } inner } ? inner : exception;
        var path = PathTo(start, position);
        return new JsonException($"{path}: {cause.Message}", path, null, null, cause);
    }

    private static string PathTo(Utf8JsonReader reader, long position)
    {
        var steps = new List<Step>();
        try
        {
            do
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        steps[^1] = steps[^1] with { Name = reader.GetString() };
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        steps.RemoveAt(steps.Count - 1);
                        break;
                    case JsonTokenType.None:
                        break;
                    default:
                        if (steps.Count > 0 && steps[^1].Index is { } index)
                            steps[^1] = steps[^1] with { Index = index + 1 };
                        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.TokenStartIndex < position)
                            steps.Add(new Step(null, reader.TokenType == JsonTokenType.StartArray ? -1 : null));
                        break;
                }
            }
            while (reader.TokenStartIndex < position && reader.Read());
        }
        catch (JsonException)
        {
            // The text breaks here: the path so far is the place.
        }

        return Format(steps);
    }

    private static string Format(List<Step> steps)
    {
        var path = new StringBuilder("$");
        foreach (var step in steps)
        {
            if (step.Index is { } index)
                path.Append('[').Append(Math.Max(index, 0).ToString(CultureInfo.InvariantCulture)).Append(']');
            else if (step.Name is { } name)
                path.Append(IsPlain(name) ? $".{name}" : $"['{name}']");
        }

        return path.ToString();
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');

    private readonly record struct Step(string? Name, int? Index);
}
