using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Selectors;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class SelectorFuzzTests
{
    private static readonly string[] Labels = ["a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2", "app.kubernetes.io/name == x", "a in (,b)", "x gt 5, y lt 7"];
    private static readonly string[] Fields = ["metadata.name=a,status.phase!=Failed", @"spec.x==a\,b\=c\\", "involvedObject.kind=Pod"];
    private static readonly JsonObject Labelled = Document.Object("{'metadata':{'labels':{'a':'b','e':'f','l':'3','x':'9'}}}");

    [Fact]
    public void A_damaged_label_selector_is_understood_or_refused() => Fuzz.Texts(Labels, static text =>
    {
        try
        {
            foreach (var requirement in LabelSelectorParser.Parse(text).Requirements)
            {
                var negated = requirement with { Operator = Negated(requirement.Operator) };
                if (negated.Operator != requirement.Operator)
                    new LabelSelector([negated]).Matches(Labelled).ShouldNotBe(new LabelSelector([requirement]).Matches(Labelled));
            }
        }
        catch (SelectorException)
        {
        }
    });

    [Fact]
    public void A_damaged_field_selector_is_understood_or_refused() => Fuzz.Texts(Fields, static text =>
    {
        try
        {
            foreach (var requirement in FieldSelectorParser.Parse(text).Requirements)
                requirement.Value.ShouldNotBeNull();
        }
        catch (SelectorException)
        {
        }
    });

    private static LabelOperator Negated(LabelOperator op) => op switch
    {
        LabelOperator.In => LabelOperator.NotIn,
        LabelOperator.NotIn => LabelOperator.In,
        LabelOperator.Exists => LabelOperator.DoesNotExist,
        LabelOperator.DoesNotExist => LabelOperator.Exists,
        _ => op,
    };
}
