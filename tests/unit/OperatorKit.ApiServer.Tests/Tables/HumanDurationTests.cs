using OperatorKit.ApiServer.Tables;

namespace OperatorKit.ApiServer.Tests.Tables;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(125, "2m5s")]
    [InlineData(600, "10m")]
    [InlineData(3 * 3600 - 1, "179m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData(7 * 3600 + 300, "7h5m")]
    [InlineData(8 * 3600 + 300, "8h")]
    [InlineData(2 * 86400 + 3600, "2d1h")]
    [InlineData(8 * 86400 + 3600, "8d")]
    [InlineData(730L * 86400, "2y")]
    [InlineData(731L * 86400, "2y1d")]
    [InlineData(9L * 365 * 86400, "9y")]
    public void Ages_read_as_kubectl_prints_them(long seconds, string expected) => HumanDuration.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);
}
