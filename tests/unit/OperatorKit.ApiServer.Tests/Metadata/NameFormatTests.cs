using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Tests.Metadata;

public sealed class NameFormatTests
{
    [Theory]
    [InlineData("a.b-c.d", true)]
    [InlineData("a-", false)]
    [InlineData("Upper", false)]
    [InlineData("a..b", false)]
    [InlineData("", false)]
    public void Subdomains(string name, bool valid) => NameFormat.Subdomain(name).Any().ShouldBe(!valid);

    [Theory]
    [InlineData("example.com/name", true)]
    [InlineData("name", true)]
    [InlineData("Name_1.x", true)]
    [InlineData("/name", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Bad_Prefix/x", false)]
    [InlineData("bad key", false)]
    public void Qualified_names(string name, bool valid) => NameFormat.QualifiedName(name).Any().ShouldBe(!valid);

    [Fact]
    public void A_label_with_dots_is_told_about_the_dots() => NameFormat.Label("a.b").ShouldBe(["must not contain dots"]);

    [Theory]
    [InlineData("system:node", true)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    public void Path_segments(string name, bool valid) => NameFormat.PathSegment(name).Any().ShouldBe(!valid);
}
