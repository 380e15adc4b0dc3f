using OperatorKit.ApiServer.BuiltIns.Validation;

namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

public sealed class PodWarningsTests
{
    [Theory]
    [InlineData("{'topologySpreadConstraints':[{'topologyKey':'zone'}]}", "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod")]
    [InlineData("{'nodeSelector':{'beta.kubernetes.io/os':'linux'}}", "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead")]
    [InlineData("{'containers':[{'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]}", "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply")]
    [InlineData("{'containers':[{'env':[{'name':'A','value':'1'},{'name':'A','value':'$(A)2'}]}]}", "")]
    [InlineData("{'containers':[{'resources':{'limits':{'memory':'100m'}}}]}", "spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must be an integer")]
    [InlineData("{'imagePullSecrets':[{'name':'a'},{'name':'a'}]}", "spec.imagePullSecrets[1].name: duplicate name \"a\"")]
    [InlineData("{'containers':[{'ports':[{'containerPort':1},{'containerPort':1}]}]}", "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]")]
    [InlineData("{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'a'}]}}}", "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod")]
    public void What_is_hardly_meant_is_said_when_the_pod_is_made(string spec, string expected)
    {
        var pod = Document.Object($"{{'spec':{spec}}}");

        string.Join(" | ", PodWarnings.Of("pods")!(pod, null)).ShouldBe(expected);
        PodWarnings.Of("pods")!(pod, pod).ShouldBeEmpty();
    }

    [Fact]
    public void A_template_is_judged_again_only_when_the_spec_changes()
    {
        var deployment = Document.Object("{'spec':{'template':{'spec':{'nodeSelector':{'beta.kubernetes.io/arch':'amd64'}}}}}");

        PodWarnings.Of("deployments.apps")!(deployment, Document.Object("{'spec':{}}")).ShouldHaveSingleItem().ShouldStartWith("spec.template.spec.nodeSelector");
        PodWarnings.Of("deployments.apps")!(deployment, deployment).ShouldBeEmpty();
        PodWarnings.Of("configmaps").ShouldBeNull();
    }
}
