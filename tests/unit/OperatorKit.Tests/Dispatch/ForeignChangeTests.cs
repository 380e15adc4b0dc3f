using OperatorKit.Caching;
using OperatorKit.Dispatch;
using OperatorKit.Models;

namespace OperatorKit.Tests.Dispatch;

public sealed class ForeignChangeTests
{
    [Theory]
    [InlineData("1", 1, "1", false)] // the write, on the state that the cache has
    [InlineData("2", 1, "1", true)] // somebody came between what the cache has and the write, perhaps with an annotation
    [InlineData(null, 1, "1", false)] // any version was written to, and nothing tells of others
    [InlineData(null, 2, "1", true)] // a spec is nothing that an operator writes
    public void The_answer_of_a_write_shows_what_others_did_before_it(string? basedOn, long generation, string cached, bool expected) =>
        ForeignChange.IsBehind(new CacheChange<V1Pod>(default, Pod(cached, 1), Pod("3", generation), ChangeSource.OwnWrite) { Writer = "pod", BasedOn = basedOn }).ShouldBe(expected);

    private static V1Pod Pod(string version, long generation) => new() { Metadata = new V1ObjectMeta { Name = "app", ResourceVersion = version, Generation = generation } };
}
