using OperatorKit.Caching;
using OperatorKit.Dispatch;
using OperatorKit.Models;

namespace OperatorKit.Tests.Dispatch;

public sealed class OwnWritesTests
{
    private static readonly ObjectKey Key = new("default", "app");

    private readonly OwnWrites _writes = new();
    private readonly List<string> _news = [];

    [Fact]
    public void A_change_is_news_where_nothing_is_written() => Explains("1", "2").ShouldBeFalse();

    [Fact]
    public void What_the_answer_tells_to_be_the_write_is_no_news()
    {
        using (var write = _writes.Begin<V1Pod>(Key))
        {
            Explains("1", "2").ShouldBeTrue();
            write.Answer = "2";
        }

        _news.ShouldBeEmpty();
    }

    [Fact]
    public void What_others_wrote_meanwhile_is_news_once_the_answer_is_there()
    {
        using (var write = _writes.Begin<V1Pod>(Key))
        {
            Explains("1", "2").ShouldBeTrue();
            Explains("2", "3").ShouldBeTrue();
            Explains("3", "4").ShouldBeTrue();
            write.Answer = "3";
            _news.ShouldBeEmpty();
        }

        _news.ShouldBe(["1-2", "3-4"]);
    }

    [Fact]
    public void A_write_without_an_answer_may_have_been_anybodys()
    {
        using (_writes.Begin<V1Pod>(Key))
            Explains("1", "2").ShouldBeTrue();

        _news.ShouldBe(["1-2"]);
    }

    [Fact]
    public void A_list_that_shows_more_than_the_write_is_news()
    {
        using (var write = _writes.Begin<V1Pod>(Key, basedOn: "2"))
        {
            Explains("1", "3").ShouldBeTrue();
            write.Answer = "3";
        }

        _news.ShouldBe(["1-3"]);
    }

    [Fact]
    public void Writes_to_one_object_wait_for_one_another()
    {
        var first = _writes.Begin<V1Pod>(Key);
        var second = _writes.Begin<V1Pod>(Key);
        Explains("1", "2").ShouldBeTrue();
        Explains("2", "3").ShouldBeTrue();
        second.Answer = "2";
        second.Dispose();
        _news.ShouldBeEmpty();
        first.Answer = "3";
        first.Dispose();

        _news.ShouldBeEmpty();
        Explains("3", "4").ShouldBeFalse();
    }

    [Fact]
    public void An_event_that_comes_when_the_answer_is_just_there_is_the_write_as_well()
    {
        using (var write = _writes.Begin<V1Pod>(Key, basedOn: "1"))
            write.Answer = "2";

        Explains("1", "2").ShouldBeTrue();
        Explains("0", "2").ShouldBeFalse();
        Explains("2", "3").ShouldBeFalse();
        _news.ShouldBeEmpty();
    }

    [Fact]
    public void A_deletion_is_never_put_off()
    {
        using var write = _writes.Begin<V1Pod>(Key);

        _writes.Explain(new CacheChange<V1Pod>(Key, Pod("1"), null, ChangeSource.Watch), () => _news.Add("gone")).ShouldBeFalse();
    }

    private bool Explains(string before, string after) =>
        _writes.Explain(new CacheChange<V1Pod>(Key, Pod(before), Pod(after), ChangeSource.Watch), () => _news.Add($"{before}-{after}"));

    private static V1Pod Pod(string version) => new() { Metadata = new V1ObjectMeta { Name = "app", NamespaceProperty = "default", ResourceVersion = version } };
}
