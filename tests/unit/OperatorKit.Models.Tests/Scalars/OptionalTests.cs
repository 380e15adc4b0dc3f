namespace OperatorKit.Models.Tests.Scalars;

public class OptionalTests
{
    [Fact]
    public void Unset_null_and_a_value_are_three_things()
    {
        Optional<string?> unset = default;
        Optional<string?> none = null;
        Optional<string?> some = "a";

        unset.IsSet.ShouldBeFalse();
        none.IsSet.ShouldBeTrue();
        none.Value.ShouldBeNull();
        some.Value.ShouldBe("a");
        unset.ShouldNotBe(none);
        Should.Throw<InvalidOperationException>(() => unset.Value);
        unset.GetValueOrDefault("b").ShouldBe("b");
    }

    [Fact]
    public void A_number_and_its_digits_are_different_values()
    {
        IntOrString number = 80;
        IntOrString text = "80";
        number.ShouldNotBe(text);
        number.Value.ShouldBe("80");
        text.IsNumber.ShouldBeFalse();
        default(IntOrString).ShouldBe((IntOrString)0);
    }
}
