using OperatorKit.Watching;

namespace OperatorKit.Tests.Watching;

public sealed class NamespaceSetTests
{
    [Theory]
    [InlineData("team-*", "team-a", true)]
    [InlineData("team-*", "team-", true)]
    [InlineData("team-*", "my-team-a", false)]
    [InlineData("team-*,!team-old", "team-old", false)]
    [InlineData("!kube-*", "default", true)]
    [InlineData("!kube-*", "kube-system", false)]
    [InlineData("a,b", "b", true)]
    [InlineData("a,b", "c", false)]
    [InlineData("team-?", "team-a", true)]
    [InlineData("team-?", "team-ab", false)]
    public void A_namespace_is_in_when_a_part_wants_it_and_none_excludes_it(string parts, string name, bool isIn) =>
        new NamespaceSet(parts.Split(',')).Contains(name).ShouldBe(isIn);

    [Theory]
    [InlineData("a,b", false)]
    [InlineData("a,!b", true)]
    [InlineData("a*", true)]
    public void Only_patterns_need_the_namespaces_that_there_are(string parts, bool isPattern) => new NamespaceSet(parts.Split(',')).IsPattern.ShouldBe(isPattern);

    [Fact]
    public void Sets_with_the_same_parts_are_the_same() => new NamespaceSet(["b", "a", "b"]).Text.ShouldBe(new NamespaceSet(["a", "b"]).Text);
}
