using OperatorKit.Dispatch;
using static OperatorKit.HandlerMethods;

namespace OperatorKit.Tests.Dispatch;

public sealed class CausesTests
{
    [Theory]
    [InlineData(false, false, 1, null, nameof(Cause.Create))]
    [InlineData(false, true, 4, null, nameof(Cause.Create))]
    [InlineData(false, true, 4, 3L, nameof(Cause.Update))]
    [InlineData(false, false, 4, 4L, nameof(Cause.Reconcile))]
    [InlineData(false, false, 4, 4L, nameof(Cause.Resume), false)]
    [InlineData(false, false, 4, 3L, nameof(Cause.Update), false)]
    [InlineData(true, true, 4, 3L, nameof(Cause.Delete))]
    [InlineData(true, true, 1, null, nameof(Cause.Delete))]
    [InlineData(true, false, 4, 3L, nameof(Cause.None))]
    [InlineData(true, false, 1, null, nameof(Cause.None))]
    public void The_cause_follows_from_the_state_alone(bool deleting, bool hasFinalizer, long generation, long? observed, string cause, bool seen = true) =>
        Causes.Classify(deleting, hasFinalizer, generation, observed, seen).ToString().ShouldBe(cause);

    [Theory]
    [InlineData(nameof(Cause.Create), Create | Update | Reconcile, Create)]
    [InlineData(nameof(Cause.Create), Update | Reconcile, Reconcile)]
    [InlineData(nameof(Cause.Create), Update | Delete, None)]
    [InlineData(nameof(Cause.Update), Create | Update | Reconcile, Update)]
    [InlineData(nameof(Cause.Update), Create | Reconcile, Reconcile)]
    [InlineData(nameof(Cause.Update), Create, None)]
    [InlineData(nameof(Cause.Reconcile), Create | Update | Reconcile | Resume, Reconcile)]
    [InlineData(nameof(Cause.Reconcile), Resume, None)]
    [InlineData(nameof(Cause.Resume), Create | Update | Reconcile | Resume, Resume)]
    [InlineData(nameof(Cause.Resume), Create | Update | Reconcile, Reconcile)]
    [InlineData(nameof(Cause.Resume), Update, Update)]
    [InlineData(nameof(Cause.Reconcile), Create | Update, Update)]
    [InlineData(nameof(Cause.Reconcile), Create | Delete, None)]
    [InlineData(nameof(Cause.Delete), Create | Delete, Delete)]
    [InlineData(nameof(Cause.Delete), Create, None)]
    [InlineData(nameof(Cause.None), Create | Update | Reconcile | Delete, None)]
    public void The_method_follows_from_the_cause_and_the_overrides(string cause, HandlerMethods overridden, HandlerMethods method) =>
        Causes.Choose(Enum.Parse<Cause>(cause), overridden).ShouldBe(method);
}
