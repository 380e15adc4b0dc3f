using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// Which of the names that a definition asks for it gets: those that no other definition of its group holds.
/// A function of the definition and the others.
/// </summary>
internal static class DefinitionNaming
{
    /// <summary>Names and the condition <c>NamesAccepted</c>.</summary>
    public static (JsonObject Accepted, Condition Condition) Decide(JsonObject definition, IEnumerable<JsonObject> others)
    {
        var wanted = definition.ObjectAt("spec", "names") ?? JsonObject.Empty;
        var before = definition.ObjectAt("status", "acceptedNames") ?? JsonObject.Empty;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var takenKinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in others)
            Collect(other.ObjectAt("status", "acceptedNames") ?? JsonObject.Empty, taken, takenKinds);

        var accepted = before.ToBuilder();
        string? reason = null;
        var message = "";
        foreach (var (member, conflict, kinds) in Members)
        {
            var name = wanted.StringAt(member) ?? "";
            if ((kinds ? takenKinds : taken).Contains(name))
                (reason, message) = (conflict, $"\"{name}\" is already in use");
            else
                accepted[member] = name;
        }

        var shortNames = Texts(wanted, "shortNames").ToArray();
        if (shortNames.Where(taken.Contains).ToArray() is { Length: > 0 } used)
            (reason, message) = ("ShortNamesConflict", string.Join(", ", used.Select(static name => $"\"{name}\" is already in use")));
        else
            accepted["shortNames"] = shortNames.Length > 0 ? wanted["shortNames"] : null;
        accepted["categories"] = wanted.ArrayAt("categories") is { Count: > 0 } categories ? categories : null;

        return (accepted.Build(), reason is null
            ? new Condition("NamesAccepted", true, "NoConflicts", "no conflicts found")
            : new Condition("NamesAccepted", false, reason, message));
    }

    private static IReadOnlyList<(string Member, string Conflict, bool Kinds)> Members { get; } =
    [
        ("plural", "PluralConflict", false),
        ("singular", "SingularConflict", false),
        ("kind", "KindConflict", true),
        ("listKind", "ListKindConflict", true),
    ];

    private static void Collect(JsonObject names, HashSet<string> taken, HashSet<string> takenKinds)
    {
        foreach (var (member, _, kinds) in Members)
        {
            if (names.StringAt(member) is { Length: > 0 } name)
                (kinds ? takenKinds : taken).Add(name);
        }

        taken.UnionWith(Texts(names, "shortNames"));
    }

    private static IEnumerable<string> Texts(JsonObject names, string list) => names.ArrayAt(list)?.OfType<JsonString>().Select(static text => text.Value) ?? [];
}
