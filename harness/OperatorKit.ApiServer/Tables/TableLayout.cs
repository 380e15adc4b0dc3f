using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of a kind, each with what stands in its cells.</summary>
internal sealed class TableLayout(params ImmutableArray<TableColumn> columns)
{
    public ImmutableArray<TableColumn> Columns { get; } = columns;

    /// <summary>Whether a table without rows has null for them: that of a kind without columns of its own.</summary>
    public bool NullWhenEmpty { get; init; }
}

/// <summary>One column.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">string, integer, number, boolean or date.</param>
/// <param name="Description">What the column shows.</param>
/// <param name="Priority">0 is always shown, 1 with <c>-o wide</c>.</param>
/// <param name="Cell">The cell for an object at a time.</param>
internal sealed record TableColumn(string Name, string Type, string Description, int Priority, Func<JsonObject, DateTimeOffset, JsonValue> Cell)
{
    public string Format { get; init; } = "";

    public JsonObject Definition => JsonObject.Of(
        ("name", Name), ("type", Type), ("format", Format), ("description", Description), ("priority", (long)Priority));
}
