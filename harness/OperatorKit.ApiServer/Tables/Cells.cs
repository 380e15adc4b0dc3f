using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>Columns that many kinds share, and the wording of their cells.</summary>
internal static class Cells
{
    public const string None = "<none>";
    public const string Unknown = "<unknown>";
    public const string Unset = "<unset>";

    public static TableColumn Name { get; } = Text("Name", "The name of the object.", static obj => obj.StringAt("metadata", "name")) with { Format = "name" };

    public static TableColumn Age { get; } = new("Age", "string", "How long ago the object was created.", 0, static (obj, now) => HumanDuration.Since(obj.StringAt("metadata", "creationTimestamp"), now));

    /// <summary>The age as custom resources show it when they name no columns.</summary>
    public static TableColumn AgeDate { get; } = Age with { Type = "date" };

    public static TableColumn CreatedAt { get; } = new("Created At", "date", "When the object was created.", 0, static (obj, _) => obj.At("metadata", "creationTimestamp") ?? JsonValue.Null);

    public static TableColumn Containers { get; } = Wide("Containers", "The names of the containers.", static obj => Joined(TemplateContainers(obj), "name"));

    public static TableColumn Images { get; } = Wide("Images", "The images of the containers.", static obj => Joined(TemplateContainers(obj), "image"));

    public static TableColumn Selector { get; } = Wide("Selector", "The labels of the pods that belong to it.", static obj => LabelSelector(obj.ObjectAt("spec", "selector")));

    public static TableColumn Text(string name, string description, Func<JsonObject, string?> cell) => new(name, "string", description, 0, (obj, _) => cell(obj) ?? "");

    public static TableColumn Wide(string name, string description, Func<JsonObject, string?> cell) => Text(name, description, cell) with { Priority = 1 };

    public static TableColumn Number(string name, string description, params string[] path) => new(name, "integer", description, 0, (obj, _) => obj.LongAt(path) ?? 0);

    /// <summary>A count in a column of type string.</summary>
    public static TableColumn Count(string name, string description, Func<JsonObject, long> cell) => new(name, "string", description, 0, (obj, _) => cell(obj));

    public static TableColumn Flag(string name, string description, params string[] path) => new(name, "boolean", description, 0, (obj, _) => obj.BoolAt(path) ?? false);

    public static TableColumn Since(string name, string description, string absent, params string[] path) =>
        new(name, "string", description, 0, (obj, now) => obj.StringAt(path) is { Length: > 0 } time ? HumanDuration.Since(time, now) : absent);

    public static string Or(this string? text, string absent) => string.IsNullOrEmpty(text) ? absent : text;

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    public static IEnumerable<JsonObject> Objects(this JsonObject obj, params ReadOnlySpan<string> path) => obj.ArrayAt(path)?.Items.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonObject obj, params ReadOnlySpan<string> path) => obj.ArrayAt(path)?.Items.OfType<JsonString>().Select(static text => text.Value) ?? [];

    public static string Joined(IEnumerable<JsonObject> items, string member) => string.Join(',', items.Select(item => item.StringAt(member)));

    /// <summary>A selector in the syntax of <c>kubectl -l</c>.</summary>
    public static string LabelSelector(JsonObject? selector)
    {
        if (selector is null)
            return None;
        var terms = (selector.ObjectAt("matchLabels") ?? JsonObject.Empty)
            .Select(static label => (label.Key, Text: $"{label.Key}={(label.Value as JsonString)?.Value}"))
            .Concat(selector.Objects("matchExpressions").Select(static expression => (Key: expression.StringAt("key") ?? "", Text: Expression(expression))))
            .OrderBy(static term => term.Key, StringComparer.Ordinal)
            .Select(static term => term.Text);
        return string.Join(',', terms).Or(None);
    }

    public static string Labels(JsonObject? labels) =>
        string.Join(',', (labels ?? JsonObject.Empty).OrderBy(static label => label.Key, StringComparer.Ordinal).Select(static label => $"{label.Key}={(label.Value as JsonString)?.Value}")).Or(None);

    /// <summary>A value as text: strings bare, numbers as written.</summary>
    public static string? Plain(JsonValue? value) => value is JsonString text ? text.Value : value?.ToString();

    private static IEnumerable<JsonObject> TemplateContainers(JsonObject obj) => obj.StringAt("kind") == "CronJob"
        ? obj.Objects("spec", "jobTemplate", "spec", "template", "spec", "containers")
        : obj.Objects("spec", "template", "spec", "containers");

    private static string Expression(JsonObject expression)
    {
        var (key, values) = (expression.StringAt("key"), string.Join(',', expression.Texts("values").Order(StringComparer.Ordinal)));
        return expression.StringAt("operator") switch
        {
            "In" => string.Create(CultureInfo.InvariantCulture, $"{key} in ({values})"),
            "NotIn" => string.Create(CultureInfo.InvariantCulture, $"{key} notin ({values})"),
            "DoesNotExist" => $"!{key}",
            _ => key ?? "",
        };
    }
}
