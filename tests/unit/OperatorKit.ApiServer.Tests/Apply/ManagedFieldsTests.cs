using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Apply;

public sealed class ManagedFieldsTests
{
    [Fact]
    public void The_creator_owns_everything_and_the_parents_too() => Gadgets.Owners(Gadgets.Create("m", "{'size':1,'parts':[{'id':'p','rev':1}],'gran':{'k':'1'},'set':['a'],'atomic':[]}")).ShouldBe(
        "{'m':{'.':{},'f:atomic':{},'f:gran':{'.':{},'f:k':{}},'f:parts':{'.':{},'k:{\\'id\\':\\'p\\',\\'rev\\':1}':{'.':{},'f:id':{},'f:rev':{}}},'f:set':{'.':{},'v:\\'a\\'':{}},'f:size':{}}}");

    [Fact]
    public void A_writer_comes_to_own_what_it_changes_and_others_lose_it()
    {
        var next = Gadgets.Update(Gadgets.Create("a", "{'size':1,'color':'red'}"), "b", "{'size':2,'set':['x']}");
        Gadgets.Owners(next).ShouldBe("{'a':{},'b':{'f:set':{'.':{},'v:\\'x\\'':{}},'f:size':{}}}");
    }

    [Fact]
    public void A_write_that_changes_nothing_keeps_the_time()
    {
        var live = Gadgets.Create("a", "{'size':1}");
        Gadgets.Update(live, "a", "{'size':1}", second: 60).ShouldBe(live);
    }

    [Fact]
    public void Times_alone_make_no_change()
    {
        var live = Gadgets.Create("a", "{'size':1}");
        ManagedFields.DifferInTimesOnly(live, ManagedFields.Update(null, Gadgets.WithSpec("{'size':1}"), Gadgets.By("a", second: 60))).ShouldBeTrue();
        ManagedFields.DifferInTimesOnly(live, ManagedFields.Update(null, Gadgets.WithSpec("{'size':2}"), Gadgets.By("a", second: 60))).ShouldBeFalse();
        ManagedFields.DifferInTimesOnly(live, ManagedFields.Update(null, Gadgets.WithSpec("{'size':1}"), Gadgets.By("b"))).ShouldBeFalse();
    }

    [Fact]
    public void A_subresource_is_an_entry_of_its_own()
    {
        var live = Gadgets.Create("m", "{'size':1}");
        var status = ManagedFields.Update(live, live.With("status", Document.Parse("{'n':1}")), Gadgets.By("m", subresource: "status"));
        status.ArrayAt("metadata", "managedFields")!.Cast<JsonObject>().Select(static entry => entry.StringAt("subresource")).ShouldBe([null, "status"]);
    }

    [Fact]
    public void Fields_that_an_endpoint_resets_are_owned_by_nobody()
    {
        var live = Gadgets.Create("m", "{'size':1}");
        var next = ManagedFields.Update(live, live.With("status", Document.Parse("{'n':1}")), Gadgets.By("other") with { ResetFields = FieldSet.OfFields("status") });
        next.ArrayAt("metadata", "managedFields")!.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public void A_reset_leaves_the_object_untracked(string reset)
    {
        var live = Gadgets.Create("m", "{'size':1}");
        var untracked = ManagedFields.Update(live, live.WithAt(["metadata", "managedFields"], Document.Parse(reset)), Gadgets.By("m"));
        untracked.At("metadata", "managedFields").ShouldBeNull();
        Gadgets.Update(untracked, "m", "{'size':2}").At("metadata", "managedFields").ShouldBeNull();
    }

    [Fact]
    public void Managed_fields_that_make_no_sense_are_replaced_by_the_stored_ones()
    {
        var live = Gadgets.Create("m", "{'size':1}");
        var next = ManagedFields.Update(live, live.WithAt(["metadata", "managedFields"], Document.Parse("[{'manager':'x','operation':'Frob'}]")), Gadgets.By("m"));
        next.ShouldBe(live);
    }

    [Fact]
    public void The_oldest_of_too_many_updaters_become_one()
    {
        var gadget = Gadgets.Create("m00", "{'gran':{}}");
        for (var i = 1; i <= 12; i++)
        {
            var data = string.Join(',', Enumerable.Range(1, i).Select(static n => $"'k{n}':'1'"));
            gadget = Gadgets.Update(gadget, $"m{i:00}", $"{{'gran':{{{data}}}}}", second: i);
        }

        var managers = gadget.ArrayAt("metadata", "managedFields")!.Cast<JsonObject>().Select(static entry => entry.StringAt("manager")).ToList();
        managers.Count.ShouldBe(10);
        managers[0].ShouldBe("ancient-changes");
        managers[1].ShouldBe("m04");
    }

    [Fact]
    public void Appliers_come_before_updaters_and_older_before_newer()
    {
        var gadget = Gadgets.Update(Gadgets.Create("z", "{'size':1}"), "b", "{'size':1,'color':'red'}", second: 5);
        gadget = ServerSideApply.Apply(gadget, Gadgets.WithSpec("{'set':['x']}"), Gadgets.By("q", second: 9), force: false);
        gadget.ArrayAt("metadata", "managedFields")!.Cast<JsonObject>().Select(static entry => entry.StringAt("manager")).ShouldBe(["q", "z", "b"]);
    }

    [Fact]
    public void A_version_that_is_gone_takes_its_entries_along()
    {
        var live = Gadgets.Create("m", "{'size':1}");
        var next = ManagedFields.Update(live, live.With("spec", Document.Parse("{'size':2}")), Gadgets.By("n") with { ApiVersion = "example.com/v2", Convert = static (_, _) => null });
        Gadgets.Owners(next).ShouldBe("{'n':{'f:size':{}}}");
    }

    [Fact]
    public void The_owner_of_the_replicas_follows_them_to_the_scale_and_back()
    {
        var gadget = Gadgets.Create("m", "{'size':1,'color':'red'}");
        var scale = ScaleOwnership.ToScale(gadget.ArrayAt("metadata", "managedFields"), static _ => ".spec.size");
        scale.ToString().ShouldBe("""[{"manager":"m","operation":"Update","apiVersion":"autoscaling/v1","time":"1970-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:replicas":{}}}}]""");
        var taken = Document.Parse(scale.ToString().Replace("\"m\"", "\"hpa\"", StringComparison.Ordinal));
        var parent = ScaleOwnership.ToParent(gadget.ArrayAt("metadata", "managedFields"), (JsonArray)taken, Gadgets.ApiVersion, static _ => ".spec.size");
        Gadgets.Owners(gadget.WithAt(["metadata", "managedFields"], parent)).ShouldBe("{'hpa':{'f:size':{}},'m':{'.':{},'f:color':{}}}");
    }
}
