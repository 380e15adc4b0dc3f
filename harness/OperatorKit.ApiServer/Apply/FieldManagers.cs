using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>The managers of one object and what each owns: <c>metadata.managedFields</c>, decoded.</summary>
internal sealed class FieldManagers
{
    private readonly Dictionary<ManagerId, OwnedFields> _entries;

    private FieldManagers(Dictionary<ManagerId, OwnedFields> entries) => _entries = entries;

    public bool IsEmpty => _entries.Count == 0;

    public IEnumerable<KeyValuePair<ManagerId, OwnedFields>> Entries => _entries;

    public OwnedFields? this[ManagerId id]
    {
        get => _entries.GetValueOrDefault(id);
        set
        {
            if (value is null || value.Fields.IsEmpty)
                _entries.Remove(id);
            else
                _entries[id] = value;
        }
    }

    public static FieldManagers None() => new([]);

    public FieldManagers Copy() => new(new Dictionary<ManagerId, OwnedFields>(_entries));

    /// <summary>Reads the entries; null where one of them is not valid, and so none counts.</summary>
    public static FieldManagers? Read(JsonArray? entries)
    {
        var managers = None();
        foreach (var item in entries ?? JsonArray.Empty)
        {
            if (item is not JsonObject entry || entry.StringAt("operation") is not ("Apply" or "Update") || entry.StringAt("apiVersion") is not { Length: > 0 } apiVersion || entry.StringAt("fieldsType") != "FieldsV1")
                return null;
            var applies = entry.StringAt("operation") == "Apply";
            try
            {
                var id = new ManagerId(entry.StringAt("manager") ?? "", applies, applies ? "" : apiVersion, entry.StringAt("subresource") ?? "");
                managers._entries[id] = new OwnedFields(FieldsV1.Read(entry.ObjectAt("fieldsV1") ?? JsonObject.Empty), apiVersion, Time(entry.StringAt("time")));
            }
            catch (JsonSyntaxException)
            {
                return null;
            }
        }

        return managers;
    }

    /// <summary>The entries as they are stored: appliers first, then by time, manager, version and subresource.</summary>
    public JsonArray Write() => JsonArray.Of(_entries
        .OrderBy(static entry => entry.Key.Applies ? 0 : 1)
        .ThenBy(static entry => entry.Value.Time?.ToUnixTimeSeconds() ?? 0)
        .ThenBy(static entry => entry.Key.Manager, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Value.ApiVersion, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Key.Subresource, StringComparer.Ordinal)
        .Select(static entry => Write(entry.Key, entry.Value)));

    private static JsonObject Write(ManagerId id, OwnedFields owned)
    {
        var entry = new JsonObject.Builder(7)
        {
            ["manager"] = id.Manager,
            ["operation"] = id.Applies ? "Apply" : "Update",
            ["apiVersion"] = owned.ApiVersion,
        };
        if (owned.Time is { } time)
            entry["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = FieldsV1.Write(owned.Fields);
        if (id.Subresource.Length > 0)
            entry["subresource"] = id.Subresource;
        return entry.Build();
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

/// <summary>The fields that a manager owns, in terms of one version.</summary>
internal sealed record OwnedFields(FieldSet Fields, string ApiVersion, DateTimeOffset? Time);
