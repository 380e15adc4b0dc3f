using System.Text;
using System.Text.Json;
using OperatorKit.Serialization;

namespace OperatorKit.Models.Tests.Serialization;

public class StringPoolTests
{
    [Theory]
    [InlineData("app.kubernetes.io/name")]
    [InlineData("a")]
    [InlineData("0b4a8a1e-6f3c-4f5e-9b1e-0f6f3c4f5e9b")]
    public void A_short_string_that_was_read_before_is_the_same_instance(string text) =>
        Read(text).ShouldBeSameAs(Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("grün")]
    [InlineData("日本")]
    [InlineData("line\nbreak \"quoted\"")]
    [InlineData("a string of more characters than are worth a place in the pool")]
    public void Any_string_is_read_as_it_was_written(string text)
    {
        Read(text).ShouldBe(text);
        Read(text).ShouldBe(text);
    }

    [Fact]
    public void More_strings_than_the_pool_holds_stay_apart()
    {
        for (var i = 0; i < 20_000; i++)
            Read($"name-{i}").ShouldBe($"name-{i}");
    }

    private static string Read(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)));
        reader.Read();
        return ModelReader.String(ref reader);
    }
}
