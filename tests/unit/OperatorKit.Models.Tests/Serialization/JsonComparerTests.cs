using OperatorKit.Serialization;

namespace OperatorKit.Models.Tests.Serialization;

public sealed class JsonComparerTests
{
    private static readonly V1Pod Pod = Labelled("web", "2");

    [Theory]
    [InlineData("web", "2", true, true)]
    [InlineData("db", "2", false, true)]
    [InlineData("web", "3", true, false)]
    public void Objects_are_compared_in_one_place(string tier, string version, bool sameTier, bool sameVersion)
    {
        var other = Labelled(tier, version);
        JsonComparer.AreSame(Pod, other, ["metadata", "labels", "tier"]).ShouldBe(sameTier);
        JsonComparer.AreSame(Pod, other, ["metadata", "labels", "version"]).ShouldBe(sameVersion);
        JsonComparer.AreSame(Pod, other, ["metadata", "labels"]).ShouldBe(sameTier && sameVersion);
    }

    [Fact]
    public void Nothing_is_the_same_as_nothing_and_as_nothing_else()
    {
        JsonComparer.AreSame(Pod, new V1Pod(), ["spec", "nodeName"]).ShouldBeTrue();
        JsonComparer.AreSame(Pod, new V1Pod(), ["metadata", "labels"]).ShouldBeFalse();
        JsonComparer.AreSame(new V1Pod(), Pod, ["metadata", "labels", "tier"]).ShouldBeFalse();
        JsonComparer.AreSame(Pod, Pod, ["metadata", "labels", "tier", "deeper"]).ShouldBeTrue();
    }

    private static V1Pod Labelled(string tier, string version)
        => new() { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["tier"] = tier, ["version"] = version } } };
}
