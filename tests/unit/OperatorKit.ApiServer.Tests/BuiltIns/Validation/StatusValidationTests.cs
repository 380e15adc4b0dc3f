using OperatorKit.ApiServer.BuiltIns.Validation;

namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

public sealed class StatusValidationTests
{
    [Theory]
    [InlineData("apps", "StatefulSet", "{'replicas':1,'readyReplicas':2,'availableReplicas':3}",
        "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas | status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas | status.availableReplicas: Invalid value: 3: cannot be greater than status.readyReplicas")]
    [InlineData("", "ReplicationController", "{'replicas':1,'readyReplicas':1,'availableReplicas':2}", "status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas | status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas")]
    [InlineData("apps", "DaemonSet", "{'numberReady':-1}", "status.numberReady: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("", "ResourceQuota", "{'hard':{'pods':'-1'}}", "status.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("networking.k8s.io", "Ingress", "{'loadBalancer':{'ingress':[{'ip':'x'},{'hostname':'1.2.3.4'}]}}",
        "status.loadBalancer.ingress[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff) | status.loadBalancer.ingress[1].hostname: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address")]
    [InlineData("", "Service", "{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}", "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'")]
    [InlineData("policy", "PodDisruptionBudget", "{'conditions':[{'type':'X','status':'Odd'}]}",
        "status.conditions[0].status: Unsupported value: \"Odd\": supported values: \"False\", \"True\", \"Unknown\" | status.conditions[0].lastTransitionTime: Required value | status.conditions[0].reason: Required value")]
    [InlineData("", "Pod", "{'podIPs':[{'ip':'1.2.3.4'},{'ip':'1.2.3.5'}]}", "status.podIPs: Invalid value: [{\"IP\":\"1.2.3.4\"},{\"IP\":\"1.2.3.5\"}]: may specify no more than one IP for each IP family")]
    [InlineData("batch", "Job", "{'completionTime':'2020-01-01T00:00:00Z'}", "status.completionTime: Invalid value: \"2020-01-01T00:00:00Z\": cannot set completionTime when there is no Complete=True condition")]
    [InlineData("batch", "Job", "{'conditions':[{'type':'Complete','status':'True'}]}",
        "status.completionTime: Required value: completionTime is required for Complete jobs | status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition | status.startTime: Required value: startTime is required for finished job")]
    [InlineData("batch", "Job", "{'active':1,'ready':2}", "status.ready: Invalid value: 2: cannot set more ready pods than active")]
    public void A_status_is_judged_in_the_words_of_the_real_server(string group, string kind, string status, string problems) =>
        Problems(group, kind, $"{{'status':{status}}}", "{}").ShouldBe(problems);

    [Theory]
    [InlineData("batch", "Job", "{'status':{'conditions':[{'type':'Failed','status':'True'}]}}", "{'status':{}}", "status.conditions: Invalid value: cannot disable the terminal Failed=True condition")]
    [InlineData("batch", "Job", "{'status':{'failed':2}}", "{'status':{'failed':1}}", "status.failed: Invalid value: 1: cannot decrease the failed counter")]
    [InlineData("batch", "Job", "{'status':{'startTime':'2020-01-01T00:00:00Z'}}", "{'status':{'startTime':'2021-01-01T00:00:00Z'}}", "status.startTime: Invalid value: \"2021-01-01T00:00:00Z\": field is immutable for unsuspended job once set")]
    [InlineData("", "Pod", "{'spec':{'restartPolicy':'Never'},'status':{'containerStatuses':[{'name':'c','state':{'terminated':{}}}]}}", "{'status':{'containerStatuses':[{'name':'c','state':{'running':{}}}]}}",
        "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state")]
    [InlineData("", "Pod", "{'status':{'qosClass':'BestEffort'}}", "{'status':{'qosClass':'Guaranteed'}}", "status.qosClass: Invalid value: \"Guaranteed\": field is immutable")]
    public void What_has_ended_stays_so(string group, string kind, string before, string after, string problems) => Problems(group, kind, after, before).ShouldBe(problems);

    private static string Problems(string group, string kind, string now, string before) =>
        string.Join(" | ", StatusValidation.Of(group, kind)!(Document.Object(now), Document.Object(before)));
}
