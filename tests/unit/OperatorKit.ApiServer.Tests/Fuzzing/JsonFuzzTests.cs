using System.Text.Json;
using OperatorKit.ApiServer.Json;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class JsonFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        [.. """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"x":"\u00e9\ud83d\ude00\n"}},"data":{"k":"v"}}"""u8],
        [.. """[1,-0.5e+3,true,false,null,"x",{},[],9007199254740993]"""u8],
        [.. """ { "a" : [ 1 , { "b" : "\"\\\/\b\f\n\r\t" } ] , "a" : 0.0 } """u8],
    ];

    [Fact]
    public void What_is_read_and_what_is_refused_agrees_with_another_parser() => Fuzz.Bytes(Corpus, static bytes =>
    {
        var read = Read(bytes);

        (read is not null).ShouldBe(OtherReads(bytes));
        if (read is not null)
            JsonParser.Parse(JsonText.ToUtf8(read)).Value.ShouldBe(read);
    });

    [Fact]
    public void Every_document_is_the_same_after_it_was_written_and_read() => RandomJson.ForEach(static document =>
    {
        JsonParser.Parse(JsonText.ToUtf8(document)).Value.ShouldBe(document);
        JsonParser.Parse(JsonText.ToUtf8(document, indented: true)).Value.ShouldBe(document);
    });

    [Fact]
    public void Members_that_stand_twice_are_reported_a_hundred_times_and_no_more()
    {
        var text = "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 100_000)) + "\"b\":2}";

        JsonParser.Parse(text).DuplicateFields.Length.ShouldBe(100);
    }

    private static JsonValue? Read(byte[] bytes)
    {
        try
        {
            return JsonParser.Parse(bytes).Value;
        }
        catch (JsonSyntaxException)
        {
            return null;
        }
    }

    private static bool OtherReads(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1_001 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
