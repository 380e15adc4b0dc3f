using OperatorKit.ApiServer.Json;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

/// <summary>Documents with few names, so that two of them have members in common, and with the texts that formats trip over.</summary>
internal static class RandomJson
{
    private static readonly string[] Names = ["a", "b", "name", "spec", "items", "~0/x", "", "yes", "1", "é", "f:a", "k: v", "- x", "#", "null", "$patch"];

    private static readonly string[] Texts =
    [
        "", "x", " ", "a b ", "true", "no", "~", "0x1f", "1e3", "1_000", "12:30:45", "2001-01-01", "<<", "=", "- a", "a: b", "a #b", "'", "\"", "\\", "|", ">", "*a", "&a", "!t", "%", "@",
        "line\n", "two\nlines", "\n", " \n x", "tab\t", "\r", "\0", "\u0085", "\u2028", "é", "😀", "\uFEFF", "---", "...", "? x", "[", "{a", "a,b", "a]", "very " + "long ",
    ];

    private static readonly string[] Numbers = ["0", "-1", "1.0", "0.5", "1e3", "-2.5E-3", "9007199254740993", "123456789012345678901234567890"];

    public static JsonValue Value(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => JsonNull.Instance,
        1 => random.Next(2) == 0,
        2 => new JsonNumber(Pick(random, Numbers)),
        3 => (long)random.Next(-5, 100),
        4 or 5 => Text(random),
        6 => JsonArray.Of(Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth - 1)).ToList()),
        _ => Object(random, depth),
    };

    /// <summary>Runs a check on many documents.</summary>
    public static void ForEach(Action<JsonValue> check) => Fuzz.Run(static random => Value(random, 4), check, JsonText.ToCompactString);

    public static JsonObject Object(Random random, int depth)
    {
        var members = new JsonObject.Builder();
        for (var left = random.Next(5); left > 0; left--)
            members[Name(random)] = Value(random, depth - 1);
        return members.Build();
    }

    public static string Name(Random random) => Pick(random, Names);

    public static string Text(Random random) => Pick(random, Texts) + (random.Next(4) == 0 ? Pick(random, Texts) : "");

    public static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
