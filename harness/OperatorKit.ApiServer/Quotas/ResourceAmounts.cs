using System.Numerics;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>Arithmetic on amounts by resource name, as <c>requests</c>, <c>hard</c> and <c>used</c> hold them.</summary>
internal static class ResourceAmounts
{
    extension(JsonObject amounts)
    {
        public JsonObject Plus(JsonObject other) => other.Aggregate(amounts, static (sum, entry) =>
            sum.With(entry.Key, sum.StringAt(entry.Key) is { } before ? QuantityText.Add(before, Text(entry.Value)) : entry.Value));

        /// <summary>What is left of each amount, and nothing where that would be below zero.</summary>
        public JsonObject Minus(JsonObject other) => amounts.Aggregate(JsonObject.Empty, (left, entry) =>
            left.With(entry.Key, other.StringAt(entry.Key) is not { } taken ? entry.Value : Compare(Text(entry.Value), taken) > 0 ? QuantityText.Subtract(Text(entry.Value), taken) : "0"));

        /// <summary>Of two amounts of a resource the larger one.</summary>
        public JsonObject AtLeast(JsonObject other) => other.Aggregate(amounts, static (largest, entry) =>
            largest.StringAt(entry.Key) is { } before && Compare(before, Text(entry.Value)) >= 0 ? largest : largest.With(entry.Key, entry.Value));

        public JsonObject Where(Func<string, string, bool> keep) =>
            amounts.Aggregate(JsonObject.Empty, (kept, entry) => keep(entry.Key, Text(entry.Value)) ? kept.With(entry.Key, entry.Value) : kept);

        /// <summary>The amounts as refusals show them: <c>cpu=1,pods=2</c>.</summary>
        public string Shown(IEnumerable<string> names) => string.Join(",", names.Order(StringComparer.Ordinal).Select(name => $"{name}={amounts.StringAt(name) ?? "0"}"));
    }

    public static int Compare(string left, string right) => Nanos(left).CompareTo(Nanos(right));

    public static BigInteger Nanos(string amount) => QuantityText.Nanos(amount);

    private static string Text(JsonValue amount) => (amount as JsonString)?.Value ?? amount.ToString();
}
