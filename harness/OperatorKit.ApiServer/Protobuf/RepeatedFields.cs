using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>The lists and maps of a message while it is read: their items come one by one, and between them other fields.</summary>
internal sealed class RepeatedFields(JsonObject.Builder message)
{
    private Dictionary<string, ImmutableArray<JsonValue>.Builder>? _lists;
    private Dictionary<string, JsonObject.Builder>? _maps;

    public ImmutableArray<JsonValue>.Builder List(string name)
    {
        _lists ??= new Dictionary<string, ImmutableArray<JsonValue>.Builder>(StringComparer.Ordinal);
        if (_lists.TryGetValue(name, out var items))
            return items;
        _lists[name] = items = ImmutableArray.CreateBuilder<JsonValue>();
        items.AddRange((message[name] as JsonArray ?? JsonArray.Empty).Items);
        message[name] = JsonArray.Empty;
        return items;
    }

    public JsonObject.Builder Map(string name)
    {
        _maps ??= new Dictionary<string, JsonObject.Builder>(StringComparer.Ordinal);
        if (_maps.TryGetValue(name, out var members))
            return members;
        _maps[name] = members = (message[name] as JsonObject ?? JsonObject.Empty).ToBuilder();
        message[name] = JsonObject.Empty;
        return members;
    }

    /// <summary>Puts them into the message, each where its first item stood.</summary>
    public void Complete()
    {
        foreach (var (name, items) in _lists ?? [])
            message[name] = new JsonArray(items.ToImmutable());
        foreach (var (name, members) in _maps ?? [])
            message[name] = members.Build();
    }
}
