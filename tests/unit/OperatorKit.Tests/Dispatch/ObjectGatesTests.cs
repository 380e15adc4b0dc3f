using OperatorKit.Caching;
using OperatorKit.Dispatch;

namespace OperatorKit.Tests.Dispatch;

public sealed class ObjectGatesTests
{
    private static readonly ObjectKey App = new("default", "app");

    private readonly ObjectGates _gates = new();

    [Fact]
    public void One_run_at_a_time_gets_to_an_object_and_who_came_too_early_is_told()
    {
        var told = 0;
        _gates.TryEnter(App, () => told += 100).ShouldBeTrue();
        _gates.TryEnter(App, () => told++).ShouldBeFalse();
        _gates.TryEnter(new ObjectKey("default", "other"), () => told += 100).ShouldBeTrue();
        told.ShouldBe(0);

        _gates.Leave(App);

        told.ShouldBe(1);
        _gates.TryEnter(App, () => told++).ShouldBeTrue();
        _gates.Leave(App);
        told.ShouldBe(1);
    }
}
