using System.Globalization;
using OperatorKit.ApiServer.Workloads.Jobs;

namespace OperatorKit.ApiServer.Tests.Workloads;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("*/15 * * * *", "2030-01-01T12:00:00Z", "2030-01-01T12:15:00Z")]
    [InlineData("0 9 * * mon-fri", "2030-01-04T12:00:00Z", "2030-01-07T09:00:00Z")]
    [InlineData("30 6 1 * *", "2030-01-31T23:59:59Z", "2030-02-01T06:30:00Z")]
    [InlineData("0 0 29 feb *", "2030-01-01T00:00:00Z", "2032-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2030-01-01T00:00:00Z", "2030-01-04T00:00:00Z")]
    [InlineData("0 0 * * 7", "2030-01-01T00:00:00Z", "2030-01-06T00:00:00Z")]
    [InlineData("@daily", "2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z")]
    public void The_next_time_comes_after_the_given_one(string schedule, string after, string next) =>
        CronSchedule.Parse(schedule)!.Next(Time(after)).ShouldBe(Time(next));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("x * * * *")]
    public void What_is_no_schedule_gives_none(string schedule) => CronSchedule.Parse(schedule).ShouldBeNull();

    [Fact]
    public void A_day_that_never_comes_has_no_next_time() =>
        CronSchedule.Parse("0 0 31 2 *")!.Next(Time("2030-01-01T00:00:00Z")).ShouldBeNull();

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
