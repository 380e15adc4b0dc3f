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
    [InlineData("myapp-*,!*-pr-*,*-pr-123", "myapp-live", true)]
    [InlineData("myapp-*,!*-pr-*,*-pr-123", "myapp-pr-7", false)]
    [InlineData("myapp-*,!*-pr-*,*-pr-123", "myapp-pr-123", true)]
    [InlineData("!team-old,team-*", "team-old", true)]
    [InlineData("!team-*,team-a", "other", true)]
    [InlineData("!team-*,team-a", "team-a", true)]
    [InlineData("!team-*,team-a", "team-b", false)]
    [InlineData("a,!a", "a", false)]
    public void Of_the_parts_that_match_a_namespace_the_last_one_decides(string parts, string name, bool isIn) =>
        new NamespaceSet(parts.Split(',')).Contains(name).ShouldBe(isIn);

    [Theory]
    [InlineData("a,b", false)]
    [InlineData("a,!b", true)]
    [InlineData("a*", true)]
    public void Only_patterns_need_the_namespaces_that_there_are(string parts, bool isPattern) => new NamespaceSet(parts.Split(',')).IsPattern.ShouldBe(isPattern);

    [Fact]
    public void Sets_with_the_same_parts_are_the_same() => new NamespaceSet(["b", "a", "b"]).Text.ShouldBe(new NamespaceSet(["a", "b"]).Text);

    [Fact]
    public void With_exclusions_the_order_makes_another_set() => new NamespaceSet(["!a", "a"]).Text.ShouldNotBe(new NamespaceSet(["a", "!a"]).Text);
}
