using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Events, through either of their two APIs.</summary>
internal static class EventValidation
{
    public static IEnumerable<FieldError> Core(JsonObject record, JsonObject? old)
    {
        var errors = Namespace(record, record.StringAt("involvedObject", "namespace") ?? "");
        return record.StringAt("eventTime") is null ? errors : errors.Concat(Complete(record, "reportingComponent"));
    }

    public static IEnumerable<FieldError> Events(JsonObject record, JsonObject? old)
    {
        var errors = Namespace(record, record.StringAt("regarding", "namespace") ?? "");
        if (record.StringAt("eventTime") is not null)
            errors = errors.Concat(Complete(record, "reportingController"));
        else if (old is null)
            errors = errors.Append(FieldError.Required("eventTime"));
        var type = record.StringAt("type") ?? "";
        return type is "Normal" or "Warning" ? errors : errors.Append(FieldError.Invalid("type", "", $"has invalid value: {type}"));
    }

    /// <summary>An event lives with its object; what has no namespace has its events in default.</summary>
    private static IEnumerable<FieldError> Namespace(JsonObject record, string objectNamespace)
    {
        var own = record.StringAt("metadata", "namespace") ?? "";
        var fits = objectNamespace.Length == 0 ? own is "" or "default" : own == objectNamespace;
        if (!fits)
            yield return FieldError.Invalid("involvedObject.namespace", objectNamespace, "does not match event.namespace");
    }

    private static IEnumerable<FieldError> Complete(JsonObject record, string controller)
    {
        foreach (var (field, shown) in ((string, string)[])[(controller, "reportingController"), ("reportingInstance", "reportingInstance"), ("action", "action"), ("reason", "reason")])
        {
            if (string.IsNullOrEmpty(record.StringAt(field)))
                yield return FieldError.Required(shown);
        }

        if (record.StringAt(controller) is { Length: > 0 } name)
        {
            foreach (var error in Checks.Formatted(name, "reportingController", NameFormat.QualifiedName))
                yield return error;
        }
    }
}
