using OperatorKit.ApiServer.Authentication;

namespace OperatorKit.ApiServer.Tests.Authentication;

public sealed class TokenFileTests
{
    [Fact]
    public void A_line_names_token_user_uid_and_quoted_groups()
    {
        var tokens = TokenFile.Parse("secret,alice,7,\"dev,ops\"\r\nother,bob,8\n");

        var alice = tokens.Find("secret").ShouldNotBeNull();
        (alice.Name, alice.Uid, string.Join(' ', alice.Groups)).ShouldBe(("alice", "7", "dev ops"));
        tokens.Find("other")!.Groups.ShouldBeEmpty();
        tokens.FirstToken.ShouldBe("secret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("secre")]
    [InlineData("secrett")]
    [InlineData("SECRET")]
    public void Another_token_is_nobodys(string token) => TokenFile.Parse("secret,alice,7").Find(token).ShouldBeNull();

    [Theory]
    [InlineData("secret,alice")]
    [InlineData(",alice,7")]
    [InlineData("secret,,7")]
    public void A_line_that_lacks_something_is_named(string line) =>
        Should.Throw<FormatException>(() => TokenFile.Parse($"# users\n{line}")).Message.ShouldContain("Line 2");
}
