using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Tests.Patching;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("{'a':1}", "{'a':2,'b':3}", "{'a':2,'b':3}")]
    [InlineData("{'a':1,'b':2}", "{'a':null}", "{'b':2}")]
    [InlineData("{'a':1}", "{'z':null}", "{'a':1}")]
    [InlineData("{'a':{'b':1,'c':2}}", "{'a':{'b':null}}", "{'a':{'c':2}}")]
    [InlineData("{'a':[1,2]}", "{'a':[3]}", "{'a':[3]}")]
    [InlineData("{'a':'x'}", "{'a':{'b':1,'c':null}}", "{'a':{'b':1}}")]
    [InlineData("{}", "{'a':{'b':{'c':null}}}", "{'a':{'b':{}}}")]
    [InlineData("{}", "{'a':[null,{'b':null}]}", "{'a':[null,{}]}")]
    [InlineData("{'a':{'b':1}}", "{'a':'x'}", "{'a':'x'}")]
    public void A_patch_sets_and_removes_members(string document, string patch, string expected) =>
        MergePatch.Apply(Document.Object(document), Document.Parse(patch)).ShouldBe(Document.Object(expected));

    [Fact]
    public void A_list_is_no_merge_patch() =>
        Should.Throw<PatchException>(() => MergePatch.Apply(Document.Object("{}"), Document.Parse("[]")))
            .Message.ShouldBe("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
}
