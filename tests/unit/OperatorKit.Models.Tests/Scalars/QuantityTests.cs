namespace OperatorKit.Models.Tests.Scalars;

public class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("1000", "1k")]
    [InlineData("1500m", "1500m")]
    [InlineData("1000m", "1")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("100n", "100n")]
    [InlineData("0.1n", "1n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1024", "1024")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1.1Ki", "1126400m")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("12e4", "120e3")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("100e-1", "10")]
    [InlineData("1E", "1E")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9223372036854775807")]
    [InlineData("1000E", "9223372036854775807")]
    [InlineData("-1000E", "-9223372036854775807")]
    [InlineData("1e999999999", "9223372036854775807")]
    [InlineData("1e-999999999", "1e-9")]
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("4Ei", "4Ei")]
    public void Text_becomes_canonical(string text, string canonical) => Quantity.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1K")]
    [InlineData("1ki")]
    [InlineData("1i")]
    [InlineData("1Kim")]
    [InlineData("1e")]
    [InlineData("1e1.5")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("--1")]
    [InlineData("١")]
    public void Text_that_is_no_quantity_is_refused(string text)
    {
        Quantity.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldContain("is not a quantity");
    }

    [Fact]
    public void Equal_amounts_are_equal_in_any_notation()
    {
        Quantity kibi = "1Ki";
        kibi.ShouldBe((Quantity)"1024");
        kibi.ShouldBe((Quantity)"1024000m");
        kibi.GetHashCode().ShouldBe(((Quantity)1024).GetHashCode());
        (kibi > "1k").ShouldBeTrue();
    }

    [Fact]
    public void Sums_keep_the_notation_of_the_left_and_are_exact()
    {
        ((Quantity)"1Gi" + "512Mi").ToString().ShouldBe("1536Mi");
        ((Quantity)"0.1" + "0.2").ShouldBe((Quantity)"0.3");
        ((Quantity)0 + "1Gi").ToString().ShouldBe("1Gi");
        ((Quantity)"1" - "1500m").ToString().ShouldBe("-500m");
        ((Quantity)"100m" * 3).ToString().ShouldBe("300m");
        ((Quantity)long.MaxValue + 1).ShouldBe((Quantity)long.MaxValue);
    }

    [Fact]
    public void Whole_amounts_are_rounded_away_from_zero()
    {
        ((Quantity)"1500m").Value.ShouldBe(2);
        ((Quantity)"-1500m").Value.ShouldBe(-2);
        ((Quantity)"1u").MilliValue.ShouldBe(1);
        ((decimal)(Quantity)"1500m").ShouldBe(1.5m);
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_amount()
    {
        var random = new Random(20260101);
        string[] suffixes = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "e-7", "E12"];
        for (var i = 0; i < 5000; i++)
        {
            var text = $"{random.NextInt64(0, 1L << random.Next(1, 62))}.{random.Next(0, 1 << random.Next(1, 30))}{suffixes[random.Next(suffixes.Length)]}";
            var value = Quantity.Parse(text);
            var canonical = value.ToString();
            Quantity.Parse(canonical).ShouldBe(value, text);
            Quantity.Parse(canonical).ToString().ShouldBe(canonical, text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("Ei")]
    [InlineData("E")]
    [InlineData("e18")]
    [InlineData("e-9")]
    public void Short_and_long_spellings_of_a_number_are_equal(string suffix)
    {
        // Zeros in front make the text too long for the short way of reading it.
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var number = $"{random.Next(0, 10_000)}.{random.Next(0, 1000)}";
            Quantity.Parse(number + suffix).ShouldBe(Quantity.Parse("00000000000" + number + suffix), number + suffix);
        }
    }
}
