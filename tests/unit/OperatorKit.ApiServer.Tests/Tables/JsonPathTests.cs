using OperatorKit.ApiServer.Tables;

namespace OperatorKit.ApiServer.Tests.Tables;

public sealed class JsonPathTests
{
    private const string Root = "{'a':{'b.c':1,'list':[{'type':'X','n':1},{'type':'Ready','status':'True','n':2},{'n':3}]}}";

    [Theory]
    [InlineData(".a.list[0].type", "'X'")]
    [InlineData("$.a.list[-1].n", "3")]
    [InlineData(".a['b.c']", "1")]
    [InlineData(".a.b\\.c", "1")]
    [InlineData(".a.list[*].n", "1 2 3")]
    [InlineData(".a.list[1:].n", "2 3")]
    [InlineData(".a.list[?(@.type=='Ready')].status", "'True'")]
    [InlineData(".a.list[?(@.n>1)].n", "2 3")]
    [InlineData(".a.list[?(@.n>=\"x\")].n", "")]
    [InlineData(".a.list[?(@.type)].n", "1 2")]
    [InlineData("..type", "'X' 'Ready'")]
    [InlineData(".a.none.x", "")]
    [InlineData(".a.list[9]", "")]
    public void A_path_finds_values(string path, string expected) =>
        string.Join(' ', JsonPath.Parse(path).Find(Document.Parse(Root))).ShouldBe(expected.Replace('\'', '"'));

    [Theory]
    [InlineData("a")]
    [InlineData(".a[")]
    [InlineData(".a[x]")]
    [InlineData(".a[?(@.b==)]")]
    public void Text_that_is_no_path_is_refused(string path) => Should.Throw<FormatException>(() => JsonPath.Parse(path));
}
