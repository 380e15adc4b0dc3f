using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Holds the names of the types in an apply configuration against the fields that they stand in: what is in <c>spec</c> is an <c>Object.spec</c>.</summary>
internal static class MessageNames
{
    /// <exception cref="MutationException">A name is not the one of its field.</exception>
    public static void Require(CelMessage message)
    {
        var problems = Problems(message, message.Type.Name).ToList();
        if (problems.Count > 0)
            throw new MutationException($"type mismatch: {string.Join('\n', problems)}");
    }

    private static IEnumerable<string> Problems(object value, string expected) => value switch
    {
        CelMessage message => [.. Problem(message.Type.Name, expected), .. message.Fields.SelectMany(field => Problems(field.Value, $"{expected}.{field.Key}"))],
        CelList list => list.Items.SelectMany(item => Problems(item, expected)),
        CelMap map => map.Entries.Values.SelectMany(item => Problems(item, expected)),
        _ => [],
    };

    private static string[] Problem(string name, string expected) =>
        name == expected ? [] : [$"unexpected type name \"{name}\", expected \"{expected}\", which matches field name path from root Object type"];
}
