using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>One step of a <see cref="JsonPath"/>: from one value to those that it leads to.</summary>
internal abstract record JsonPathStep
{
    public abstract IEnumerable<JsonValue> From(JsonValue value);

    internal sealed record Member(string Name) : JsonPathStep
    {
        public override IEnumerable<JsonValue> From(JsonValue value) => value is JsonObject obj && obj[Name] is { } member ? [member] : [];
    }

    internal sealed record All : JsonPathStep
    {
        public override IEnumerable<JsonValue> From(JsonValue value) => Children(value);
    }

    internal sealed record Descendants : JsonPathStep
    {
        public override IEnumerable<JsonValue> From(JsonValue value) => Children(value).SelectMany(From).Prepend(value);
    }

    internal sealed record Item(int Index) : JsonPathStep
    {
        public override IEnumerable<JsonValue> From(JsonValue value)
        {
            if (value is not JsonArray array)
                return [];
            var index = Index < 0 ? Index + array.Count : Index;
            return index >= 0 && index < array.Count ? [array[index]] : [];
        }
    }

    internal sealed record Slice(int? Start, int? End, int Step) : JsonPathStep
    {
        public static Slice? Parse(string text)
        {
            var parts = text.Split(':');
            if (parts.Length is < 2 or > 3)
                return null;
            var bounds = parts.Select(static part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound) ? bound : (int?)null).ToArray();
            return new Slice(bounds[0], bounds[1], parts.Length == 3 && bounds[2] is > 0 and var step ? step : 1);
        }

        public override IEnumerable<JsonValue> From(JsonValue value)
        {
            if (value is not JsonArray array)
                yield break;
            var end = Math.Min(Bound(End ?? array.Count, array.Count), array.Count);
            for (var i = Math.Max(Bound(Start ?? 0, array.Count), 0); i < end; i += Step)
                yield return array[i];
        }

        private static int Bound(int bound, int count) => bound < 0 ? bound + count : bound;
    }

    /// <summary>Keeps the items for which a comparison holds, or which have the path at all.</summary>
    internal sealed record Filter(JsonPath Left, string? Operator, JsonPath? RightPath, JsonValue? RightValue) : JsonPathStep
    {
        private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

        public static Filter Parse(string text, int nesting)
        {
            foreach (var operation in Operators)
            {
                var at = text.IndexOf(operation, StringComparison.Ordinal);
                if (at < 0)
                    continue;
                var right = text[(at + operation.Length)..].Trim();
                var left = JsonPath.Parse(text[..at].Trim(), nesting);
                return right.StartsWith('@') ? new Filter(left, operation, JsonPath.Parse(right, nesting), null) : new Filter(left, operation, null, Literal(right));
            }

            return new Filter(JsonPath.Parse(text.Trim(), nesting), null, null, null);
        }

        public override IEnumerable<JsonValue> From(JsonValue value) => value is JsonArray array ? array.Items.Where(Holds) : [];

        private static JsonValue Literal(string text)
        {
            if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0])
                return text[1..^1];
            try
            {
                return JsonParser.Parse(text).Value;
            }
            catch (JsonSyntaxException)
            {
                throw new FormatException($"'{text}' is no value to compare with in a JSONPath filter");
            }
        }

        private bool Holds(JsonValue item)
        {
            var left = Left.Find(item).FirstOrDefault();
            if (Operator is null)
                return left is not null;
            var right = RightPath is null ? RightValue : RightPath.Find(item).FirstOrDefault();
            if (left is null || right is null)
                return false;
            return Operator switch
            {
                "==" => left.Equals(right),
                "!=" => !left.Equals(right),
                "<" => Compare(left, right) < 0,
                "<=" => Compare(left, right) <= 0,
                ">" => Compare(left, right) is > 0 and < Incomparable,
                _ => Compare(left, right) is >= 0 and < Incomparable,
            };
        }

        private const int Incomparable = int.MaxValue;

        private static int Compare(JsonValue left, JsonValue right) => (left, right) switch
        {
            (JsonNumber l, JsonNumber r) => l.AsDouble().CompareTo(r.AsDouble()),
            (JsonString l, JsonString r) => Math.Sign(string.CompareOrdinal(l.Value, r.Value)),
            _ => Incomparable,
        };
    }

    private static IEnumerable<JsonValue> Children(JsonValue value) => value switch
    {
        JsonArray array => array.Items,
        JsonObject obj => obj.Keys.Order(StringComparer.Ordinal).Select(key => obj[key]!),
        _ => [],
    };
}
