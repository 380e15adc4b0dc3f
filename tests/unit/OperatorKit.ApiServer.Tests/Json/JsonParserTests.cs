using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Json;

public sealed class JsonParserTests
{
    [Theory]
    [InlineData("""{"a":[1,-0.5e+3,true,null,"x\u00e9\n\ud83d\ude00"],"b":{}}""")]
    [InlineData("[]")]
    [InlineData("9007199254740993")]
    public void What_is_read_is_written_again_as_it_stood(string text) =>
        JsonParser.Parse(JsonText.ToCompactString(JsonParser.Parse(text).Value)).Value.ShouldBe(JsonParser.Parse(text).Value);

    [Fact]
    public void Numbers_keep_their_source_token() => JsonText.ToCompactString(JsonParser.Parse("[1.0,1,9007199254740993]").Value).ShouldBe("[1.0,1,9007199254740993]");

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("""{"kind":"ConfigMap","metadata":{"name" """, "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("{a", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("""{"a" 1}""", "invalid character '1' after object key")]
    [InlineData("""{"a":1 "b":2}""", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("{} {}", "invalid character '{' after top-level value")]
    [InlineData("tru3", "invalid character '3' in literal true (expecting 'e')")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1e,", "invalid character ',' in exponent of numeric literal")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("""
        "\q"
        """, "invalid character 'q' in string escape code")]
    [InlineData("\\", "invalid character '\\\\' looking for beginning of value")]
    [InlineData("é", "invalid character 'Ã' looking for beginning of value")]
    [InlineData("\u2028", "invalid character 'â' looking for beginning of value")]
    [InlineData("\u0080", "invalid character 'Â' looking for beginning of value")]
    [InlineData("\u000b", "invalid character '\\v' looking for beginning of value")]
    [InlineData("01", "invalid character '1' after top-level value")]
    public void Bad_text_is_refused_in_the_words_of_Go(string text, string message) =>
        Should.Throw<JsonSyntaxException>(() => JsonParser.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Members_that_stand_twice_are_reported_with_their_path_and_the_last_one_counts()
    {
        var parsed = JsonParser.Parse("""{"data":{"a":1,"a":2},"items":[{},{"k":1,"k":1,"k":3}]}""");

        parsed.DuplicateFields.ShouldBe(["data.a", "items[1].k", "items[1].k"]);
        JsonText.ToCompactString(parsed.Value).ShouldBe("""{"data":{"a":2},"items":[{},{"k":3}]}""");
    }

    [Fact]
    public void Nesting_without_end_is_refused_instead_of_overflowing_the_stack() =>
        Should.Throw<JsonSyntaxException>(() => JsonParser.Parse(new string('[', 1_000_000))).Message.ShouldBe("exceeded max depth");

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character() =>
        JsonParser.Parse("""
            "\ud800x"
            """).Value.ShouldBe(JsonValue.From("\uFFFDx"));
}
