using OperatorKit.ApiServer.Selectors;

namespace OperatorKit.ApiServer.Tests.Selectors;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("env=prod", true)]
    [InlineData("env==prod", true)]
    [InlineData("env!=prod", false)]
    [InlineData("missing!=prod", true)]
    [InlineData("env in (dev, prod),tier", true)]
    [InlineData("env notin (dev)", true)]
    [InlineData("missing notin (dev)", true)]
    [InlineData("!missing", true)]
    [InlineData("!env", false)]
    [InlineData("tier>1", true)]
    [InlineData("tier<2", false)]
    [InlineData("empty=", true)]
    [InlineData("", true)]
    public void Labels_match_as_kubernetes_matches_them(string selector, bool expected)
    {
        var obj = Document.Object("{'metadata':{'labels':{'env':'prod','tier':'2','empty':''}}}");

        LabelSelectorParser.Parse(selector).Matches(obj).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("=x", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("!=x", "found '!=', expected: !, identifier, or 'end of string'")]
    [InlineData("!", "unable to parse requirement: found '', expected: identifier")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("tier>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void A_wrong_label_selector_says_where(string selector, string message) =>
        Should.Throw<SelectorException>(() => LabelSelectorParser.Parse(selector)).Message.ShouldBe(message);

    [Theory]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name!=a", false)]
    [InlineData("metadata.name=a,spec.x==1\\,2", true)]
    [InlineData("", true)]
    public void Fields_match_by_text(string selector, bool expected) =>
        FieldSelectorParser.Parse(selector).Matches(static field => field == "metadata.name" ? "a" : "1,2").ShouldBe(expected);

    [Fact]
    public void A_field_selector_without_an_operator_is_refused() =>
        Should.Throw<SelectorException>(static () => FieldSelectorParser.Parse("metadata.name")).Message.ShouldBe("invalid selector: 'metadata.name'; can't understand 'metadata.name'");
}
