using OperatorKit.Dispatch;

namespace OperatorKit.Tests.Dispatch;

public sealed class TimerStateTests
{
    private static readonly TimerSchedule Schedule = new(Seconds(30), Seconds(5), TimeSpan.Zero);

    [Fact]
    public void The_first_call_is_due_after_the_initial_delay() =>
        TimerState.Start("a", 1, Schedule, Seconds(100)).Due(Schedule).ShouldBe(Seconds(105));

    [Theory]
    [InlineData(105, 135)]
    [InlineData(110, 135)]
    [InlineData(134, 135)]
    [InlineData(135, 165)]
    [InlineData(300, 315)]
    public void Calls_keep_to_the_grid_however_late_they_are_and_missed_ones_are_left_out(int calledAt, int next) =>
        TimerState.Start("a", 1, Schedule, Seconds(100)).Called(Schedule, Seconds(calledAt)).Due(Schedule).ShouldBe(Seconds(next));

    [Fact]
    public void An_idle_timer_waits_until_the_spec_has_not_changed_for_so_long()
    {
        var idle = Schedule with { InitialDelay = TimeSpan.Zero, Idle = Seconds(60) };
        var state = TimerState.Start("a", 1, idle, TimeSpan.Zero);
        state.Due(idle).ShouldBe(Seconds(60));

        state = state.Saw(1, Seconds(50));
        state.Due(idle).ShouldBe(Seconds(60));

        state = state.Saw(2, Seconds(50));
        state.Due(idle).ShouldBe(Seconds(110));
        state.Called(idle, Seconds(110)).Due(idle).ShouldBe(Seconds(120));
    }

    [Fact]
    public void A_timer_that_gave_up_waits_for_the_spec_to_change()
    {
        var state = TimerState.Start("a", 1, Schedule, TimeSpan.Zero) with { GivenUpGeneration = 1 };
        state.IsGivenUp.ShouldBeTrue();
        state.Saw(2, Seconds(1)).IsGivenUp.ShouldBeFalse();
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
