using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class YamlFuzzTests
{
    private static readonly string[] Corpus =
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {x: y, \"z\": 'w'}\ndata:\n  text: |\n    one\n    two\n  folded: >-\n    a\n    b\n",
        "- 1\n- 0x1f\n- yes\n- ~\n- 1e3\n- 2001-01-01\n- - nested\n  - [1, {a: b}]\n- ? complex\n  : value\n",
        "base: &base {a: 1, b: [2]}\nmore:\n  <<: *base\n  c: 3\nlist: [*base, *base]\n",
        "%YAML 1.1\n--- !!map\na: !!str 1\nb: !!int \"2\"\n# comment\n...\n---\nsecond: document\n",
    ];

    [Fact]
    public void Damaged_text_is_read_or_refused() => Fuzz.Texts(Corpus, static text =>
    {
        try
        {
            var value = YamlParser.Parse(Encoding.UTF8.GetBytes(text)).Value;
            JsonParser.Parse(JsonText.ToUtf8(value)).Value.ShouldBe(value);
        }
        catch (JsonSyntaxException)
        {
        }
    });

    [Fact]
    public void Every_document_is_the_same_after_it_was_written_and_read() => RandomJson.ForEach(static document =>
        YamlParser.Parse(YamlText.ToUtf8(document)).Value.Equals(document).ShouldBeTrue(YamlText.Write(document)));

    [Fact]
    public void Aliases_cannot_make_a_small_text_deep()
    {
        var text = new StringBuilder("v0: &a0 x\n");
        for (var i = 1; i < 4; i++)
            text.Append($"v{i}: &a{i} {new string('[', 900)}*a{i - 1}{new string(']', 900)}\n");

        Should.Throw<JsonSyntaxException>(() => YamlParser.Parse(Encoding.UTF8.GetBytes(text.ToString()))).Message.ShouldBe("yaml: exceeded max depth");
    }

    [Theory]
    [InlineData("[x, x, x, x, x, x, x, x, x, x]", "[{0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}]")]
    [InlineData("a long text that stands in the document once and is meant many times", "[{0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}]")]
    public void Aliases_cannot_make_a_small_text_large(string first, string next)
    {
        var text = new StringBuilder($"v0: &a0 {first}\n");
        for (var i = 1; i < 9; i++)
            text.Append($"v{i}: &a{i} ").AppendFormat(null, next, $"*a{i - 1}").Append('\n');

        Should.Throw<JsonSyntaxException>(() => YamlParser.Parse(Encoding.UTF8.GetBytes(text.ToString()))).Message.ShouldBe("yaml: document contains excessive aliasing");
    }

    [Fact]
    public void A_long_text_that_is_meant_many_times_is_refused()
    {
        var text = $"a: &a {new string('x', 100_000)}\nb: [{string.Concat(Enumerable.Repeat("*a, ", 1_000))}]\n";

        Should.Throw<JsonSyntaxException>(() => YamlParser.Parse(Encoding.UTF8.GetBytes(text))).Message.ShouldBe("yaml: document contains excessive aliasing");
    }
}
