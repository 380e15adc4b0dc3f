using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Whether labels match the selector that stands in a workload's spec.</summary>
internal static class LabelMatching
{
    /// <summary>A LabelSelector: <c>matchLabels</c> and <c>matchExpressions</c>. Null matches nothing, empty everything.</summary>
    public static bool Matches(JsonObject? selector, JsonObject labels)
    {
        if (selector is null)
            return false;
        return MatchesMap(selector.ObjectAt("matchLabels") ?? JsonObject.Empty, labels)
            && (selector.ArrayAt("matchExpressions") ?? JsonArray.Empty).Items.OfType<JsonObject>().All(expression => Meets(expression, labels));
    }

    /// <summary>A plain map, as in the selector of a Service.</summary>
    public static bool MatchesMap(JsonObject wanted, JsonObject labels)
    {
        foreach (var (key, value) in wanted)
        {
            if (!value.Equals(labels[key]))
                return false;
        }

        return true;
    }

    private static bool Meets(JsonObject expression, JsonObject labels)
    {
        var value = labels[expression.StringAt("key") ?? ""];
        var values = expression.ArrayAt("values") ?? JsonArray.Empty;
        return expression.StringAt("operator") switch
        {
            "In" => value is not null && values.Items.Contains(value),
            "NotIn" => value is null || !values.Items.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
