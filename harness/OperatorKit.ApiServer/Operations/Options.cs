using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Selectors;

namespace OperatorKit.ApiServer.Operations;

/// <summary>ListOptions, parsed.</summary>
internal sealed record ListOptions
{
    public LabelSelector Labels { get; init; } = LabelSelector.Everything;

    public FieldSelector Fields { get; init; } = FieldSelector.Everything;

    /// <summary>As written: empty, "0" or a revision.</summary>
    public string ResourceVersion { get; init; } = "";

    public string ResourceVersionMatch { get; init; } = "";

    public long Limit { get; init; }

    public string Continue { get; init; } = "";

    public bool AllowWatchBookmarks { get; init; }

    public bool? SendInitialEvents { get; init; }

    /// <summary>How long a watch lasts; null for a random time between 30 and 60 minutes.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>DeleteOptions, parsed.</summary>
internal sealed record DeleteOptions
{
    public PropagationPolicy? Propagation { get; init; }

    public long? GracePeriodSeconds { get; init; }

    public string? PreconditionUid { get; init; }

    public string? PreconditionResourceVersion { get; init; }
}

/// <summary>A patch as it came: its media type decides what the document means.</summary>
internal sealed record PatchBody(PatchType Type, JsonValue Document)
{
    /// <summary>Paths of members that stood in the document twice.</summary>
    public ImmutableArray<string> DuplicateFields { get; init; } = [];

    /// <summary>For apply: what YAML has instead, see <see cref="ParsedJson.RepeatedKeys"/>.</summary>
    public ImmutableArray<string> RepeatedKeys { get; init; } = [];

    /// <summary>For apply: take over fields that others own.</summary>
    public bool Force { get; init; }
}

internal enum PatchType
{
    Json,
    Merge,
    Strategic,
    Apply,
}

/// <summary>A page of a list.</summary>
internal sealed record ListResult(IReadOnlyList<JsonObject> Items, long Revision, string Continue, long? RemainingItemCount);

/// <summary>What a watcher sees.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</param>
/// <param name="Object">The object in the version of the request.</param>
internal sealed record WatchEvent(string Type, JsonObject Object);
