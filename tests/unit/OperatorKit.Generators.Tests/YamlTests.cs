using System.Text.Json.Nodes;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, 'y', \"z\", {c: d}]\n", """[{"a":1,"b":["x","y","z",{"c":"d"}]}]""")]
    [InlineData("# comment\n---\na: b # c\n---\n- 1\n- - 2\n  - 3\n...\n", """[{"a":"b"},[1,[2,3]]]""")]
    [InlineData("a:\n- b: 1\n  c: 2\n- d\ne:\n  - f\n", """[{"a":[{"b":1,"c":2},"d"],"e":["f"]}]""")]
    [InlineData("a: one\n  two\n\n  three\nb: 'it''s\n  folded'\n", """[{"a":"one two\nthree","b":"it's folded"}]""")]
    [InlineData("a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\nc: |+\n  x\n\nd: e\n", """[{"a":"one\n  two\n\nthree\n","b":"one two\nthree","c":"x\n","d":"e"}]""")]
    [InlineData("a: \"\\u00e9\\n\\\"\"\n'b c': ~\nd: true\ne:\nf: {}\ng: []\nh: 1.5e3\n", """[{"a":"é\n\"","b c":null,"d":true,"e":null,"f":{},"g":[],"h":1.5e3}]""")]
    [InlineData("a: {\n  \"b\": [1,\n    2], \"c\": \"}\"\n}\n", """[{"a":{"b":[1,2],"c":"}"}}]""")]
    [InlineData("a: http://x/y#z\nb: x:y\nc: -1\nd: 0x1\n", """[{"a":"http://x/y#z","b":"x:y","c":-1,"d":"0x1"}]""")]
    [InlineData("a: \"one\n  two \\\n  three\n\n  four\"\nb: 1\n", """[{"a":"one two three\nfour","b":1}]""")]
    public void Yaml_reads_as_it_is_meant(string yaml, string json)
    {
        var read = JsonText.Write(new Sequence(Text.EquatableArray.ToEquatableArray(YamlReader.Read(yaml))));
        JsonNode.DeepEquals(JsonNode.Parse(read), JsonNode.Parse(json)).ShouldBeTrue(read);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", 0)]
    [InlineData("a: !!python/object 1\n", 0)]
    [InlineData("a: 1\n  b: 2\n", 0)]
    [InlineData("a: 1\na: 2\n", 1)]
    [InlineData("a:\n\t- 1\n", 1)]
    [InlineData("a: 'x\n", 0)]
    [InlineData("a: [1, 2\nb: 3\n", 0)]
    [InlineData("just: text: here\n", 0)]
    [InlineData("a: \"\\q\"\n", 0)]
    [InlineData("a: \"\\u12\"\n", 0)]
    [InlineData("%TAG ! x\n---\na: 1\n", 0)]
    public void What_is_no_manifest_is_refused_with_its_line(string yaml, int line)
        => Should.Throw<YamlException>(() => YamlReader.Read(yaml)).Line.ShouldBe(line);

    [Fact]
    public void Endless_nesting_is_refused()
    {
        Should.Throw<YamlException>(() => YamlReader.Read(string.Concat(Enumerable.Range(0, 5000).Select(static i => new string(' ', i) + "a:\n"))));
        Should.Throw<YamlException>(() => YamlReader.Read("a: " + new string('[', 100_000) + new string(']', 100_000)));
    }

    [Theory]
    [MemberData(nameof(OutputTests.Records), MemberType = typeof(OutputTests))]
    public void What_we_write_reads_back(string name, string source)
    {
        foreach (var (file, text) in GeneratorRun.Of((name + ".cs", source)).Manifests())
            string.Concat(YamlReader.Read(text).Select(YamlWriter.Document)).ShouldBe(text, file);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("1.0")]
    [InlineData(" padded ")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- x")]
    [InlineData("two\nlines")]
    [InlineData("ends\n")]
    [InlineData("'quoted' \"twice\"")]
    [InlineData("tab\tand \u0007 and \u2028")]
    [InlineData("😀 {{ template }} %x @y `z` *a &b !c |d >e ?f")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("1e3")]
    [InlineData("0x1F")]
    [InlineData("2026-01-02")]
    [InlineData("key:")]
    public void Any_text_survives_writing(string text)
    {
        var yaml = YamlWriter.Document(new Fields { { "k", text }, { "l", Sequence.Of(text) } });
        new YamlDotNet.Serialization.DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(yaml)["k"].ShouldBe(text);
        ((Mapping)YamlReader.Read(yaml).Single())["k"].ShouldBe(new Scalar(text, ScalarStyle.Text));
    }
}
