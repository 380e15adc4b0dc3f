using OperatorKit.ApiServer.Patching;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Patching;

public sealed class StrategicMergePatchTests
{
    private static readonly StructuralSchema Text = new() { Type = SchemaType.String };

    private static readonly StructuralSchema Env = Map(("name", Text), ("value", Text));

    private static readonly StructuralSchema Container = Map(
        ("name", Text),
        ("image", Text),
        ("args", List(Text)),
        ("env", List(Env) with { PatchStrategy = "merge", PatchMergeKey = "name" }));

    private static readonly StructuralSchema Schema = Map(
        ("labels", new StructuralSchema { Type = SchemaType.Object, AdditionalProperties = Text }),
        ("finalizers", List(Text) with { PatchStrategy = "merge" }),
        ("containers", List(Container) with { PatchStrategy = "merge", PatchMergeKey = "name" }),
        ("volumes", List(Map(("name", Text), ("a", Map()), ("b", Map()))) with { PatchStrategy = "merge,retainKeys", PatchMergeKey = "name" }),
        ("strategy", Map(("type", Text), ("rolling", Map())) with { PatchStrategy = "retainKeys" }),
        ("whole", Map(("a", Text), ("b", Text)) with { PatchStrategy = "replace" }));

    [Theory]
    [InlineData("{'labels':{'a':'1','b':'2'}}", "{'labels':{'a':null,'c':'3'}}", "{'labels':{'b':'2','c':'3'}}")]
    [InlineData("{'labels':{'a':'1'}}", "{'labels':{'$patch':'replace','c':'3'}}", "{'labels':{'c':'3'}}")]
    [InlineData("{'labels':{'a':'1'}}", "{'labels':{'$patch':'delete'}}", "{'labels':{}}")]
    [InlineData("{'whole':{'a':'1'}}", "{'whole':{'b':'2'}}", "{'whole':{'b':'2'}}")]
    public void Maps_merge_unless_told_otherwise(string document, string patch, string expected) => Check(document, patch, expected);

    [Theory]
    [InlineData("{'finalizers':['a','b']}", "{'finalizers':['c']}", "{'finalizers':['c','a','b']}")]
    [InlineData("{'finalizers':['a','b']}", "{'finalizers':['b']}", "{'finalizers':['a','b']}")]
    [InlineData("{'finalizers':['a','b']}", "{'$deleteFromPrimitiveList/finalizers':['a']}", "{'finalizers':['b']}")]
    [InlineData("{'finalizers':['a','b']}", "{'$setElementOrder/finalizers':['b','a']}", "{'finalizers':['b','a']}")]
    [InlineData("{}", "{'$deleteFromPrimitiveList/finalizers':['a']}", "{}")]
    [InlineData("{'finalizers':['a']}", "{'finalizers':null}", "{}")]
    public void Lists_of_scalars_become_sets(string document, string patch, string expected) => Check(document, patch, expected);

    [Theory]
    [InlineData("{'containers':[{'name':'a','image':'1','args':['x']}]}", "{'containers':[{'name':'a','image':'2','args':['y']}]}", "{'containers':[{'name':'a','image':'2','args':['y']}]}")]
    [InlineData("{'containers':[{'name':'a'}]}", "{'containers':[{'name':'b'}]}", "{'containers':[{'name':'b'},{'name':'a'}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'b'}]}", "{'containers':[{'name':'a','$patch':'delete'}]}", "{'containers':[{'name':'b'}]}")]
    [InlineData("{'containers':[{'name':'a'}]}", "{'containers':[{'$patch':'replace'},{'name':'c'}]}", "{'containers':[{'name':'c'}]}")]
    [InlineData("{'containers':[{'name':'a','env':[{'name':'X','value':'1'},{'name':'Y'}]}]}", "{'containers':[{'name':'a','env':[{'name':'X','$patch':'delete'},{'name':'Z'}]}]}", "{'containers':[{'name':'a','env':[{'name':'Z'},{'name':'Y'}]}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'b'},{'name':'c'}]}", "{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}],'containers':[{'name':'a','image':'2'}]}", "{'containers':[{'name':'b'},{'name':'c'},{'name':'a','image':'2'}]}")]
    [InlineData("{}", "{'containers':[{'name':'a','image':null},{'name':'b','$patch':'delete'}]}", "{'containers':[{'name':'a'}]}")]
    public void Lists_of_objects_merge_by_key(string document, string patch, string expected) => Check(document, patch, expected);

    [Theory]
    [InlineData("{'strategy':{'type':'R','rolling':{}}}", "{'strategy':{'$retainKeys':['type'],'type':'X'}}", "{'strategy':{'type':'X'}}")]
    [InlineData("{'volumes':[{'name':'v','a':{}}]}", "{'volumes':[{'name':'v','$retainKeys':['name','b'],'b':{}}]}", "{'volumes':[{'name':'v','b':{}}]}")]
    [InlineData("{}", "{'strategy':{'$retainKeys':['type'],'type':'X'}}", "{'strategy':{'$retainKeys':['type'],'type':'X'}}")]
    [InlineData("{'volumes':[{'name':'v'}]}", "{'volumes':[{'name':'w','$retainKeys':['name']}]}", "{'volumes':[{'name':'w','$retainKeys':['name']},{'name':'v'}]}")]
    public void Only_retained_keys_stay(string document, string patch, string expected) => Check(document, patch, expected);

    [Theory]
    [InlineData("{'containers':[{'name':'fresh','$patch':'frobnicate'}]}", "unknown patch type: frobnicate in map: map[$patch:frobnicate name:fresh]", PatchFailure.Unsupported)]
    [InlineData("{'containers':[{'image':'x'}]}", "map: map[image:x] does not contain declared merge key: name", PatchFailure.Unsupported)]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type map[string]interface {}", PatchFailure.Malformed)]
    [InlineData("{'strategy':{'$retainKeys':['type'],'rolling':{}}}", "invalid patch format of retainKeys", PatchFailure.Malformed)]
    [InlineData("{'$setElementOrder/containers':'x'}", "expected a []interface {}, but received a string", PatchFailure.Unsupported)]
    public void Wrong_patches_are_refused(string patch, string message, object failure)
    {
        var document = Document.Object("{'containers':[{'name':'a'}],'strategy':{}}");
        var error = Should.Throw<PatchException>(() => StrategicMergePatch.Apply(document, Document.Parse(patch), Schema));
        error.Message.ShouldBe(message);
        error.Failure.ShouldBe((PatchFailure)failure);
    }

    private static void Check(string document, string patch, string expected) =>
        StrategicMergePatch.Apply(Document.Object(document), Document.Parse(patch), Schema).ToString().ShouldBe(Document.Object(expected).ToString());

    private static StructuralSchema Map(params (string Name, StructuralSchema Schema)[] properties) =>
        new() { Type = SchemaType.Object, Properties = [.. properties.Select(static property => new StructuralProperty(property.Name, property.Schema))] };

    private static StructuralSchema List(StructuralSchema items) => new() { Type = SchemaType.Array, Items = items };
}
