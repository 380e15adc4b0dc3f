using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.GarbageCollection;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Tests.Controllers;
using static OperatorKit.ApiServer.Tests.Controllers.ViewOf;

namespace OperatorKit.ApiServer.Tests.GarbageCollection;

public sealed class GarbageCollectorTests
{
    private static readonly GroupResource ConfigMaps = WellKnown.ConfigMaps;
    private static readonly GarbageCollector Collector = new(Kinds);

    [Fact]
    public void A_dependent_of_an_existing_owner_stays()
    {
        var view = Objects(ConfigMap("owner"), ConfigMap("child", owners: OwnedBy(("owner", "uid-owner"))));

        Decide("child", view).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("owner", "uid-other")]
    [InlineData("missing", "uid-owner")]
    public void A_dependent_of_a_missing_owner_is_deleted_in_the_background(string name, string uid)
    {
        var view = Objects(ConfigMap("owner"), ConfigMap("child", owners: OwnedBy((name, uid))));

        var delete = Decide("child", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Delete>();
        delete.Uid.ShouldBe("uid-child");
        delete.ResourceVersion.ShouldBe("7");
        delete.Propagation.ShouldBe(PropagationPolicy.Background);
    }

    [Fact]
    public void An_owner_in_another_namespace_is_missing()
    {
        var view = Objects(ConfigMap("owner", ns: "elsewhere"), ConfigMap("child", owners: OwnedBy(("owner", "uid-owner"))));

        Decide("child", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Delete>();
    }

    [Fact]
    public void A_cluster_scoped_dependent_of_a_namespaced_owner_is_never_collected()
    {
        var view = Objects(ConfigMap("child", owners: OwnedBy(("gone", "uid-gone")), ns: ""));

        Collector.Decide(new ObjectKey(ConfigMaps, "", "child"), view, Noon).Actions.ShouldBeEmpty();
    }

    [Fact]
    public void An_owner_of_a_kind_that_is_not_served_is_not_judged()
    {
        var owners = JsonArray.Of(JsonObject.Of(("apiVersion", "example.com/v1"), ("kind", "Widget"), ("name", "w"), ("uid", "u")));
        var view = Objects(ConfigMap("child", owners: owners));

        Decide("child", view).ShouldBeEmpty();
    }

    [Fact]
    public void With_one_owner_left_only_the_dangling_references_go()
    {
        var view = Objects(ConfigMap("solid"), ConfigMap("child", owners: OwnedBy(("solid", "uid-solid"), ("gone", "uid-gone"))));

        var replace = Decide("child", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        replace.Object.OwnerReferences.Select(reference => reference.Name).ShouldBe(["solid"]);
    }

    [Fact]
    public void A_foreground_deletion_waits_for_dependents_that_block_it()
    {
        var owner = ConfigMap("owner", deleting: true, finalizers: [DeletionFinalizers.Foreground]);
        var view = Objects(owner, ConfigMap("child", owners: OwnedBy(("owner", "uid-owner"))));

        Decide("owner", view).ShouldBeEmpty();
        Decide("child", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Delete>().Propagation.ShouldBe(PropagationPolicy.Background);
    }

    [Fact]
    public void A_dependent_with_dependents_of_its_own_is_deleted_in_the_foreground_too()
    {
        var view = Objects(
            ConfigMap("owner", deleting: true, finalizers: [DeletionFinalizers.Foreground]),
            ConfigMap("child", owners: OwnedBy(("owner", "uid-owner"))),
            ConfigMap("grandchild", owners: OwnedBy(("child", "uid-child"))));

        Decide("child", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Delete>().Propagation.ShouldBe(PropagationPolicy.Foreground);
    }

    [Fact]
    public void A_foreground_deletion_ends_when_nothing_blocks_it()
    {
        var view = Objects(ConfigMap("owner", deleting: true, finalizers: ["example.com/own", DeletionFinalizers.Foreground]));

        var replace = Decide("owner", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        replace.Object.Finalizers.ShouldBe(["example.com/own"]);
    }

    [Fact]
    public void A_cycle_of_foreground_deletions_is_unblocked()
    {
        var view = Objects(
            ConfigMap("a", owners: OwnedBy(("b", "uid-b")), deleting: true, finalizers: [DeletionFinalizers.Foreground]),
            ConfigMap("b", owners: OwnedBy(("a", "uid-a"))));

        var replace = Decide("b", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        replace.Object.OwnerReferences.ShouldAllBe(reference => !reference.BlockOwnerDeletion);
    }

    [Fact]
    public void An_orphaning_owner_lets_go_of_its_dependents_and_then_goes()
    {
        var owner = ConfigMap("owner", deleting: true, finalizers: [DeletionFinalizers.Orphan]);
        var view = Objects(owner, ConfigMap("child", owners: OwnedBy(("owner", "uid-owner"))));

        var release = Decide("owner", view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        release.Key.Name.ShouldBe("child");
        release.Object.At("metadata", "ownerReferences").ShouldBeNull();

        var last = Decide("owner", Objects(owner)).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        last.Object.At("metadata", "finalizers").ShouldBeNull();
    }

    [Fact]
    public void The_end_of_an_owner_concerns_its_dependents_and_the_end_of_a_dependent_its_deleting_owner()
    {
        var (_, owner) = ConfigMap("owner", deleting: true);
        var (_, child) = ConfigMap("child", owners: OwnedBy(("owner", "uid-owner")));
        var ownerGone = new ObjectChange(KeyOf(ConfigMaps, owner), owner, null);
        var childGone = new ObjectChange(KeyOf(ConfigMaps, child), child, null);

        Collector.Affected(ownerGone, Objects((ConfigMaps, child))).ShouldContain(KeyOf(ConfigMaps, child));
        Collector.Affected(childGone, Objects((ConfigMaps, owner))).ShouldContain(KeyOf(ConfigMaps, owner));
    }

    private static IReadOnlyList<ControllerAction> Decide(string name, ClusterView view) =>
        Collector.Decide(new ObjectKey(ConfigMaps, "default", name), view, Noon).Actions;

    private static ResolvedKind? Kinds(string apiVersion, string kind) =>
        (apiVersion, kind) == ("v1", "ConfigMap") ? new ResolvedKind(ConfigMaps, Namespaced: true) : null;
}
