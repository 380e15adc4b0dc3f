using OperatorKit.Queueing;

namespace OperatorKit.Tests.Queueing;

public sealed class BackOffTests
{
    private static readonly BackOff BackOff = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(11, 5_120)]
    [InlineData(17, 300_000)]
    [InlineData(1_000_000, 300_000)]
    public void The_wait_doubles_with_each_failure_up_to_the_limit(int failures, double milliseconds) =>
        BackOff.After(failures, random: 0).TotalMilliseconds.ShouldBe(milliseconds);

    [Fact]
    public void Jitter_shortens_a_wait_by_a_fifth_at_most()
    {
        BackOff.After(2, random: 0.5).TotalMilliseconds.ShouldBe(9);
        BackOff.After(2, random: 0.999).TotalMilliseconds.ShouldBeGreaterThan(8);
    }
}
