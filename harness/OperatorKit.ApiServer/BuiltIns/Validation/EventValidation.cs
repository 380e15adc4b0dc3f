using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Events, through either of their two APIs: the newer one holds them to more, and lets nothing change but the series.</summary>
internal static class EventValidation
{
    private const int LongestNote = 1024;
    private const int LongestWord = 128;

    public static IEnumerable<FieldError> Core(JsonObject record, JsonObject? old) => Common(record, "involvedObject", "reportingComponent", "message");

    public static IEnumerable<FieldError> Events(JsonObject record, JsonObject? old)
    {
        var errors = Common(record, "regarding", "reportingController", "note");
        return old is null
            ? errors.Concat(Series(record)).Concat(New(record))
            : errors.Concat(Same(record["series"], old["series"]) ? [] : Series(record)).Concat(EventUpdateValidation.Validate(record, old));
    }

    private static bool Same(JsonValue? one, JsonValue? other) => one is null ? other is null : one.Equals(other);

    private static IEnumerable<FieldError> Common(JsonObject record, string about, string controller, string note)
    {
        var own = record.StringAt("metadata", "namespace") ?? "";
        var objectNamespace = record.StringAt(about, "namespace") ?? "";
        var isNew = record.StringAt("eventTime") is not null;
        // An event lives with its object; what has no namespace has its events in one of the server's.
        var fits = objectNamespace.Length > 0 ? isNew || own == objectNamespace : own == "default" || own == (isNew ? "kube-system" : "");
        if (!fits)
            yield return FieldError.Invalid("involvedObject.namespace", objectNamespace, "does not match event.namespace");
        if (!isNew)
            yield break;
        var name = record.StringAt(controller) ?? "";
        if (name.Length == 0)
            yield return FieldError.Required(controller);
        foreach (var error in Checks.Formatted(name, controller, NameFormat.QualifiedName))
            yield return error;
        foreach (var field in (string[])["reportingInstance", "action", "reason"])
        {
            var text = record.StringAt(field) ?? "";
            if (text.Length == 0)
                yield return FieldError.Required(field);
            if (text.Length > LongestWord)
                yield return FieldError.Invalid(field, "", $"can have at most {LongestWord} characters");
        }

        if (record.StringAt(note)?.Length > LongestNote)
            yield return FieldError.Invalid("message", "", $"can have at most {LongestNote} characters");
    }

    private static IEnumerable<FieldError> Series(JsonObject record)
    {
        if (record.ObjectAt("series") is not { } series)
            yield break;
        if (series.LongAt("count") is not >= 2)
            yield return FieldError.Invalid("series.count", "", "should be at least 2");
        if (series.StringAt("lastObservedTime") is null)
            yield return FieldError.Required("series.lastObservedTime");
    }

    private static IEnumerable<FieldError> New(JsonObject record)
    {
        if (record.StringAt("eventTime") is null)
            yield return FieldError.Required("eventTime");
        var type = record.StringAt("type") ?? "";
        if (type is not ("Normal" or "Warning"))
            yield return FieldError.Invalid("type", "", $"has invalid value: {type}");
        foreach (var (field, shown) in ((string, string)[])[("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp"), ("deprecatedCount", "count"), ("deprecatedSource", "source")])
        {
            if (record[field] is not (null or JsonNull or JsonObject { Count: 0 }) && record.LongAt(field) != 0)
                yield return FieldError.Invalid(shown, "", "needs to be unset");
        }
    }
}
