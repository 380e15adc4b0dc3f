using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Apply;

public sealed class ServerSideApplyTests
{
    [Fact]
    public void An_applier_owns_leaves_items_and_atomic_values()
    {
        var gadget = Gadgets.Apply(null, "m", "{'size':1,'set':['a'],'atomic':['x'],'parts':[{'id':'p','v':1}],'gran':{'k':'1'},'whole':{'k':'1'},'free':{'z':[1,{'q':2}]}}");
        Gadgets.Owners(gadget).ShouldBe(
            "{'m':{'f:atomic':{},'f:free':{'f:z':{}},'f:gran':{'f:k':{}},'f:parts':{'k:{\\'id\\':\\'p\\',\\'rev\\':1}':{'.':{},'f:id':{},'f:v':{}}},'f:set':{'v:\\'a\\'':{}},'f:size':{},'f:whole':{}}}");
    }

    [Theory]
    [InlineData("{'set':['c','a']}", "{'set':['c','a','b'],'gran':{'k':'1'}}")]
    [InlineData("{'gran':{'j':'2'}}", "{'set':['a','b'],'gran':{'k':'1','j':'2'}}")]
    [InlineData("{'parts':[{'id':'p'}]}", "{'set':['a','b'],'gran':{'k':'1'},'parts':[{'id':'p'}]}")]
    [InlineData("{'set':[]}", "{'set':['a','b'],'gran':{'k':'1'}}")]
    public void Appliers_merge_beside_each_other(string config, string expected)
    {
        var live = Gadgets.Apply(null, "alpha", "{'set':['a','b'],'gran':{'k':'1'}}");
        Gadgets.Spec(Gadgets.Apply(live, "beta", config)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{'size':2}", "{'size':2}")]
    [InlineData("{'set':[],'gran':{}}", "{'gran':{}}")]
    [InlineData("{'parts':[{'id':'p'}]}", "{'parts':[{'id':'p'}]}")]
    [InlineData("{}", "{}")]
    public void What_is_no_longer_applied_is_removed(string config, string expected)
    {
        var live = Gadgets.Apply(null, "alpha", "{'size':1,'parts':[{'id':'p','v':1}],'gran':{'k':'1'},'set':['a']}");
        Gadgets.Spec(Gadgets.Apply(live, "alpha", config)).ShouldBe(expected);
    }

    [Fact]
    public void A_field_that_another_applies_too_stays()
    {
        var live = Gadgets.Apply(Gadgets.Apply(null, "alpha", "{'size':1,'color':'red'}"), "beta", "{'size':1}");
        var left = Gadgets.Apply(live, "alpha", "{'color':'red'}");
        Gadgets.Spec(left).ShouldBe("{'size':1,'color':'red'}");
        Gadgets.Owners(left).ShouldBe("{'alpha':{'f:color':{}},'beta':{'f:size':{}}}");
    }

    [Theory]
    [InlineData("{'atomic':['y']}", "Apply failed with 1 conflict: conflict with \"alpha\": .spec.atomic")]
    [InlineData("{'whole':{'j':'2'}}", "Apply failed with 1 conflict: conflict with \"alpha\": .spec.whole")]
    [InlineData("{'size':2,'parts':[{'id':'p','v':2}]}", "Apply failed with 2 conflicts: conflicts with \"alpha\":\n- .spec.size\n- .spec.parts[id=\"p\",rev=1].v")]
    public void What_another_applied_conflicts(string config, string message)
    {
        var live = Gadgets.Apply(null, "alpha", "{'size':1,'atomic':['x'],'whole':{'k':'1'},'parts':[{'id':'p','v':1}]}");
        var error = Should.Throw<StatusException>(() => Gadgets.Apply(live, "beta", config));
        error.Code.ShouldBe(409);
        error.Message.ShouldBe(message);
    }

    [Fact]
    public void A_conflict_with_an_update_names_its_version()
    {
        var error = Should.Throw<StatusException>(() => Gadgets.Apply(Gadgets.Create("editor", "{'size':1}"), "m", "{'size':2}"));
        error.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"editor\" using example.com/v1: .spec.size");
        error.Details!.ToString().ShouldBe("""{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"editor\" using example.com/v1","field":".spec.size"}]}""");
    }

    [Fact]
    public void Force_takes_the_fields_over()
    {
        var forced = Gadgets.Apply(Gadgets.Create("editor", "{'size':1,'color':'red'}"), "m", "{'size':2}", force: true);
        Gadgets.Spec(forced).ShouldBe("{'size':2,'color':'red'}");
        Gadgets.Owners(forced).ShouldBe("{'m':{'f:size':{}},'editor':{'.':{},'f:color':{}}}");
    }

    [Fact]
    public void Applying_the_same_again_changes_nothing()
    {
        var live = Gadgets.Apply(null, "m", "{'size':1}");
        ServerSideApply.Apply(live, Gadgets.WithSpec("{'size':1}"), Gadgets.By("m", second: 60), force: false).ShouldBe(live);
    }

    [Theory]
    [InlineData("{'sizes':1}", "failed to create typed patch object (/a; example.com/v1, Kind=Gadget): .spec.sizes: field not declared in schema")]
    [InlineData("{'size':'x'}", "failed to create typed patch object (/a; example.com/v1, Kind=Gadget): .spec.size: expected numeric (int or float), got string")]
    [InlineData("{'color':1}", "failed to create typed patch object (/a; example.com/v1, Kind=Gadget): .spec.color: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("{'set':['a','a']}", "failed to create typed patch object (/a; example.com/v1, Kind=Gadget): .spec.set: duplicate entries for key [=\"a\"]")]
    [InlineData("{'parts':[{'id':'a'},{'id':'a','rev':1}]}", "failed to create typed patch object (/a; example.com/v1, Kind=Gadget): .spec.parts: duplicate entries for key [id=\"a\",rev=1]")]
    public void A_configuration_that_does_not_fit_the_schema_is_refused(string spec, string message)
    {
        var error = Should.Throw<StatusException>(() => Gadgets.Apply(null, "m", spec));
        error.Code.ShouldBe(500);
        error.Message.ShouldBe(message);
    }

    [Fact]
    public void A_configuration_of_another_kind_is_refused() =>
        Should.Throw<StatusException>(() => ServerSideApply.Apply(null, Document.Object("{'apiVersion':'v1','kind':'Secret'}"), Gadgets.By("m"), force: false))
            .Message.ShouldBe("invalid object type: /v1, Kind=Secret");

    [Fact]
    public void A_configuration_with_managed_fields_is_refused() =>
        Should.Throw<StatusException>(() => ServerSideApply.Apply(null, Gadgets.WithSpec("{}").WithAt(["metadata", "managedFields"], Document.Parse("[]")), Gadgets.By("m"), force: false))
            .Message.ShouldBe("metadata.managedFields must be nil");

    [Fact]
    public void The_first_apply_gives_untracked_fields_an_owner()
    {
        var live = Gadgets.WithSpec("{'size':1,'color':'red'}").WithAt(["metadata", "uid"], "u");
        Should.Throw<StatusException>(() => Gadgets.Apply(live, "m", "{'size':2}")).Message
            .ShouldBe("Apply failed with 1 conflict: conflict with \"before-first-apply\" using example.com/v1: .spec.size");
        Gadgets.Owners(Gadgets.Apply(live, "m", "{'size':1}")).ShouldBe("{'m':{'f:size':{}},'before-first-apply':{'.':{},'f:color':{},'f:size':{}}}");
    }

    [Fact]
    public void Kubectl_takes_over_what_its_client_side_apply_set()
    {
        const string applied = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Gadget\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":1}}";
        var live = ManagedFields.Update(
            null,
            Gadgets.WithSpec("{'size':1}").WithAt(["metadata", "annotations", LastApplied.Annotation], applied),
            Gadgets.By("kubectl-client-side-apply"));
        var next = Gadgets.Apply(live, "kubectl", "{'size':2}");
        Gadgets.Spec(next).ShouldBe("{'size':2}");
        next.StringAt("metadata", "annotations", LastApplied.Annotation)!.ShouldContain("\"size\":2");
    }

    [Fact]
    public void A_set_that_turned_atomic_is_owned_as_a_whole()
    {
        var before = Gadgets.Apply(null, "m", "{'set':['a']}");
        var atomic = Gadgets.Schema with
        {
            Properties = [.. Gadgets.Schema.Properties.Select(static property => property.Name == "spec" ? property with { Schema = AtomicSets(property.Schema) } : property)],
        };
        var after = ManagedFields.Update(before, before.WithAt(["metadata", "labels"], Document.Parse("{'a':'b'}")), Gadgets.By("other") with { Schema = atomic });
        Gadgets.Owners(after).ShouldStartWith("{'m':{'f:set':{}}");

        static StructuralSchema AtomicSets(StructuralSchema spec) => spec with
        {
            Properties = [.. spec.Properties.Select(static property => property.Name == "set" ? property with { Schema = property.Schema with { ListType = null } } : property)],
        };
    }
}
