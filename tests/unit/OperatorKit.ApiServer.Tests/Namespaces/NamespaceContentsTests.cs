using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Namespaces;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Tests.Controllers;
using static OperatorKit.ApiServer.Tests.Controllers.ViewOf;

namespace OperatorKit.ApiServer.Tests.Namespaces;

public sealed class NamespaceContentsTests
{
    private static readonly NamespaceContents Controller = new("PEM");

    [Fact]
    public void A_namespace_gets_an_account_and_the_root_certificate()
    {
        var actions = Decide(Objects(Namespace()));

        actions.Select(action => action.Key.ToString()).ShouldBe(["serviceaccounts/work/default", "configmaps/work/kube-root-ca.crt"]);
        actions[1].ShouldBeOfType<ControllerAction.Create>().Object.StringAt("data", "ca.crt").ShouldBe("PEM");
    }

    [Fact]
    public void A_changed_certificate_is_put_right()
    {
        var (resource, map) = ConfigMap("kube-root-ca.crt", ns: "work");
        var account = (WellKnown.ServiceAccounts, ViewOf.Object("v1", "ServiceAccount", "default", "uid-sa", ns: "work"));
        var wrong = map.With("data", JsonObject.Of(("ca.crt", "other")));

        var replace = Decide(Objects(Namespace(), account, (resource, wrong))).ShouldHaveSingleItem().ShouldBeOfType<ControllerAction.Replace>();
        Decide(Objects(Namespace(), account, (resource, replace.Object))).ShouldBeEmpty();
    }

    [Fact]
    public void A_terminating_namespace_gets_nothing()
    {
        Decide(Objects(Namespace(deleting: true))).ShouldBeEmpty();
    }

    private static IReadOnlyList<ControllerAction> Decide(ClusterView view) => Controller.Decide(NamespaceController.KeyOf("work"), view, Noon).Actions;

    private static (GroupResource, JsonObject) Namespace(bool deleting = false) =>
        (WellKnown.Namespaces, ViewOf.Object("v1", "Namespace", "work", "uid-work", deleting: deleting, ns: ""));
}
