using OperatorKit.Eventing;

namespace OperatorKit.Tests.Eventing;

public sealed class EventLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly EventLedger _ledger;
    private int _names;

    public EventLedgerTests() => _ledger = new EventLedger(() => $"{++_names}", capacity: 100);

    [Fact]
    public void The_same_thing_again_is_counted_not_repeated()
    {
        var first = Record("a", "Failed", "no image")!;
        var second = Record("a", "Failed", "no image", minutes: 1);

        second.ShouldBeSameAs(first);
        first.Count.ShouldBe(2);
        first.Last.ShouldBe(Start.AddMinutes(1));
        first.First.ShouldBe(Start);
    }

    [Fact]
    public void Different_things_have_names_of_their_own() =>
        Record("a", "Failed", "no image")!.Name.ShouldNotBe(Record("a", "Failed", "no node")!.Name);

    [Fact]
    public void One_object_cannot_flood_the_cluster()
    {
        var through = Enumerable.Range(0, 100).Count(i => Record("a", "Failed", $"{i}") is not null);

        through.ShouldBe(25);
        Record("b", "Failed", "first").ShouldNotBeNull();
        Record("a", "Failed", "later", minutes: 5).ShouldNotBeNull();
    }

    [Fact]
    public void Old_series_make_room_for_new_ones()
    {
        var first = Record("0", "Failed", "x");
        for (var i = 1; i <= 100; i++)
        {
            Record($"{i}", "Failed", "x");
        }

        Record("0", "Failed", "x").ShouldNotBeSameAs(first);
    }

    [Fact]
    public void What_the_cluster_has_let_go_of_begins_anew()
    {
        var first = Record("a", "Failed", "no image")!;
        Record("a", "Failed", "no image", minutes: 90);

        var renewed = _ledger.Renew(first);

        (renewed.Count, renewed.First, renewed.Written).ShouldBe((1, Start.AddMinutes(90), 0));
        renewed.Name.ShouldNotBe(first.Name);
        Record("a", "Failed", "no image", minutes: 91).ShouldBeSameAs(renewed);
    }

    private EventSeries? Record(string name, string reason, string message, int minutes = 0) => _ledger.Record(
        new EventSubject("example.com/v1", "SimpleApp", "default", name, $"uid-{name}", null), EventType.Warning, reason, message, Start.AddMinutes(minutes));
}
