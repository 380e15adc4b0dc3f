using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Through <c>events.k8s.io</c> an event stands as it was recorded. Its fields go by the names of the core API in errors.</summary>
internal static class EventUpdateValidation
{
    private static readonly (string Field, string Shown)[] Fields =
    [
        ("regarding", "involvedObject"),
        ("reason", "reason"),
        ("note", "message"),
        ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedCount", "count"),
        ("reason", "reason"),
        ("type", "type"),
        ("eventTime", "eventTime"),
        ("action", "action"),
        ("related", "related"),
        ("reportingController", "reportingController"),
        ("reportingInstance", "reportingInstance"),
    ];

    private static readonly (string Go, string Json)[] Reference =
    [
        ("Kind", "kind"), ("Namespace", "namespace"), ("Name", "name"), ("UID", "uid"), ("APIVersion", "apiVersion"), ("ResourceVersion", "resourceVersion"), ("FieldPath", "fieldPath"),
    ];

    private static readonly (string Go, string Json)[] Source = [("Component", "component"), ("Host", "host")];

    public static IEnumerable<FieldError> Validate(JsonObject record, JsonObject old) => Fields
        .Where(field => !Value(record, field.Field).Equals(Value(old, field.Field)))
        .Select(field => FieldError.Invalid(field.Shown, Shown(field.Field, Value(record, field.Field)), "field is immutable"));

    private static JsonValue Value(JsonObject record, string field) => record[field] ?? field switch
    {
        "reason" or "note" or "type" or "action" or "reportingController" or "reportingInstance" => "",
        "deprecatedCount" => 0,
        "regarding" or "deprecatedSource" => JsonObject.Empty,
        _ => JsonValue.Null,
    };

    // A struct without JSON names of its own upstream.
    private static JsonValue Shown(string field, JsonValue value) => (field, value) switch
    {
        ("regarding" or "related", JsonObject reference) => Struct(reference, Reference),
        ("deprecatedSource", JsonObject source) => Struct(source, Source),
        _ => value,
    };

    private static JsonObject Struct(JsonObject value, (string Go, string Json)[] fields) =>
        fields.Aggregate(JsonObject.Empty, (shown, field) => shown.With(field.Go, value.StringAt(field.Json) ?? ""));
}
