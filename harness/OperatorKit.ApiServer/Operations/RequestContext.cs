using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Who asks, and how the request is to be carried out.</summary>
internal sealed class RequestContext
{
    public UserInfo User { get; init; } = UserInfo.System;

    /// <summary>Everything but the last step.</summary>
    public bool DryRun { get; init; }

    /// <summary>The name under which field ownership is recorded.</summary>
    public string FieldManager { get; init; } = "unknown";

    public FieldValidation FieldValidation { get; init; } = FieldValidation.Ignore;

    /// <summary>Whether the client named the field manager itself; otherwise it stems from the User-Agent.</summary>
    public bool FieldManagerGiven { get; init; }

    public bool FieldValidationGiven { get; init; }

    /// <summary>Texts for the Warning header, in order; the same one only once.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>A request of one of the server's own controllers.</summary>
    public static RequestContext Internal(string controller) => new() { FieldManager = controller };

    public void Warn(string text)
    {
        if (!Warnings.Contains(text, StringComparer.Ordinal))
            Warnings.Add(text);
    }
}

internal sealed record UserInfo(string Name, ImmutableArray<string> Groups)
{
    /// <summary>The key of <see cref="Extra"/> that tells which credential was shown.</summary>
    public const string CredentialId = "authentication.kubernetes.io/credential-id";

    /// <summary>The server itself: may do everything.</summary>
    public static UserInfo System { get; } = new("system:apiserver", ["system:masters", "system:authenticated"]);

    public static UserInfo Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    public string Uid { get; init; } = "";

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Extra { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>What to do about fields that are unknown or given twice.</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}

/// <summary>A decoded body: the object, and the paths of members that stood in it twice.</summary>
internal sealed record RequestBody(JsonObject Value, ImmutableArray<string> DuplicateFields)
{
    public static implicit operator RequestBody(JsonObject value) => new(value, []);
}

/// <summary>The answer to a write.</summary>
/// <param name="Object">The object in the version of the request, or a Status.</param>
/// <param name="Created">Whether it was made by this request: 201 instead of 200.</param>
internal sealed record WriteResult(JsonObject Object, bool Created);
