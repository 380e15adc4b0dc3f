using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>Events are stored once, as those of the core group, and seen through events.k8s.io under other names.</summary>
internal static class EventView
{
    private static readonly (string Core, string Events)[] Renamed =
    [
        ("involvedObject", "regarding"),
        ("message", "note"),
        ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"),
        ("reportingComponent", "reportingController"),
    ];

    public static ViewConversion Conversion { get; } = new(
        static core => Rename(core, "events.k8s.io/v1", "io.k8s.api.events.v1.Event", static pair => (pair.Core, pair.Events)),
        static events => Rename(events, "v1", "io.k8s.api.core.v1.Event", static pair => (pair.Events, pair.Core)));

    private static JsonObject Rename(JsonObject from, string apiVersion, string definition, Func<(string Core, string Events), (string From, string To)> direction)
    {
        var names = Renamed.Select(direction).ToDictionary(static pair => pair.From, static pair => pair.To, StringComparer.Ordinal);
        var result = new JsonObject.Builder(from.Count);
        foreach (var (key, value) in from)
            result[names.GetValueOrDefault(key, key)] = value;
        result["apiVersion"] = apiVersion;
        return TypedDecoder.Decode(result.Build(), BuiltInSchemas.Definition(definition)).Value;
    }
}
