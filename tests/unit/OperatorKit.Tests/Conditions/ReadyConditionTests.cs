using OperatorKit.Conditions;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Conditions;

public sealed class ReadyConditionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly DateTime Before = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Success_notes_the_generation_and_that_the_object_is_ready()
    {
        var status = ReadyCondition.Succeeded(new SimpleAppStatus { ReadyReplicas = 2 }, null, 3, Now);

        status.ShouldBeOfType<SimpleAppStatus>().ReadyReplicas.ShouldBe(2);
        status.ObservedGeneration.ShouldBe(3);
        var ready = status.Conditions.ShouldHaveSingleItem();
        (ready.Type, ready.Status, ready.Reason, ready.ObservedGeneration).ShouldBe(("Ready", "True", "Reconciled", 3));
        ready.LastTransitionTime.ShouldBe(new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void What_the_handler_says_about_readiness_stands()
    {
        var own = new V1Condition { Type = "Ready", Status = "False", Reason = "Progressing", Message = "1 of 3" };

        var status = ReadyCondition.Succeeded(new SimpleAppStatus { Conditions = [own] }, null, 3, Now);

        var ready = status.Conditions.ShouldHaveSingleItem();
        (ready.Status, ready.Reason, ready.Message).ShouldBe(("False", "Progressing", "1 of 3"));
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("False", false)]
    public void The_transition_time_moves_only_with_the_status(string before, bool kept)
    {
        var previous = With(new V1Condition { Type = "Ready", Status = before, Reason = "Old", LastTransitionTime = Before });

        var ready = ReadyCondition.Succeeded(new SimpleAppStatus(), previous, 3, Now).Conditions.ShouldHaveSingleItem();

        (ready.LastTransitionTime == Before).ShouldBe(kept);
    }

    [Fact]
    public void A_failure_that_is_over_does_not_come_back_with_a_status_made_from_the_old_one()
    {
        var previous = With(ReadyCondition.NotReady("HandlerFailed", "boom", 2));

        var status = ReadyCondition.Succeeded(previous with { ReadyReplicas = 1 }, previous, 3, Now);

        status.Conditions.ShouldHaveSingleItem().Status.ShouldBe("True");
    }

    [Fact]
    public void A_failure_keeps_the_rest_of_the_status_and_does_not_pass_for_handled()
    {
        var other = new V1Condition { Type = "Scaled", Status = "True", Reason = "Done", LastTransitionTime = Before };
        var previous = With(other) with { ReadyReplicas = 2, ObservedGeneration = 2 };

        var status = ReadyCondition.Failed(previous, previous, "Forbidden", "may not", 3, Now).ShouldBeOfType<SimpleAppStatus>();

        status.ReadyReplicas.ShouldBe(2);
        status.ObservedGeneration.ShouldBe(2);
        status.Conditions.Select(condition => (condition.Type, condition.Status, condition.Reason))
            .ShouldBe([("Scaled", "True", "Done"), ("Ready", "False", "Forbidden")]);
        status.Conditions[0].LastTransitionTime.ShouldBe(Before);
    }

    private static SimpleAppStatus With(params V1Condition[] conditions) => new() { Conditions = conditions };
}
