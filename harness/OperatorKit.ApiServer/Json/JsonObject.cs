using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace OperatorKit.ApiServer.Json;

/// <summary>
/// An immutable object with ordered members. Changing one member copies the member table and shares the values;
/// many changes go through <see cref="ToBuilder"/>. One that is stored may rest as text: see <see cref="RecentObjects"/>.
/// </summary>
internal sealed class JsonObject : JsonValue, IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    private const int IndexThreshold = 8;

    private KeyValuePair<string, JsonValue>[]? _members;
    private Dictionary<string, int>? _index;
    private RestingText? _text;

    private JsonObject(KeyValuePair<string, JsonValue>[] members) => _members = members;

    public static JsonObject Empty { get; } = new([]);

    public override JsonKind Kind => JsonKind.Object;

    public int Count => Members.Length;

    public IEnumerable<string> Keys => Members.Select(static member => member.Key);

    /// <summary>The object as compact JSON where that is at hand.</summary>
    public ReadOnlySpan<byte> Text => _text?.Utf8;

    /// <summary>Whether the members are at hand.</summary>
    public bool IsUnfolded => Volatile.Read(ref _members) is not null;

    private KeyValuePair<string, JsonValue>[] Members => Volatile.Read(ref _members) ?? Unfold();

    /// <summary>The member's value, or null where there is none.</summary>
    public JsonValue? this[string key] => IndexOf(key) is var i && i >= 0 ? Members[i].Value : null;

    /// <summary>An object of the given members; the last of two members with one name wins.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Key, JsonValue Value)> members)
    {
        var builder = new Builder(members.Length);
        foreach (var (key, value) in members)
            builder[key] = value;
        return builder.Build();
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGet(string key, [NotNullWhen(true)] out JsonValue? value)
    {
        var i = IndexOf(key);
        value = i >= 0 ? Members[i].Value : null;
        return i >= 0;
    }

    /// <summary>The value at a path of member names, or null where any step is missing or not an object.</summary>
    public JsonValue? At(params ReadOnlySpan<string> path)
    {
        JsonValue? current = this;
        foreach (var step in path)
            current = (current as JsonObject)?[step];
        return current;
    }

    public string? StringAt(params ReadOnlySpan<string> path) => (At(path) as JsonString)?.Value;

    public long? LongAt(params ReadOnlySpan<string> path) => At(path) is JsonNumber number && number.TryGetInt64(out var value) ? value : null;

    public bool? BoolAt(params ReadOnlySpan<string> path) => (At(path) as JsonBool)?.Value;

    public JsonObject? ObjectAt(params ReadOnlySpan<string> path) => At(path) as JsonObject;

    public JsonArray? ArrayAt(params ReadOnlySpan<string> path) => At(path) as JsonArray;

    /// <summary>This object with one member set: in its place where it exists, else at the end.</summary>
    public JsonObject With(string key, JsonValue value)
    {
        var i = IndexOf(key);
        var current = Members;
        if (i >= 0 && ReferenceEquals(current[i].Value, value))
            return this;
        var members = new KeyValuePair<string, JsonValue>[i >= 0 ? current.Length : current.Length + 1];
        current.CopyTo(members, 0);
        members[i >= 0 ? i : current.Length] = new(key, value);
        return new JsonObject(members);
    }

    /// <summary>This object with the value at a path set; missing objects on the way are made.</summary>
    public JsonObject WithAt(ReadOnlySpan<string> path, JsonValue value) => path.Length == 1
        ? With(path[0], value)
        : With(path[0], (this[path[0]] as JsonObject ?? Empty).WithAt(path[1..], value));

    public JsonObject Without(string key)
    {
        var i = IndexOf(key);
        if (i < 0)
            return this;
        var current = Members;
        var members = new KeyValuePair<string, JsonValue>[current.Length - 1];
        Array.Copy(current, 0, members, 0, i);
        Array.Copy(current, i + 1, members, i, members.Length - i);
        return new JsonObject(members);
    }

    /// <summary>This object without the value at a path; unchanged where the path does not exist.</summary>
    public JsonObject WithoutAt(params ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
            return Without(path[0]);
        return this[path[0]] is JsonObject child ? With(path[0], child.WithoutAt(path[1..])) : this;
    }

    public Builder ToBuilder() => new(Members);

    /// <summary>Lets the object rest as text when enough of the others have been looked at after it.</summary>
    public void RestAmong(RecentObjects recent)
    {
        if (Interlocked.CompareExchange(ref _text, new RestingText(recent), null) is null)
            recent.Add(this);
    }

    /// <summary>Lets the object rest among those that another one rests among; where that never rests, neither does this.</summary>
    public void RestWith(JsonObject other)
    {
        if (other._text is { } text)
            RestAmong(text.Recent);
    }

    /// <summary>Keeps nothing but the text until somebody looks at a member again.</summary>
    public void Rest()
    {
        if (!IsUnfolded || _text is not { } text)
            return;
        text.Write(this);
        Volatile.Write(ref _members, null);
    }

    public ReadOnlySpan<KeyValuePair<string, JsonValue>>.Enumerator GetEnumerator() => new ReadOnlySpan<KeyValuePair<string, JsonValue>>(Members).GetEnumerator();

    IEnumerator<KeyValuePair<string, JsonValue>> IEnumerable<KeyValuePair<string, JsonValue>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, JsonValue>>)Members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Members.GetEnumerator();

    public override bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not JsonObject obj || obj.Count != Count)
            return false;
        foreach (var (key, value) in Members)
        {
            if (!obj.TryGet(key, out var theirs) || !value.Equals(theirs))
                return false;
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var (key, value) in Members)
            hash ^= HashCode.Combine(StringComparer.Ordinal.GetHashCode(key), value);
        return hash;
    }

    private KeyValuePair<string, JsonValue>[] Unfold()
    {
        // Whoever unfolds it at the same time makes the same of it.
        var members = ((JsonObject)JsonParser.Parse(_text!.Utf8).Value).Members;
        Volatile.Write(ref _members, members);
        _text.Recent.Add(this);
        return members;
    }

    private int IndexOf(string key)
    {
        var members = Members;
        if (members.Length > IndexThreshold)
        {
            _index ??= BuildIndex();
            return _index.TryGetValue(key, out var found) ? found : -1;
        }

        for (var i = 0; i < members.Length; i++)
        {
            if (string.Equals(members[i].Key, key, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var members = Members;
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (var i = 0; i < members.Length; i++)
            index[members[i].Key] = i;
        return index;
    }

    /// <summary>Collects members in order; setting a name again replaces its value in place.</summary>
    internal sealed class Builder(int capacity = 4)
    {
        private KeyValuePair<string, JsonValue>[] _members = new KeyValuePair<string, JsonValue>[capacity];
        private Dictionary<string, int>? _positions;

        internal Builder(KeyValuePair<string, JsonValue>[] members)
            : this(members.Length + 2)
        {
            members.CopyTo(_members, 0);
            Count = members.Length;
        }

        public int Count { get; private set; }

        public JsonValue? this[string key]
        {
            get => IndexOf(key) is var i && i >= 0 ? _members[i].Value : null;
            set
            {
                if (value is null)
                    Remove(key);
                else if (IndexOf(key) is var i && i >= 0)
                    _members[i] = new(key, value);
                else
                    Append(key, value);
            }
        }

        public bool ContainsKey(string key) => IndexOf(key) >= 0;

        public bool Remove(string key)
        {
            var i = IndexOf(key);
            if (i < 0)
                return false;
            Array.Copy(_members, i + 1, _members, i, Count - i - 1);
            _members[--Count] = default;
            _positions = null;
            return true;
        }

        public JsonObject Build() => Count == 0 ? Empty : new JsonObject(_members.AsSpan(0, Count).ToArray());

        private void Append(string key, JsonValue value)
        {
            if (Count == _members.Length)
                Array.Resize(ref _members, Math.Max(4, Count * 2));
            _members[Count] = new(key, value);
            _positions?.Add(key, Count);
            Count++;
        }

        private int IndexOf(string key)
        {
            if (Count > IndexThreshold)
            {
                _positions ??= Positions();
                return _positions.TryGetValue(key, out var found) ? found : -1;
            }

            for (var i = 0; i < Count; i++)
            {
                if (string.Equals(_members[i].Key, key, StringComparison.Ordinal))
                    return i;
            }

            return -1;
        }

        private Dictionary<string, int> Positions()
        {
            var positions = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
            for (var i = 0; i < Count; i++)
                positions[_members[i].Key] = i;
            return positions;
        }
    }
}
