using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Tests.Patching;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("{'a':1}", "[{'op':'add','path':'/b','value':2}]", "{'a':1,'b':2}")]
    [InlineData("{'a':[1,3]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2,3]}")]
    [InlineData("{'a':[1]}", "[{'op':'add','path':'/a/-','value':2}]", "{'a':[1,2]}")]
    [InlineData("{'a':[1,2]}", "[{'op':'remove','path':'/a/-1'}]", "{'a':[1]}")]
    [InlineData("{'a/b':1,'m~n':2}", "[{'op':'remove','path':'/a~1b'},{'op':'replace','path':'/m~0n','value':3}]", "{'m~n':3}")]
    [InlineData("{'a':1}", "[{'op':'replace','path':'/missing','value':2}]", "{'a':1,'missing':2}")]
    [InlineData("{'a':1}", "[{'op':'test','path':'/missing','value':null}]", "{'a':1}")]
    [InlineData("{'a':1}", "[{'op':'test','path':'/a','value':1}]", "{'a':1}")]
    [InlineData("{'a':{'b':1}}", "[{'op':'move','from':'/a/b','path':'/c'}]", "{'a':{},'c':1}")]
    [InlineData("{'a':{'b':1}}", "[{'op':'copy','from':'/a','path':'/c'}]", "{'a':{'b':1},'c':{'b':1}}")]
    [InlineData("{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}")]
    [InlineData("{'a':1}", "[]", "{'a':1}")]
    public void Operations_edit_the_document(string document, string patch, string expected) =>
        JsonPatch.Apply(Document.Parse(document), Document.Parse(patch)).ShouldBe(Document.Parse(expected));

    [Theory]
    [InlineData("[{'op':'remove','path':'/none'}]")]
    [InlineData("[{'op':'add','path':'/none/x','value':1}]")]
    [InlineData("[{'op':'test','path':'/a','value':[9]}]")]
    [InlineData("[{'op':'remove','path':'/a/7'}]")]
    [InlineData("[{'op':'add','path':'/a/x','value':1}]")]
    [InlineData("[{'op':'replace','path':'/a/2','value':1}]")]
    [InlineData("[{'op':'frob','path':'/a'}]")]
    [InlineData("[{'op':'remove','path':'a'}]")]
    [InlineData("[{'op':'remove'}]")]
    [InlineData("[{'op':'remove','path':''}]")]
    public void An_operation_that_does_not_fit_is_unprocessable(string patch) =>
        Should.Throw<PatchException>(() => JsonPatch.Apply(Document.Parse("{'a':[1,2]}"), Document.Parse(patch))).Failure.ShouldBe(PatchFailure.Unprocessable);

    [Fact]
    public void An_object_is_no_patch()
    {
        var error = Should.Throw<PatchException>(() => JsonPatch.Apply(Document.Parse("{}"), Document.Parse("{'op':'add'}")));
        error.Failure.ShouldBe(PatchFailure.Malformed);
        error.Message.ShouldBe("error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
    }

    [Fact]
    public void A_patch_with_too_many_operations_is_refused()
    {
        var patch = Document.Parse("[" + string.Join(',', Enumerable.Repeat("{'op':'test','path':'/a','value':1}", 10_001)) + "]");
        var error = Should.Throw<PatchException>(() => JsonPatch.Apply(Document.Parse("{'a':1}"), patch));
        error.Failure.ShouldBe(PatchFailure.TooLarge);
        error.Message.ShouldBe("The allowed maximum operations in a JSON patch is 10000, got 10001");
    }

    [Fact]
    public void Copies_that_double_the_document_again_and_again_are_stopped()
    {
        var doubling = string.Join(',', Enumerable.Repeat("{'op':'copy','from':'/a','path':'/a/-'}", 64));
        Should.Throw<PatchException>(() => JsonPatch.Apply(Document.Parse("{'a':['" + new string('x', 1000) + "']}"), Document.Parse($"[{doubling}]")))
            .Failure.ShouldBe(PatchFailure.Unprocessable);
    }
}
