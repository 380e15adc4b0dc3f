using OperatorKit.Watching;

namespace OperatorKit.Tests.Watching;

public sealed class InformerStateTests
{
    private static readonly InformerState Watching = InformerState.Initial.Listed("10");

    [Fact]
    public void It_begins_with_a_list_and_watches_from_there()
    {
        InformerState.Initial.Step.ShouldBe(InformerStep.List);
        Watching.Step.ShouldBe(InformerStep.Watch);
        Watching.Version.ShouldBe("10");
    }

    [Fact]
    public void Each_event_moves_the_point_to_resume_at()
    {
        var state = InformerState.Saw("12").Ended(TimeSpan.FromMinutes(5), 0).Checked(isSame: true);

        state.Step.ShouldBe(InformerStep.Watch);
        state.Version.ShouldBe("12");
    }

    [Fact]
    public void A_broken_watch_resumes_where_it_was_after_a_wait()
    {
        var waiting = InformerState.Saw("12").Failed(0);

        waiting.Step.ShouldBe(InformerStep.Wait);
        waiting.Delay.ShouldBe(TimeSpan.FromMilliseconds(800));
        waiting.Waited().Step.ShouldBe(InformerStep.Check);
        var resumed = waiting.Waited().Checked(isSame: true);
        resumed.Step.ShouldBe(InformerStep.Watch);
        resumed.Version.ShouldBe("12");
    }

    [Fact]
    public void Waits_grow_while_nothing_works_up_to_30_seconds()
    {
        var state = Watching;
        var delays = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            state = state.Failed(0);
            delays.Add(state.Delay.TotalSeconds);
            state = state.Waited();
        }

        delays.ShouldBe([0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30]);
    }

    [Fact]
    public void A_cluster_that_is_another_one_is_listed_anew()
    {
        var state = InformerState.Saw("12").Failed(0).Waited().Checked(isSame: false);

        state.Step.ShouldBe(InformerStep.List);
        state.Version.ShouldBeNull();
    }

    [Fact]
    public void An_event_ends_the_row_of_failures() => InformerState.Saw("13").Failed(0).Delay.ShouldBe(TimeSpan.FromMilliseconds(800));

    [Fact]
    public void A_version_that_is_too_old_means_a_list_at_once()
    {
        var state = InformerState.Saw("12").Expired(0);

        state.Step.ShouldBe(InformerStep.List);
        state.Version.ShouldBeNull();
    }

    [Fact]
    public void A_version_that_is_too_old_again_and_again_means_waits()
    {
        var state = InformerState.Saw("12").Expired(0).Listed("20").Expired(0);

        state.Step.ShouldBe(InformerStep.Wait);
        state.Waited().Step.ShouldBe(InformerStep.List);
    }

    [Fact]
    public void A_failed_list_is_tried_again()
    {
        var state = InformerState.Initial.Failed(0);

        state.Step.ShouldBe(InformerStep.Wait);
        state.Waited().Step.ShouldBe(InformerStep.List);
    }

    [Fact]
    public void A_watch_that_is_closed_at_once_is_not_asked_for_without_end() =>
        Watching.Ended(TimeSpan.FromMilliseconds(3), 0).Step.ShouldBe(InformerStep.Wait);
}
