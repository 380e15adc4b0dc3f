using OperatorKit.Leases;

namespace OperatorKit.Tests.Leases;

public sealed class ElectionStateTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(10);

    [Fact]
    public void Without_a_lease_it_creates_one() =>
        ElectionState.Initial.Read(null, "me", At(0)).Next("me", At(0)).ShouldBe(ElectionStep.Create);

    [Fact]
    public void A_lease_of_another_is_left_alone_while_it_moves()
    {
        var state = ElectionState.Initial.Read(Held("you", 1), "me", At(0)).Read(Held("you", 2), "me", At(14));

        state.Next("me", At(28)).ShouldBe(ElectionStep.Wait);
    }

    [Fact]
    public void A_lease_that_has_not_moved_for_its_duration_is_taken()
    {
        var state = ElectionState.Initial.Read(Held("you", 1), "me", At(0)).Read(Held("you", 1), "me", At(10));

        state.Next("me", At(15)).ShouldBe(ElectionStep.Wait);
        state.Next("me", At(15.1)).ShouldBe(ElectionStep.Acquire);
    }

    [Fact]
    public void The_clock_of_the_holder_does_not_matter()
    {
        var longAgo = Held("you", 1) with { RenewTime = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc) };

        ElectionState.Initial.Read(longAgo, "me", At(0)).Next("me", At(1)).ShouldBe(ElectionStep.Wait);
    }

    [Fact]
    public void A_released_lease_is_taken_at_once() =>
        ElectionState.Initial.Read(Held("", 1), "me", At(0)).Next("me", At(0)).ShouldBe(ElectionStep.Acquire);

    [Fact]
    public void Our_own_lease_is_renewed()
    {
        var state = ElectionState.Wrote(Held("me", 1), At(0)).Read(Held("me", 1), "me", At(2));

        state.Leads.ShouldBeTrue();
        state.Next("me", At(2)).ShouldBe(ElectionStep.Renew);
    }

    [Fact]
    public void A_leader_that_cannot_renew_stops_before_anyone_else_can_take_over()
    {
        var state = ElectionState.Wrote(Held("me", 1), At(0));

        state.Passed(At(9.9), RenewDeadline).Leads.ShouldBeTrue();
        state.Passed(At(10), RenewDeadline).Leads.ShouldBeFalse();
    }

    [Fact]
    public void A_leader_that_reads_another_name_stops() =>
        ElectionState.Wrote(Held("me", 1), At(0)).Read(Held("you", 2), "me", At(2)).Leads.ShouldBeFalse();

    private static LeaseRecord Held(string by, int second) => new(by, Duration, new DateTime(2026, 1, 1, 0, 0, second, DateTimeKind.Utc), null, 0, "1");

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
