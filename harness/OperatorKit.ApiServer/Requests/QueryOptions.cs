using System.Globalization;
using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Selectors;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Options in the query string, read and checked as kube-apiserver does.</summary>
internal static class QueryOptions
{
    private const string OptionsGroup = "meta.k8s.io";
    private const int LongestManager = 128;
    private const string NotOlderThan = "NotOlderThan";

    /// <param name="kind"><c>CreateOptions</c>, <c>UpdateOptions</c>, <c>PatchOptions</c> or <c>DeleteOptions</c>.</param>
    /// <param name="isApply">For a patch, whether it is an apply; null on every other verb.</param>
    public static RequestContext Write(IQueryCollection query, string kind, UserInfo user, string userAgent, bool? isApply = null)
    {
        var errors = new List<FieldError>();
        var manager = query["fieldManager"].ToString();
        var dryRun = query["dryRun"];
        var validation = query["fieldValidation"].ToString();
        if (isApply == false && query.ContainsKey("force"))
            errors.Add(FieldError.Forbidden("force", "may not be specified for non-apply patch"));
        if (isApply == true && manager.Length == 0)
            errors.Add(FieldError.Required("fieldManager", "is required for apply patch"));
        if (kind != "DeleteOptions")
            errors.AddRange(ManagerErrors(manager));
        if (dryRun.Any(static value => value != "All"))
            errors.Add(FieldError.NotSupported("dryRun", JsonArray.Of(dryRun.Select(static value => JsonValue.From(value ?? ""))), "All"));
        if (kind != "DeleteOptions" && validation is not ("" or "Ignore" or "Strict" or "Warn"))
            errors.Add(FieldError.NotSupported("fieldValidation", validation, "", "Ignore", "Strict", "Warn"));
        Require(kind, errors);
        return new RequestContext
        {
            User = user,
            DryRun = dryRun.Contains("All"),
            FieldManager = manager.Length > 0 ? manager : DefaultManager(userAgent),
            FieldManagerGiven = manager.Length > 0,
            FieldValidation = validation switch
            {
                "Ignore" => FieldValidation.Ignore,
                "Strict" => FieldValidation.Strict,
                _ => FieldValidation.Warn,
            },
            FieldValidationGiven = validation.Length > 0,
        };
    }

    public static ListOptions List(IQueryCollection query, bool isWatch)
    {
        var version = query["resourceVersion"].ToString();
        var match = query["resourceVersionMatch"].ToString();
        var sendInitialEvents = Bool(query, "sendInitialEvents");
        var limit = Number(query, "limit") ?? 0;
        var timeout = Number(query, "timeoutSeconds");
        var continueToken = query["continue"].ToString();
        // A watch that names no state to begin with gets the state there is, as a streaming list does.
        if (isWatch && sendInitialEvents is null && match.Length == 0 && version is "" or "0")
            (sendInitialEvents, match) = (true, NotOlderThan);
        Require("ListOptions", isWatch ? WatchErrors(match, sendInitialEvents, continueToken) : ListErrors(version, match, sendInitialEvents, continueToken));
        return new ListOptions
        {
            Labels = Parsed(query["labelSelector"].ToString(), LabelSelectorParser.Parse),
            Fields = Parsed(query["fieldSelector"].ToString(), FieldSelectorParser.Parse),
            ResourceVersion = version,
            ResourceVersionMatch = match,
            Limit = limit,
            Continue = continueToken,
            AllowWatchBookmarks = Bool(query, "allowWatchBookmarks") ?? false,
            SendInitialEvents = sendInitialEvents,
            Timeout = timeout is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)) : null,
        };
    }

    public static void Require(string kind, IReadOnlyCollection<FieldError> errors)
    {
        if (errors.Count > 0)
            throw Failures.Invalid(OptionsGroup, kind, "", errors);
    }

    public static long? Number(IQueryCollection query, string key)
    {
        var text = query[key].ToString();
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failures.BadRequest(RevisionText.NotANumber("ParseInt", text));
    }

    /// <summary>As Go's converters do: present and neither "false" nor "0" is true.</summary>
    public static bool? Bool(IQueryCollection query, string key) =>
        !query.ContainsKey(key) ? null : query[key].ToString().ToLowerInvariant() is not ("false" or "0");

    private static string DefaultManager(string userAgent)
    {
        var name = userAgent.Split('/', 2)[0];
        return name.Length == 0 ? "unknown" : name.Length > LongestManager ? name[..LongestManager] : name;
    }

    private static IEnumerable<FieldError> ManagerErrors(string manager)
    {
        if (manager.Length > LongestManager)
            yield return FieldError.TooLong("fieldManager", LongestManager);
        for (var i = 0; i < manager.Length; i++)
        {
            if (char.IsControl(manager[i]))
                yield return new FieldError(FieldErrorType.Invalid, "fieldManager", string.Create(CultureInfo.InvariantCulture, $"Invalid value: {GoQuoted.Of(manager)}: invalid character U+{(int)manager[i]:X4} (at position {i})"));
        }
    }

    private static List<FieldError> ListErrors(string version, string match, bool? sendInitialEvents, string continueToken)
    {
        var errors = new List<FieldError>();
        if (match.Length > 0)
        {
            if (version.Length == 0)
                errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            if (continueToken.Length > 0)
                errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            if (match is not ("Exact" or NotOlderThan))
                errors.Add(FieldError.NotSupported("resourceVersionMatch", match, "Exact", NotOlderThan, ""));
            if (match == "Exact" && version == "0")
                errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        if (sendInitialEvents is not null)
            errors.Add(FieldError.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        return errors;
    }

    private static List<FieldError> WatchErrors(string match, bool? sendInitialEvents, string continueToken)
    {
        var errors = new List<FieldError>();
        if (sendInitialEvents is not null && match != NotOlderThan)
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        if (match.Length == 0)
            return errors;
        if (sendInitialEvents is null)
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        if (match != NotOlderThan)
            errors.Add(FieldError.NotSupported("resourceVersionMatch", match, NotOlderThan));
        if (continueToken.Length > 0)
            errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        return errors;
    }

    private static T Parsed<T>(string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (SelectorException e)
        {
            throw Failures.BadRequest(e.Message);
        }
    }
}
