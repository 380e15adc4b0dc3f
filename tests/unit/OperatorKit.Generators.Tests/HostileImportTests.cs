using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>Files that want to become more than data: whatever they hold, what comes out compiles and is none of theirs.</summary>
public sealed class HostileImportTests
{
    private static readonly string[] Texts =
    [
        "", " ", "x */ } public static class Injected { } /*", "\"u8; } } public static class Injected { } //", "x\npublic static class Injected { }",
        "x\r\npublic static class Injected { }", "x\u2028public static class Injected { }", "x\u0085public static class Injected { }", "\\\"; class Injected { } //",
        "</summary><script>", "]]>", "{0}{Injection}", "$\"{Injection}\"", "#error Injected", "#pragma warning disable", "\"\"\"\"\"\"", "// ", "///", "\0", "\ud800", "\udc00x", "😀", "日本",
        "\u202E", "\uFEFF", "class", "record", "global", "@class", "_", "___", "1", "1st", "Kind", "Metadata", "ApiVersion", "Spec", "Name", "Equals", "GetHashCode", "Clone",
        "EqualityContract", "Definition", "ReadJson", "System", "OperatorKit", "Object", "String", "Options", "CancellationToken", "Resource", "Widget", "WIDGET", "widget", new('x', 5000),
    ];

    [Theory]
    [InlineData("GROUP VERSION PLURAL")]
    [InlineData("KIND")]
    [InlineData("MEMBER PART ROOT")]
    [InlineData("TEXT")]
    public void A_hostile_text_anywhere_makes_no_code_of_its_own(string places)
    {
        var file = new InMemoryFile("crds.yaml", string.Join("\n---\n", Texts.Select((text, i) => Definition(places, text, i))), ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", ""));
        var run = GeneratorRun.WithFiles("", file);
        run.Result.Exception.ShouldBeNull();
        run.Diagnostics.ShouldAllBe(static d => d.Id == "OPK0050");
        run.Warnings().Select(static d => d.ToString()).Take(5).ShouldBeEmpty();
        run.Output.GetSymbolsWithName("Injected", cancellationToken: TestContext.Current.CancellationToken).ShouldBeEmpty();
        run.Result.GeneratedSources.Length.ShouldBeGreaterThan(Texts.Length);
    }

    [Fact]
    public void Members_that_all_have_the_same_name_in_CSharp_keep_apart()
    {
        var members = string.Join("\n              ", Enumerable.Range(0, 300).Select(static i => $"\"same{new string('-', i)}name\": {{type: object, properties: {{\"a{new string('.', i)}b\": {{type: string}}}}}}"));
        Compiles(Definition("MEMBER", "x", 0).Replace("\"x\": {type: string}", members, StringComparison.Ordinal));
    }

    [Fact]
    public void Deep_schemas_compile_and_deeper_ones_are_a_diagnostic()
    {
        Compiles(Nested(25));
        GeneratorRun.WithFiles("", File(Nested(200))).Diagnostics.ShouldHaveSingleItem().GetMessage(CultureInfo.InvariantCulture).ShouldContain("nested deeper than");
    }

    [Fact]
    public void A_huge_file_is_read()
    {
        var members = string.Join("\n              ", Enumerable.Range(0, 20_000).Select(static i => $"m{i}: {{type: string, description: {new string('d', 100)}}}"));
        var read = DefinitionReader.Read("crds.yaml", Definition("MEMBER", "x", 0).Replace("\"x\": {type: string}", members, StringComparison.Ordinal), "");
        read.Problem.ShouldBeNull();
        ImportedKinds.Of([read]).ShouldHaveSingleItem().Types[1].Type.Properties.Count.ShouldBe(20_002);
    }

    /// <summary>A schema cannot refer to itself: references are no part of structural schemas, and anchors are refused.</summary>
    [Theory]
    [InlineData("\"x\": {$ref: \"#/properties/spec\"}", true)]
    [InlineData("\"x\": &self {type: object, properties: {again: *self}}", false)]
    public void Recursion_is_free_form_or_a_diagnostic(string member, bool compiles)
    {
        var text = Definition("MEMBER", "x", 0).Replace("\"x\": {type: string}", member, StringComparison.Ordinal);
        if (compiles)
            Compiles(text);
        else
            GeneratorRun.WithFiles("", File(text)).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("OPK0050");
    }

    [Fact]
    public void A_file_that_is_damaged_anywhere_is_read_or_refused_and_makes_whole_code()
    {
        const string Damage = "{}[]\"':-#&*!|>%@`\n\t \\\0,?~\u2028";
        var random = new Random(20);
        var original = Definition("MEMBER", "x", 0) + "\n---\n" + Definition("TEXT", "some text", 1);
        var read = 0;
        for (var i = 0; i < 600; i++)
        {
            var text = new StringBuilder(original);
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                else
                    text.Insert(at, Damage[random.Next(Damage.Length)]);
            }

            var file = DefinitionReader.Read("crds.yaml", text.ToString(), "");
            (file.Problem is null).ShouldBe(file.Definitions.Count > 0);
            foreach (var kind in ImportedKinds.Of([file]))
            {
                read++;
                CSharpSyntaxTree.ParseText(ImportedKindEmitter.Emit(kind)).GetDiagnostics().ShouldBeEmpty(text.ToString());
            }
        }

        read.ShouldBeGreaterThan(100);
    }

    /// <summary>Every place of a definition may hold anything: it is read as free-form JSON, left out, or a diagnostic of its file.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Definitions_of_any_shape_compile_or_are_a_diagnostic(int seed)
    {
        var shapes = new RandomDefinitions(new Random(seed), Texts);
        var files = Enumerable.Range(0, 60).Select(i => new InMemoryFile($"crds{i}.json", shapes.Next(), ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", $"File{i}"))).ToArray();
        var run = GeneratorRun.WithFiles("", files);
        run.Result.Exception.ShouldBeNull();
        run.Diagnostics.ShouldAllBe(static d => d.Id == "OPK0050");
        run.Warnings().Select(static d => d.ToString()).Take(5).ShouldBeEmpty();
        run.Output.GetSymbolsWithName("Injected", cancellationToken: TestContext.Current.CancellationToken).ShouldBeEmpty();

        // Neither side of the test is empty.
        var refused = run.Diagnostics.Select(static d => d.Location.GetLineSpan().Path).Distinct().Count();
        refused.ShouldBeInRange(5, 50);
        run.Result.GeneratedSources.Length.ShouldBeGreaterThan(files.Length - refused);
    }

    private static void Compiles(string text)
    {
        var run = GeneratorRun.WithFiles("", File(text));
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().Select(static d => d.ToString()).Take(5).ShouldBeEmpty();
    }

    private static InMemoryFile File(string text) => new("crds.yaml", text, ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", "Shop"));

    private static string Nested(int depth)
        => Definition("MEMBER", "x", 0).Replace(
            "\"x\": {type: string}",
            string.Concat(Enumerable.Repeat("level: {type: object, properties: {", depth)) + "end: {type: string}" + string.Concat(Enumerable.Repeat("}}", depth)),
            StringComparison.Ordinal);

    private static string Definition(string places, string text, int number)
    {
        return $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            spec:
              group: {{At("GROUP", $"n{number}.example.org")}}
              names: {kind: {{At("KIND", "Widget")}}, plural: {{At("PLURAL", "widgets")}}}
              scope: Namespaced
              versions:
              - name: {{At("VERSION", "v1")}}
                served: true
                schema:
                  openAPIV3Schema:
                    description: {{At("TEXT", "A widget.")}}
                    type: object
                    properties:
                      {{At("ROOT", "data")}}: {type: string}
                      spec:
                        type: object
                        properties:
                          {{At("MEMBER", "size")}}: {type: string}
                          parts: {type: array, description: {{At("TEXT", "Parts.")}}, items: {type: object, properties: { {{At("PART", "name")}}: {type: string} } } }
                          inner: {type: object, properties: {a: {type: integer} } }
            """;

        string At(string here, string usual) => Quote(places.Split(' ').Contains(here) ? text : usual);
    }

    private static string Quote(string text)
        => "\"" + string.Concat(text.Select(static c => c is < ' ' or > '~' or '"' or '\\' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";
}
