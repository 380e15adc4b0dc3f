using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tables;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

/// <summary>The small languages inside objects: field sets, quantities, paths of printer columns.</summary>
public sealed class TextFuzzTests
{
    private static readonly string[] FieldSets =
    [
        """{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:list":{"k:{\"name\":\"x\",\"port\":80}":{".":{},"f:value":{}},"v:\"s\"":{},"i:3":{}}}}""",
        """{"k:{\"a\":1.0,\"b\":null}":{},"v:1e3":{},"x:unknown":{},"f:":{}}""",
    ];

    private static readonly string[] Quantities = ["100m", "1.5Gi", "-0.001", "+1e3", "12E-9", "5n", "1Ei", "0", "1e2147483647", "-9.99999999999999999999k", "4.5e-2147483648"];
    private static readonly string[] Paths = [".spec.replicas", "$.status.conditions[?(@.type==\"Ready\")].status", "..a['b.c'][0][-1][1:3:2][*]", ".a[?(@.x>=1.5)].*", @".metadata.annotations.a\.b/c"];

    [Fact]
    public void A_damaged_field_set_is_read_or_refused_and_stays_what_it_is_when_written() => Fuzz.Texts(FieldSets, static text =>
    {
        try
        {
            if (JsonParser.Parse(text).Value is not JsonObject fields)
                return;
            var written = FieldsV1.Write(FieldsV1.Read(fields));
            FieldsV1.Write(FieldsV1.Read(written)).ToString().ShouldBe(written.ToString());
            foreach (var path in FieldsV1.Read(fields).Paths())
                PathElement.Display(path).ShouldNotBeNull();
        }
        catch (JsonSyntaxException)
        {
        }
    });

    [Fact]
    public void A_damaged_quantity_is_read_or_refused_and_its_canonical_form_is_itself() => Fuzz.Texts(Quantities, static text =>
    {
        try
        {
            var canonical = QuantityText.Canonical(text)!;
            QuantityText.Canonical(canonical).ShouldBe(canonical);
            QuantityText.Nanos(canonical.Value).ShouldBe(QuantityText.Nanos(text.Trim()));
        }
        catch (DecodingException)
        {
        }
    });

    [Theory]
    [InlineData('9')]
    [InlineData('0')]
    public void A_quantity_of_a_million_digits_is_refused(char digit) =>
        Should.Throw<DecodingException>(() => QuantityText.Canonical("1." + new string(digit, 1_000_000)));

    [Fact]
    public void A_damaged_path_is_read_or_refused() => Fuzz.Run(static random => (Path: new string(Mutation.Of(random, [.. Paths.Select(static path => path.ToCharArray())], [.. ".[]()?@*:'\"\\$=<>!-019ab "])), Root: RandomJson.Value(random, 4)), static input =>
    {
        try
        {
            JsonPath.Parse(input.Path).Find(input.Root).Count().ShouldBeLessThanOrEqualTo(JsonPath.MaximumValues);
        }
        catch (FormatException)
        {
        }
    }, static input => $"{input.Path}\n{input.Root}");

    [Fact]
    public void A_path_cannot_walk_a_document_without_end()
    {
        var deep = Document.Parse(string.Concat(Enumerable.Repeat("{'a':", 500)) + "1" + new string('}', 500));

        JsonPath.Parse(string.Concat(Enumerable.Repeat("..a", 50)) + ".b").Find(deep).ShouldBeEmpty();
    }

    [Fact]
    public void Filters_inside_filters_are_refused_before_they_exhaust_the_stack() =>
        Should.Throw<FormatException>(() => JsonPath.Parse(string.Concat(Enumerable.Repeat("[?(@", 20_000)) + string.Concat(Enumerable.Repeat(")]", 20_000))));
}
