using OperatorKit.Conditions;

namespace OperatorKit.Tests.Conditions;

public sealed class ConditionReasonTests
{
    [Theory]
    [InlineData("TooMany", "TooMany")]
    [InlineData("too many, or too few:", "TooMany,OrTooFew")]
    [InlineData("404 not found", "NotFound")]
    [InlineData("Not_Found.1", "Not_Found1")]
    [InlineData("größe", "GrE")]
    [InlineData(" ?", "Failed")]
    public void A_reason_is_one_word_that_the_api_takes(string text, string expected) => ConditionReason.Of(text).ShouldBe(expected);

    [Fact]
    public void A_reason_is_no_longer_than_an_event_takes() => ConditionReason.Of(new string('x', 300)).Length.ShouldBe(128);
}
