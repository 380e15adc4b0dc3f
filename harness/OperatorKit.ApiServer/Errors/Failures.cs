using System.Globalization;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Errors;

/// <summary>The failures that kube-apiserver answers with, in its words.</summary>
internal static class Failures
{
    public static StatusException NotFound(GroupResource resource, string name) =>
        new(404, "NotFound", $"{resource} \"{name}\" not found", Details(name, resource.Group, resource.Resource));

    public static StatusException AlreadyExists(GroupResource resource, string name, bool terminating = false) =>
        new(409, "AlreadyExists", $"{(terminating ? "object is being deleted: " : "")}{resource} \"{name}\" already exists", Details(name, resource.Group, resource.Resource));

    public static StatusException GeneratedNameExists(GroupResource resource, string name) => new(
        409,
        "AlreadyExists",
        $"{resource} \"{name}\" already exists, the server was not able to generate a unique name for the object",
        Details(name, resource.Group, resource.Resource).With("retryAfterSeconds", 1));

    public static StatusException Conflict(GroupResource resource, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource} \"{name}\": {why}", Details(name, resource.Group, resource.Resource));

    public static StatusException ModifiedConflict(GroupResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusException Invalid(string group, string kind, string name, params IReadOnlyCollection<FieldError> errors)
    {
        var messages = errors.Select(static error => error.ToString()).Distinct().ToArray();
        var text = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        var shownKind = group.Length == 0 ? kind : $"{kind}.{group}";
        var causes = JsonArray.Of(errors.Select(Cause));
        return new StatusException(422, "Invalid", $"{shownKind} \"{name}\" is invalid{(errors.Count > 0 ? $": {text}" : "")}", Details(name, group, kind).With("causes", causes));
    }

    public static StatusException Invalid(ResourceType type, string name, params IReadOnlyCollection<FieldError> errors) =>
        Invalid(type.Storage.Group, type.Kind, name, errors);

    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    public static StatusException Forbidden(GroupResource resource, string name, string why, JsonArray? causes = null)
    {
        var details = Details(name, resource.Group, resource.Resource);
        return new StatusException(
            403,
            "Forbidden",
            $"{resource}{(name.Length > 0 ? $" \"{name}\"" : "")} is forbidden: {why}",
            causes is null ? details : details.With("causes", causes));
    }

    public static StatusException Terminating(GroupResource resource, string name) =>
        Forbidden(resource, name, "create not allowed while custom resource definition is terminating");

    public static StatusException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static StatusException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", JsonObject.Empty);

    /// <summary>How the server of custom resources words a verb that an endpoint does not have.</summary>
    public static StatusException NotSupported(GroupResource resource, string verb) =>
        new(405, "MethodNotAllowed", $"{verb} is not supported on resources of kind \"{resource}\"", Details("", resource.Group, resource.Resource));

    public static StatusException Expired(string message) => new(410, "Expired", message);

    /// <summary>A failure that the real server answers with 500 and no reason.</summary>
    public static StatusException Unreasoned(string message) => new(500, "", message);

    public static StatusException Internal(string message) => new(
        500,
        "InternalError",
        $"Internal error occurred: {message}",
        JsonObject.Of(("causes", JsonArray.Of(JsonObject.Of(("message", message))))));

    public static StatusException TooLarge(long limit) =>
        new(413, "RequestEntityTooLarge", string.Create(CultureInfo.InvariantCulture, $"Request entity too large: limit is {limit}"));

    public static StatusException UnsupportedMediaType(params IEnumerable<string> accepted) => new(
        415,
        "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");

    public static StatusException ResourceVersionTooLarge(long asked, long current) => new(
        504,
        "Timeout",
        string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {asked}, current: {current}"),
        JsonObject.Of(
            ("causes", JsonArray.Of(JsonObject.Of(("reason", "ResourceVersionTooLarge"), ("message", "Too large resource version")))),
            ("retryAfterSeconds", 1)));

    /// <summary>What this server does not do; it never pretends.</summary>
    public static StatusException NotImplemented(string what) => new(501, "NotImplemented", $"{what} is not implemented by this server");

    public static JsonObject Cause(FieldError error) =>
        JsonObject.Of(("reason", Reason(error.Type)), ("message", error.Message), ("field", error.Field));

    private static JsonObject Details(string name, string group, string kind)
    {
        var details = new JsonObject.Builder();
        if (name.Length > 0)
            details["name"] = name;
        if (group.Length > 0)
            details["group"] = group;
        if (kind.Length > 0)
            details["kind"] = kind;
        return details.Build();
    }

    private static string Reason(FieldErrorType type) => type switch
    {
        FieldErrorType.Required => "FieldValueRequired",
        FieldErrorType.TypeInvalid => "FieldValueTypeInvalid",
        FieldErrorType.Duplicate => "FieldValueDuplicate",
        FieldErrorType.Forbidden => "FieldValueForbidden",
        FieldErrorType.NotFound => "FieldValueNotFound",
        FieldErrorType.NotSupported => "FieldValueNotSupported",
        FieldErrorType.TooLong => "FieldValueTooLong",
        FieldErrorType.TooMany => "FieldValueTooMany",
        FieldErrorType.Internal => "InternalError",
        _ => "FieldValueInvalid",
    };
}
