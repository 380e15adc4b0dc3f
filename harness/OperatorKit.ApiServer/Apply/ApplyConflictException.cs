using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Fields that an apply would change and other managers own.</summary>
internal sealed class ApplyConflictException : Exception
{
    private readonly List<(ManagerId Manager, IReadOnlyList<string> Path)> _conflicts;

    public ApplyConflictException(IEnumerable<(ManagerId Manager, FieldSet Fields)> conflicts)
        : this([.. conflicts
            .OrderBy(static conflict => conflict.Manager.Manager, StringComparer.Ordinal)
            .ThenBy(static conflict => conflict.Manager.ToString(), StringComparer.Ordinal)
            .SelectMany(static conflict => conflict.Fields.Paths().Select(path => (conflict.Manager, path)))])
    {
    }

    private ApplyConflictException(List<(ManagerId Manager, IReadOnlyList<string> Path)> conflicts)
        : base(Text(conflicts)) => _conflicts = conflicts;

    /// <summary>The conflicts that are not about the given fields; null where none is left.</summary>
    public ApplyConflictException? Except(FieldSet allowed)
    {
        var left = _conflicts.Where(conflict => !allowed.Contains(conflict.Path)).ToList();
        return left.Count > 0 ? new ApplyConflictException(left) : null;
    }

    public StatusException ToStatus() => new(409, "Conflict", Message, JsonObject.Of(("causes", JsonArray.Of(_conflicts.Select(static conflict => JsonObject.Of(
        ("reason", "FieldManagerConflict"),
        ("message", $"conflict with {conflict.Manager}"),
        ("field", PathElement.Display(conflict.Path))))))));

    private static string Text(List<(ManagerId Manager, IReadOnlyList<string> Path)> conflicts)
    {
        if (conflicts.Count == 1)
            return $"Apply failed with 1 conflict: conflict with {conflicts[0].Manager}: {PathElement.Display(conflicts[0].Path)}";
        var lines = conflicts
            .GroupBy(static conflict => conflict.Manager)
            .SelectMany(static group => group.Select(static conflict => $"- {PathElement.Display(conflict.Path)}").Prepend($"conflicts with {group.Key}:"));
        return $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}
