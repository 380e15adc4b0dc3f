using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class PatchFuzzTests
{
    private static readonly string[] Operations = ["add", "remove", "replace", "move", "copy", "test", "Add", ""];
    private static readonly string[] Directives = ["$patch", "$retainKeys", "$setElementOrder/containers", "$deleteFromPrimitiveList/finalizers", "containers", "ports", "metadata", "spec", "template", "name"];
    private static readonly string[] DirectiveValues = ["replace", "delete", "merge", "x", "main"];

    private static readonly JsonObject Deployment = Document.Object("""
        {'metadata':{'name':'a','finalizers':['x','y'],'labels':{'a':'b'}},'spec':{'replicas':1,'strategy':{'type':'Recreate'},'template':{'spec':{'containers':[
        {'name':'main','image':'i','ports':[{'containerPort':80,'protocol':'TCP'}]},{'name':'side','env':[{'name':'A','value':'1'}]}],'tolerations':[{'key':'k'}]}}}}
        """);

    [Fact]
    public void A_json_patch_applies_or_is_refused() => Fuzz.Run(static random => (Document: RandomJson.Value(random, 4), Patch: Operation(random)), static input =>
    {
        try
        {
            JsonParser.Parse(JsonText.ToUtf8(JsonPatch.Apply(input.Document, input.Patch))).Value.ShouldNotBeNull();
        }
        catch (PatchException)
        {
        }
    }, static input => $"{input.Document}\n{input.Patch}");

    [Fact]
    public void What_a_json_patch_puts_at_a_pointer_is_found_there() => Fuzz.Run(static random => (Document: RandomJson.Object(random, 4), Pointer: Pointer(random), Value: RandomJson.Value(random, 2)), static input =>
    {
        try
        {
            var changed = JsonPatch.Apply(input.Document, JsonArray.Of(JsonObject.Of(("op", "replace"), ("path", input.Pointer), ("value", input.Value))));
            JsonPointer.Parse(input.Pointer)!.TryGet(changed, out var found).ShouldBeTrue();
            found.ShouldBe(input.Value);
        }
        catch (PatchException)
        {
        }
    }, static input => $"{input.Document}\n{input.Pointer} {input.Value}");

    [Fact]
    public void A_json_patch_cannot_nest_a_document_without_end()
    {
        var deep = Document.Parse(new string('[', 600) + new string(']', 600));
        var nest = JsonObject.Of(("op", "copy"), ("from", "/a"), ("path", "/a" + string.Concat(Enumerable.Repeat("/0", 599)) + "/-"));

        Should.Throw<PatchException>(() => JsonPatch.Apply(JsonObject.Of(("a", deep)), JsonArray.Of(nest))).Failure.ShouldBe(PatchFailure.Unprocessable);
    }

    [Fact]
    public void A_merge_patch_without_null_says_the_same_when_it_is_applied_again() => Fuzz.Run(static random => (Document: RandomJson.Object(random, 4), Patch: RandomJson.Object(random, 4)), static input =>
    {
        var once = MergePatch.Apply(input.Document, input.Patch);
        if (!input.Patch.ToString().Contains("null", StringComparison.Ordinal))
            MergePatch.Apply(once, input.Patch).ShouldBe(once);
    }, static input => $"{input.Document}\n{input.Patch}");

    [Fact]
    public void A_strategic_merge_patch_applies_or_is_refused()
    {
        var schema = BuiltInSchemas.Find("apps", "v1", "Deployment")!;
        Fuzz.Run(random => (JsonObject)Damaged(random, Deployment, 0), patch =>
        {
            try
            {
                JsonText.ToUtf8(StrategicMergePatch.Apply(Deployment, patch, schema)).ShouldNotBeEmpty();
            }
            catch (PatchException)
            {
            }
        }, static patch => patch.ToString());
    }

    /// <summary>The document with members lost, changed and joined by directives.</summary>
    private static JsonValue Damaged(Random random, JsonValue value, int depth)
    {
        if (depth > 0 && random.Next(12) == 0)
            return RandomJson.Value(random, 2);
        switch (value)
        {
            case JsonObject obj:
                var members = new JsonObject.Builder();
                foreach (var (key, member) in obj)
                {
                    if (random.Next(4) > 0)
                        members[key] = Damaged(random, member, depth + 1);
                }

                if (random.Next(4) == 0)
                    members[RandomJson.Pick(random, Directives)] = Directive(random);
                return members.Build();
            case JsonArray array:
                return JsonArray.Of(array.Items.Where(_ => random.Next(4) > 0).Select(item => Damaged(random, item, depth + 1)).ToList());
            default:
                return value;
        }
    }

    private static JsonValue Directive(Random random) => random.Next(3) switch
    {
        0 => RandomJson.Pick(random, DirectiveValues),
        1 => JsonArray.Of(JsonObject.Of(("name", RandomJson.Pick(random, DirectiveValues))), JsonObject.Of(("name", "main"))),
        _ => RandomJson.Value(random, 2),
    };

    private static JsonArray Operation(Random random) => JsonArray.Of(Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
    {
        var operation = new JsonObject.Builder { ["op"] = RandomJson.Pick(random, Operations), ["path"] = Pointer(random), ["from"] = Pointer(random), ["value"] = RandomJson.Value(random, 2) };
        if (random.Next(10) == 0)
            operation[RandomJson.Pick(random, ["op", "path", "from", "value"])] = random.Next(2) == 0 ? null : RandomJson.Value(random, 1);
        return (JsonValue)operation.Build();
    }).ToList());

    private static string Pointer(Random random)
    {
        if (random.Next(20) == 0)
            return RandomJson.Text(random);
        return string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => "/" + random.Next(4) switch
        {
            0 => random.Next(-3, 6).ToString(System.Globalization.CultureInfo.InvariantCulture),
            1 => RandomJson.Pick(random, ["-", "~", "~01", "99999999999", "-1"]),
            _ => RandomJson.Name(random).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal),
        }));
    }
}
