using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Namespaces;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Tests.Controllers;
using static OperatorKit.ApiServer.Tests.Controllers.ViewOf;

namespace OperatorKit.ApiServer.Tests.Namespaces;

public sealed class NamespaceControllerTests
{
    private static readonly GroupResource Namespaces = WellKnown.Namespaces;
    private static readonly NamespaceController Controller = new();

    [Fact]
    public void A_live_namespace_is_left_alone()
    {
        Decide(Objects(Namespace(deleting: false), ConfigMap("a", ns: "work"))).ShouldBeEmpty();
    }

    [Fact]
    public void Pods_are_deleted_before_everything_else()
    {
        var pod = (WellKnown.Pods, ViewOf.Object("v1", "Pod", "p", "uid-p", ns: "work"));
        var view = Objects(Namespace(), ConfigMap("a", ns: "work"), pod);

        Decide(view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Delete>().Key.Resource.ShouldBe(WellKnown.Pods);
    }

    [Fact]
    public void Content_of_other_namespaces_stays()
    {
        var view = Objects(Namespace(), ConfigMap("a", ns: "work"), ConfigMap("b", ns: "other"));

        Decide(view).ShouldHaveSingleItem().Key.ShouldBe(new ObjectKey(WellKnown.ConfigMaps, "work", "a"));
    }

    [Fact]
    public void What_is_held_by_finalizers_is_told_in_the_conditions()
    {
        var view = Objects(Namespace(), ConfigMap("held", ns: "work", deleting: true, finalizers: ["example.com/hold"]));

        var update = Decide(view).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        update.Subresource.ShouldBe("status");
        Condition(update.Object, "NamespaceContentRemaining").ShouldBe("True SomeResourcesRemain Some resources are remaining: configmaps. has 1 resource instances");
        Condition(update.Object, "NamespaceFinalizersRemaining").ShouldBe(
            "True SomeFinalizersRemain Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances");
        Decide(Objects((Namespaces, update.Object), ConfigMap("held", ns: "work", deleting: true, finalizers: ["example.com/hold"]))).ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_namespace_loses_our_finalizer_and_only_ours()
    {
        var described = Decide(Objects(Namespace("kubernetes", "example.com/own"))).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>().Object;

        var finalize = Decide(Objects((Namespaces, described))).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        finalize.Subresource.ShouldBe("finalize");
        finalize.Object.ArrayAt("spec", "finalizers").ShouldBe(JsonArray.Of("example.com/own"));
        Decide(Objects((Namespaces, finalize.Object))).ShouldBeEmpty();
    }

    private static IReadOnlyList<ControllerAction> Decide(ClusterView view) => Controller.Decide(NamespaceController.KeyOf("work"), view, Noon).Actions;

    private static (GroupResource, JsonObject) Namespace(params string[] finalizers) => Namespace(deleting: true, finalizers);

    private static (GroupResource, JsonObject) Namespace(bool deleting, params string[] finalizers) => (Namespaces, ViewOf
        .Object("v1", "Namespace", "work", "uid-work", deleting: deleting, ns: "")
        .WithAt(["spec", "finalizers"], JsonArray.Of((finalizers.Length == 0 ? ["kubernetes"] : finalizers).Select(JsonValue.From))));

    private static string Condition(JsonObject item, string type) => Conditions.Find(item, type) is { } entry
        ? $"{entry.StringAt("status")} {entry.StringAt("reason")} {entry.StringAt("message")}"
        : "absent";
}
