using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OperatorKit.SchemaData;

/// <summary>A member of a Go type: its Go type, whether its zero value is dropped, its protobuf number and the embedded messages on the way to it.</summary>
internal sealed record WireMember(string Go, bool OmitEmpty, bool OmitZero, int? Number, ImmutableArray<int> Inside);

/// <summary>The Go side of every definition, with the embedded types of a type flattened into it, as their JSON is.</summary>
internal sealed class WireTypes
{
    private readonly JsonObject _types;

    private WireTypes(JsonObject types) => _types = types;

    public static WireTypes Read(string file) => new(JsonNode.Parse(File.ReadAllText(file))!.AsObject());

    /// <summary>The members of a definition by JSON name, in the order of the Go declaration.</summary>
    public IReadOnlyList<KeyValuePair<string, WireMember>> MembersOf(string definition)
    {
        var members = new List<KeyValuePair<string, WireMember>>();
        Collect(definition, [], members);
        return members;
    }

    private void Collect(string definition, ImmutableArray<int> inside, List<KeyValuePair<string, WireMember>> members)
    {
        foreach (var field in _types[definition]?.AsArray() ?? [])
        {
            var name = field!["json"]!.GetValue<string>();
            var go = field["go"]!.GetValue<string>();
            var number = field["number"]?.GetValue<int>();
            if (name.Length > 0 && name != "-")
                members.Add(new(name, new WireMember(go, IsSet(field, "omitempty"), IsSet(field, "omitzero"), number, inside)));
            else if (IsSet(field, "embedded") && number is { } message)
                Collect(Sibling(definition, go), inside.Add(message), members);
        }
    }

    private string Sibling(string definition, string go)
    {
        var name = definition[..(definition.LastIndexOf('.') + 1)] + go.TrimStart('*');
        return _types.ContainsKey(name) ? name : throw new InvalidDataException($"wire-fields.json: {definition} embeds {go}, but there is no {name}.");
    }

    private static bool IsSet(JsonNode field, string flag) => field[flag]?.GetValue<bool>() ?? false;
}
