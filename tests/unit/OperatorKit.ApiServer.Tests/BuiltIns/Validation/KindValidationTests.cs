namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

public sealed class KindValidationTests
{
    [Theory]
    [InlineData("", "services", "{'spec':{'ports':[{'port':80,'nodePort':30001}]}}", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("", "services", "{'spec':{'clusterIP':'None','type':'NodePort','clusterIPs':['None']}}", "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services")]
    [InlineData("", "services", "{'spec':{'ports':[{'port':80}],'externalTrafficPolicy':'Local'}}", "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    [InlineData("", "services", "{'spec':{'ports':[{'port':80}],'loadBalancerClass':'a.b/c'}}", "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("", "services", "{'spec':{'ports':[{'port':80,'targetPort':'UP'}]}}",
        "spec.ports[0].targetPort: Invalid value: \"UP\": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-) | spec.ports[0].targetPort: Invalid value: \"UP\": must contain at least one letter (a-z)")]
    [InlineData("", "endpoints", "{'subsets':[{'addresses':[{'ip':'127.0.0.1'}]}]}", "subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("discovery.k8s.io", "endpointslices", "{'addressType':'IPv4','endpoints':[{'addresses':[]}]}", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    [InlineData("networking.k8s.io", "ingresses", "{'spec':{'rules':[{'host':'1.2.3.4'}]}}", "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address")]
    [InlineData("networking.k8s.io", "ingresses", "{'spec':{'defaultBackend':{'service':{'name':'s'}}}}", "spec.defaultBackend: Required value: port name or number is required")]
    [InlineData("networking.k8s.io", "ingressclasses", "{'spec':{'controller':'plain'}}", "spec.controller: Invalid value: \"plain\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("networking.k8s.io", "networkpolicies", "{'spec':{'podSelector':{},'ingress':[{'from':[{}]}]}}", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("networking.k8s.io", "networkpolicies", "{'spec':{'podSelector':{},'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['11.0.0.0/16']}}]}]}}", "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    [InlineData("", "endpoints", "{'subsets':[{'addresses':[{'ip':'10.0.0.1','hostname':'A'}]}]}", "subsets[0].addresses[0].hostname: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("discovery.k8s.io", "endpointslices", "{'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.1'],'hints':{'forZones':[{'name':'a'},{'name':'a'}]}}]}", "endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"")]
    public void The_network_kinds_are_judged_in_the_words_of_the_real_server(string group, string plural, string json, string problems) => Judgement.Of(group, plural, json).ShouldBe(problems);

    [Theory]
    [InlineData("", "persistentvolumes", "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce']}}", "spec: Required value: must specify a volume type")]
    [InlineData("", "persistentvolumes", "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'local':{'path':'/x'}}}", "spec.nodeAffinity: Required value: Local volume requires node affinity")]
    [InlineData("", "persistentvolumeclaims", "{'spec':{'accessModes':['ReadWriteOncePod','ReadWriteOnce'],'resources':{'requests':{'storage':'1'}}}}", "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes")]
    [InlineData("storage.k8s.io", "storageclasses", "{'provisioner':'p','volumeBindingMode':'Soon'}", "volumeBindingMode: Unsupported value: \"Soon\": supported values: \"Immediate\", \"WaitForFirstConsumer\"")]
    [InlineData("storage.k8s.io", "volumeattachments", "{'spec':{'attacher':'d','nodeName':'n','source':{}}}", "spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName")]
    [InlineData("", "limitranges", "{'spec':{'limits':[{'type':'Pod','max':{'cpu':'1'},'min':{'cpu':'2'}}]}}", "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1")]
    [InlineData("", "resourcequotas", "{'spec':{'hard':{'pods':'1.5'}}}", "spec.hard[pods]: Invalid value: \"1500m\": must be an integer")]
    [InlineData("", "resourcequotas", "{'spec':{'hard':{'services':'1'},'scopes':['BestEffort']}}", "spec.scopes: Invalid value: [\"BestEffort\"]: unsupported scope applied to resource")]
    [InlineData("", "resourcequotas", "{'spec':{'hard':{'hugepages-2Mi':'3Mi'}}}", "spec.hard[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi")]
    [InlineData("", "limitranges", "{'spec':{'limits':[{'type':'Pod','max':{'foo':'1'}}]}}", "spec.limits[0].max[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified | spec.limits[0].max[foo]: Invalid value: \"foo\": must be a standard resource for containers")]
    [InlineData("", "limitranges", "{'spec':{'limits':[{'type':'Pod','max':{'memory':'1Gi'},'min':{'memory':'10Mi'},'maxLimitRequestRatio':{'memory':'200'}}]}}", "spec.limits[0].maxLimitRequestRatio[memory]: Invalid value: \"200\": ratio 200 is greater than max/min = 102.400000")]
    [InlineData("storage.k8s.io", "volumeattributesclasses", "{}", "driverName: Required value | parameters: Required value: must contain at least one key/value pair")]
    [InlineData("storage.k8s.io", "storageclasses", "{'provisioner':'p','parameters':{'':'x'},'allowedTopologies':[{'matchLabelExpressions':[{'key':'a','values':['b','b']}]}]}", "parameters: Invalid value: \"\": field can not be empty. | allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: \"b\"")]
    [InlineData("storage.k8s.io", "csistoragecapacities", "{'storageClassName':'s','capacity':'-1'}", "capacity: Invalid value: \"-1\": must be greater than or equal to 0")]
    public void The_storage_and_quota_kinds_are_judged_in_the_words_of_the_real_server(string group, string plural, string json, string problems) => Judgement.Of(group, plural, json).ShouldBe(problems);

    [Theory]
    [InlineData("autoscaling", "horizontalpodautoscalers", "{'spec':{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'D','name':'d'},'maxReplicas':1,'metrics':[{'type':'Resource'}]}}", "spec.metrics[0].resource: Required value: must populate information for the given metric source")]
    [InlineData("policy", "poddisruptionbudgets", "{'spec':{'maxUnavailable':'101%'}}", "spec.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%")]
    [InlineData("policy", "poddisruptionbudgets", "{'spec':{'minAvailable':'half'}}", "spec.minAvailable: Invalid value: \"half\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")]
    [InlineData("scheduling.k8s.io", "priorityclasses", "{'metadata':{'name':'p'},'value':1000000001}", "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    [InlineData("node.k8s.io", "runtimeclasses", "{'metadata':{'name':'p'},'handler':''}", "handler: Required value")]
    [InlineData("", "nodes", "{'spec':{'taints':[{'key':'k','effect':'Odd'}]}}", "metadata.taints[0].effect: Unsupported value: \"Odd\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"")]
    [InlineData("certificates.k8s.io", "certificatesigningrequests", "{'spec':{'request':'eA==','signerName':'a.b/c','usages':['any']}}", "spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST")]
    [InlineData("apps", "controllerrevisions", "{'revision':1}", "data: Required value: data is mandatory")]
    [InlineData("rbac.authorization.k8s.io", "clusterroles", "{'aggregationRule':{}}", "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil")]
    [InlineData("rbac.authorization.k8s.io", "clusterrolebindings", "{'roleRef':{'kind':'ClusterRole','name':'r'},'subjects':[{'kind':'ServiceAccount','name':'s'}]}", "subjects[0].namespace: Required value")]
    [InlineData("node.k8s.io", "runtimeclasses", "{'metadata':{'name':'p'},'handler':'h','overhead':{'podFixed':{'cpu':'-1'}},'scheduling':{'tolerations':[{'key':'a','operator':'Odd'}]}}",
        "overhead.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0 | scheduling.tolerations[0].operator: Unsupported value: \"Odd\": supported values: \"Equal\", \"Exists\"")]
    [InlineData("batch", "cronjobs", "{'spec':{'schedule':'@daily','jobTemplate':{'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}}}",
        "spec.jobTemplate.spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\"}}: `selector` will be auto-generated")]
    [InlineData("admissionregistration.k8s.io", "mutatingwebhookconfigurations",
        "{'webhooks':[{'name':'a.b.example','admissionReviewVersions':['v1'],'sideEffects':'None','reinvocationPolicy':'Odd','clientConfig':{'url':'https://u:p@x/?q#f'}}]}",
        "webhooks[0].reinvocationPolicy: Unsupported value: \"Odd\": supported values: \"IfNeeded\", \"Never\" | webhooks[0].clientConfig.url: Invalid value: \"u:p\": user information is not permitted in the URL | webhooks[0].clientConfig.url: Invalid value: \"f\": fragments are not permitted in the URL | webhooks[0].clientConfig.url: Invalid value: \"q\": query parameters are not permitted in the URL")]
    public void The_other_kinds_are_judged_in_the_words_of_the_real_server(string group, string plural, string json, string problems) => Judgement.Of(group, plural, json).ShouldBe(problems);

    [Theory]
    [InlineData("", "persistentvolumes", "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'nfs':{'server':'s','path':'/p'}}}", "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'nfs':{'server':'t','path':'/p'}}}",
        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation")]
    [InlineData("discovery.k8s.io", "endpointslices", "{'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.1']}]}", "{'addressType':'IPv6','endpoints':[{'addresses':['10.0.0.1']}]}", "addressType: Invalid value: \"IPv6\": field is immutable")]
    public void What_may_not_change_is_named(string group, string plural, string before, string after, string problems) => Judgement.Of(group, plural, after, before).ShouldBe(problems);

    [Theory]
    [InlineData("0 25 * * *", "end of range (25) above maximum (23): 25")]
    [InlineData("a * * * *", "failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax")]
    [InlineData("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("@sometimes", "unrecognized descriptor: @sometimes")]
    public void A_schedule_that_cron_does_not_know_is_named(string schedule, string problem) => Judgement.Of("batch", "cronjobs", CronJob(schedule)).ShouldBe($"spec.schedule: Invalid value: \"{schedule}\": {problem}");

    [Theory]
    [InlineData("*/5 1-3,7 * jan MON")]
    [InlineData("@hourly")]
    [InlineData("@every 5m")]
    public void A_schedule_that_cron_knows_is_fine(string schedule) => Judgement.Of("batch", "cronjobs", CronJob(schedule)).ShouldBeEmpty();

    [Theory]
    [InlineData("storage.k8s.io", "storageclasses", "{'provisioner':'a'}", "{'provisioner':'b'}", "provisioner: Invalid value: \"b\": field is immutable")]
    [InlineData("scheduling.k8s.io", "priorityclasses", "{'value':1}", "{'value':2}", "value: Forbidden: may not be changed in an update.")]
    [InlineData("discovery.k8s.io", "endpointslices", "{'addressType':'IPv4','endpoints':[]}", "{'addressType':'IPv6','endpoints':[]}", "addressType: Invalid value: \"IPv6\": field is immutable")]
    public void What_may_not_change_is_refused(string group, string plural, string old, string json, string problems) => Judgement.Of(group, plural, json, old).ShouldBe(problems);

    private static string CronJob(string schedule) => $"{{'spec':{{'schedule':'{schedule}','jobTemplate':{{'spec':{{'template':{{'spec':{{'restartPolicy':'Never','containers':[{{'name':'m','image':'i:1'}}]}}}}}}}}}}}}";
}
