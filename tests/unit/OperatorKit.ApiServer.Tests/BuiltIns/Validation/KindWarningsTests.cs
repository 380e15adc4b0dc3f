using OperatorKit.ApiServer.BuiltIns.Validation;

namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

public sealed class KindWarningsTests
{
    [Theory]
    [InlineData("pods", "{'metadata':{'name':'a.b'}}", "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]")]
    [InlineData("deployments.apps", "{'metadata':{'name':'a.b'}}", "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]")]
    [InlineData("daemonsets.apps", "{'metadata':{'name':'a.b'}}", "")]
    [InlineData("secrets", "{'type':'kubernetes.io/tls','data':{'tls.crt':'eA==','tls.key':'eA=='}}", "tls: failed to find any PEM data in certificate input")]
    [InlineData("secrets", "{'type':'Opaque','data':{'tls.crt':'eA=='}}", "")]
    [InlineData("ingresses.networking.k8s.io", "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'n'}}}", "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead")]
    [InlineData("persistentvolumeclaims", "{'spec':{'resources':{'requests':{'storage':'1500m'}}}}", "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an integer")]
    [InlineData("statefulsets.apps", "{'spec':{'revisionHistoryLimit':-1}}", "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended")]
    [InlineData("endpointslices.discovery.k8s.io", "{'addressType':'FQDN'}", "spec.addressType: FQDN endpoints are deprecated")]
    [InlineData("resourcequotas", "{'spec':{'hard':{'cpu':'4','limits.cpu':'2'}}}", "ResourceQuota cpu (4) should be less than limits.cpu (2)")]
    [InlineData("persistentvolumes", "{'spec':{'persistentVolumeReclaimPolicy':'Recycle','cephfs':{}}}",
        "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning. | spec.cephfs: deprecated in v1.28, non-functional in v1.31+")]
    [InlineData("storageclasses.storage.k8s.io", "{'allowedTopologies':[{'matchLabelExpressions':[{'key':'failure-domain.beta.kubernetes.io/zone'}]}]}",
        "allowedTopologies[0].matchLabelExpressions[0].key: deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead")]
    [InlineData("runtimeclasses.node.k8s.io", "{'scheduling':{'nodeSelector':{'beta.kubernetes.io/os':'linux'}}}", "scheduling.nodeSelector: deprecated since v1.14; use \"kubernetes.io/os\" instead")]
    [InlineData("serviceaccounts", "{'metadata':{'annotations':{'kubernetes.io/enforce-mountable-secrets':'true'}}}",
        "metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets")]
    [InlineData("customresourcedefinitions.apiextensions.k8s.io", "{'spec':{'versions':[{'schema':{'openAPIV3Schema':{'properties':{'a':{'type':'string','format':'odd'},'b':{'type':'string','format':'date-time'},'c':{'type':'integer','format':'int32'}}}}}]}}", "unrecognized format \"odd\"")]
    public void What_is_deprecated_or_hardly_meant_is_said_when_it_is_made(string resource, string json, string expected) =>
        string.Join(" | ", KindWarnings.Of(resource)!(Document.Object(json), null)).ShouldBe(expected);

    [Fact]
    public void What_was_there_before_is_not_said_again()
    {
        var account = Document.Object("{'metadata':{'annotations':{'kubernetes.io/enforce-mountable-secrets':'true'}}}");
        var deployment = Document.Object("{'metadata':{'name':'a.b'},'spec':{'replicas':1}}");

        KindWarnings.Of("serviceaccounts")!(account, account).ShouldBeEmpty();
        KindWarnings.Of("deployments.apps")!(deployment, Document.Object("{'metadata':{'name':'a.b'},'spec':{}}")).ShouldBeEmpty();
    }
}
