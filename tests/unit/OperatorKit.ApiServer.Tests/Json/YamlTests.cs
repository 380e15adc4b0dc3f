using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Json;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, 'y', \"z\"]\n", """{"a":1,"b":["x","y","z"]}""")]
    [InlineData("yes", "true")]
    [InlineData("a: off", """{"a":false}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: 0x1F\nb: 010\nc: 1_000\nd: 1.50\ne: 1e3", """{"a":31,"b":8,"c":1000,"d":1.5,"e":1000}""")]
    [InlineData("a: ~\nb:\nc: null", """{"a":null,"b":null,"c":null}""")]
    [InlineData("a: 2001-01-01\nb: 1.2.3\nc: 12:30:45", """{"a":"2001-01-01","b":"1.2.3","c":"12:30:45"}""")]
    [InlineData("1: one\ntrue: t", """{"1":"one","true":"t"}""")]
    [InlineData("a: &x {k: v}\nb: *x\nc:\n  <<: *x\n  l: w", """{"a":{"k":"v"},"b":{"k":"v"},"c":{"l":"w","k":"v"}}""")]
    [InlineData("a: |\n  two\n  lines\n", "{\"a\":\"two\\nlines\\n\"}")]
    [InlineData("", "null")]
    [InlineData("---\na: 1\n---\nb: 2\n", """{"a":1}""")]
    public void Yaml_means_what_it_means_to_kubectl(string yaml, string json) =>
        JsonText.ToCompactString(YamlParser.Parse(Encoding.UTF8.GetBytes(yaml)).Value).ShouldBe(json);

    [Fact]
    public void Members_that_stand_twice_are_reported() =>
        YamlParser.Parse("a:\n  b: 1\n  b: 2\n"u8).RepeatedKeys.ShouldBe(["line 3: key \"b\" already set in map"]);

    [Theory]
    [InlineData("a: [1\n", "yaml: line 1: did not find expected ',' or ']'")]
    [InlineData("a: *nope", "yaml: unknown anchor 'nope' referenced")]
    public void Bad_yaml_is_refused_with_the_line(string yaml, string message) =>
        Should.Throw<JsonSyntaxException>(() => YamlParser.Parse(Encoding.UTF8.GetBytes(yaml))).Message.ShouldBe(message);

    [Fact]
    public void Aliases_cannot_expand_without_bound()
    {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
            yaml.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Should.Throw<JsonSyntaxException>(() => YamlParser.Parse(Encoding.UTF8.GetBytes(yaml.ToString()))).Message.ShouldContain("excessive aliasing");
    }

    [Fact]
    public void A_value_is_written_as_kubectl_users_know_it()
    {
        var value = JsonParser.Parse("""
            {"kind":"ConfigMap","apiVersion":"v1","data":{"a":"1","b":"two\nlines\n","c":"yes","d":"a: b","e":"","f":"no newline\nat end"},
             "list":[{"name":"x","v":[1,[2,3]]},"- y"],"none":{},"empty":[],"null":null,"time":"2001-01-01T00:00:00Z"}
            """).Value;

        YamlText.Write(value).ShouldBe("""
            apiVersion: v1
            data:
              a: "1"
              b: |
                two
                lines
              c: "yes"
              d: 'a: b'
              e: ""
              f: |-
                no newline
                at end
            empty: []
            kind: ConfigMap
            list:
            - name: x
              v:
              - 1
              - - 2
                - 3
            - '- y'
            none: {}
            "null": null
            time: "2001-01-01T00:00:00Z"

            """);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var value = JsonParser.Parse("""{"a":["x: y","#","@","1.0",":","-"," lead","trail ","é","tab\there","l1\n l2\n\n","\u0001"],"k: 1":true,"n":-1.5e10}""").Value;

        YamlParser.Parse(YamlText.ToUtf8(value)).Value.ShouldBe(value);
    }
}
