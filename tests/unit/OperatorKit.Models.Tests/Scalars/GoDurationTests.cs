namespace OperatorKit.Models.Tests.Scalars;

public class GoDurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("100ns", 1)]
    [InlineData("1µs", 10)]
    [InlineData("1.5ms", 15_000)]
    [InlineData("1s", 10_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("1m0s", 600_000_000)]
    [InlineData("1h0m0s", 36_000_000_000)]
    [InlineData("26h3m4.5s", 937_845_000_000)]
    [InlineData("-1m30s", -900_000_000)]
    public void Durations_are_written_as_Go_writes_them(string text, long ticks)
    {
        GoDuration.Format(TimeSpan.FromTicks(ticks)).ShouldBe(text);
        GoDuration.TryParse(text, out var value).ShouldBeTrue();
        value.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("90m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("+3s", 3)]
    [InlineData("1h1s1h", 7201)]
    public void Durations_are_read_as_Go_reads_them(string text, long seconds)
    {
        GoDuration.TryParse(text, out var value).ShouldBeTrue();
        value.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("1d")]
    [InlineData("1s ")]
    [InlineData("1..5s")]
    [InlineData("99999999999999999999h")]
    [InlineData("9999999999h")]
    public void Text_that_is_no_duration_is_refused(string text) => GoDuration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1)]
    [InlineData(-9_999_999)]
    public void The_edges_survive(long ticks)
    {
        GoDuration.TryParse(GoDuration.Format(TimeSpan.FromTicks(ticks)), out var value).ShouldBeTrue();
        value.Ticks.ShouldBe(ticks);
    }
}
