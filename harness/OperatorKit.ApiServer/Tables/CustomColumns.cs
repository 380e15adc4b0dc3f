using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of a custom resource: its name, and what its definition says.</summary>
internal static class CustomColumns
{
    public static TableLayout Layout(JsonArray? printerColumns) => printerColumns is { Count: > 0 }
        ? new TableLayout([Cells.Name, .. printerColumns.OfType<JsonObject>().Select(Column)])
        : new TableLayout(Cells.Name, Cells.AgeDate);

    private static TableColumn Column(JsonObject definition)
    {
        var path = definition.StringAt("jsonPath") ?? "";
        var type = definition.StringAt("type") ?? "string";
        return new TableColumn(
            definition.StringAt("name") ?? "",
            type,
            definition.StringAt("description") is { Length: > 0 } description ? description : $"Custom resource definition column (in JSONPath format): {path}",
            (int)(definition.LongAt("priority") ?? 0),
            CellAt(path, type))
        {
            Format = definition.StringAt("format") ?? "",
        };
    }

    private static Func<JsonObject, DateTimeOffset, JsonValue> CellAt(string text, string type)
    {
        try
        {
            var path = JsonPath.Parse(text);
            return (obj, now) => path.Find(obj).FirstOrDefault() is { } value ? Cell(value, type, now) : JsonValue.Null;
        }
        catch (FormatException)
        {
            return static (_, _) => JsonValue.Null;
        }
    }

    private static JsonValue Cell(JsonValue value, string type, DateTimeOffset now) => (type, value) switch
    {
        ("string", JsonString) => value,
        ("string", JsonNull) => "<nil>",
        ("string", _) => value.ToString(),
        ("integer", JsonNumber number) => number.TryGetInt64(out _) ? number : (long)number.AsDouble(),
        ("number", JsonNumber) or ("boolean", JsonBool) => value,
        ("date", JsonString date) => HumanDuration.Since(date.Value, now),
        _ => JsonValue.Null,
    };
}
