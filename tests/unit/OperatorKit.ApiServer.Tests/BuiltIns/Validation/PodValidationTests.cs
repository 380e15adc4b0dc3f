namespace OperatorKit.ApiServer.Tests.BuiltIns.Validation;

public sealed class PodValidationTests
{
    [Theory]
    [InlineData("'livenessProbe':{'httpGet':{'port':0}}", "livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("'livenessProbe':{}", "livenessProbe: Required value: must specify a handler type")]
    [InlineData("'readinessProbe':{'exec':{'command':['a']},'tcpSocket':{'port':1}}", "readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type")]
    [InlineData("'startupProbe':{'exec':{'command':['a']},'successThreshold':2}", "startupProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData("'lifecycle':{'preStop':{'sleep':{'seconds':31}}}", "lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)")]
    [InlineData("'env':[{'name':'A','value':'x','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}]", "env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData("'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s'}}}]", "env[0].valueFrom.secretKeyRef.key: Required value")]
    [InlineData("'envFrom':[{}]", "envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData("'ports':[{'name':'no--good','containerPort':1}]", "ports[0].name: Invalid value: \"no--good\": must not contain consecutive hyphens")]
    [InlineData("'ports':[{'containerPort':1,'protocol':'X'}]", "ports[0].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("'imagePullPolicy':'Sometimes'", "imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("'resources':{'limits':{'cpu':'-1'}}", "resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0 | spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("'resources':{'requests':{'example.com/gpu':'1'}}", "resources.limits: Required value: Limit must be set for non overcommitable resources")]
    [InlineData("'securityContext':{'runAsUser':-1}", "securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    [InlineData("'securityContext':{'seccompProfile':{'type':'Localhost'}}", "securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/a'},{'name':'v','mountPath':'/a'}]", "volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/a','subPath':'../b'}]", "volumeMounts.subPath: Invalid value: \"../b\": must not contain '..'")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/a','mountPropagation':'Bidirectional'}]", "volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers")]
    [InlineData("'volumeMounts':[{'name':'v','mountPath':'/a','recursiveReadOnly':'Enabled'}]", "volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true")]
    [InlineData("'volumeDevices':[{'name':'v','devicePath':'/a'}]", "volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode")]
    [InlineData("'resizePolicy':[{'resourceName':'disk','restartPolicy':'NotRequired'}]", "resizePolicy: Unsupported value: \"disk\": supported values: \"cpu\", \"memory\"")]
    [InlineData("'restartPolicyRules':[{'action':'Restart'}]", "restartPolicy: Required value: must specify restartPolicy when restart rules are used | spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified")]
    [InlineData("'resources':{'claims':[{'name':'c'}]}", "resources.claims[0]: Not found: \"c\": must be one of the names in pod.spec.resourceClaims which is empty")]
    [InlineData("'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'3'}}}]", "env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"limits.cpu\": only divisor's values 1m and 1 are supported with the cpu resource")]
    [InlineData("'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'key':'k'}}}]", "env[0].valueFrom.configMapKeyRef.name: Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    public void A_container_is_judged_in_the_words_of_the_real_server(string member, string problem) =>
        Pod($"'volumes':[{{'name':'v'}}],'containers':[{{'name':'m','image':'i:1',{member}}}]").ShouldBe("spec.containers[0]." + problem);

    [Theory]
    [InlineData("'restartPolicy':'Maybe'", "restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"OnFailure\", \"Never\"")]
    [InlineData("'dnsPolicy':'None'", "dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None")]
    [InlineData("'activeDeadlineSeconds':0", "activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("'tolerations':[{'key':'k','operator':'Exists','value':'v'}]", "tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists'")]
    [InlineData("'tolerations':[{'key':'k','tolerationSeconds':3}]", "tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
    [InlineData("'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'}]", "topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero")]
    [InlineData("'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}",
        "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")]
    [InlineData("'volumes':[{'name':'a','configMap':{}}]", "volumes[0].configMap.name: Required value")]
    [InlineData("'volumes':[{'name':'a','emptyDir':{},'hostPath':{'path':'/x'}}]", "volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("'volumes':[{'name':'a','secret':{'secretName':'s','defaultMode':512}}]", "volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive")]
    [InlineData("'initContainers':[{'name':'i','image':'i:1','livenessProbe':{'exec':{'command':['a']}}}]", "initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData("'nodeSelector':{'k':'no good'}", "nodeSelector: Invalid value: \"no good\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData("'volumes':[{'name':'a','emptyDir':{'sizeLimit':'-1'}}]", "volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity")]
    [InlineData("'volumes':[{'name':'a','gcePersistentDisk':{}}]", "volumes[0].persistentDisk.pdName: Required value")]
    [InlineData("'volumes':[{'name':'a','downwardAPI':{'items':[{'path':'x','fieldRef':{'fieldPath':'status.podIP'}}]}}]", "volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: \"status.podIP\": supported values: \"metadata.annotations\", \"metadata.labels\", \"metadata.name\", \"metadata.namespace\", \"metadata.uid\"")]
    [InlineData("'resourceClaims':[{'name':'a'}]", "resourceClaims[0]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":null,\"ResourceClaimTemplateName\":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")]
    [InlineData("'hostUsers':false,'hostIPC':true", "HostIPC: Forbidden: when `hostUsers` is false")]
    [InlineData("'schedulingGates':[{'name':'g'},{'name':'g'}]", "schedulingGates[1]: Duplicate value: \"g\"")]
    [InlineData("'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'ScheduleAnyway','matchLabelKeys':['a']}]", "topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set")]
    [InlineData("'securityContext':{'sysctls':[{'name':'a b','value':'x'}]}", "securityContext.sysctls[0].name: Invalid value: \"a b\": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$")]
    public void A_pod_is_judged_in_the_words_of_the_real_server(string member, string problem) =>
        Pod($"{member},'containers':[{{'name':'m','image':'i:1'}}]").ShouldBe("spec." + problem);

    [Theory]
    [InlineData("'tolerations':[{'key':'a','operator':'Exists'}]", "", "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds")]
    [InlineData("'activeDeadlineSeconds':5", "'activeDeadlineSeconds':9", "spec.activeDeadlineSeconds: Invalid value: 9: must be less than or equal to previous value")]
    [InlineData("", "'tolerations':[{'key':'a','operator':'Exists'}]", "")]
    [InlineData("", "'activeDeadlineSeconds':9", "")]
    [InlineData("'hostname':'a'", "'hostname':'b','activeDeadlineSeconds':-1", "spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive | spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    public void A_pod_may_change_in_few_ways(string before, string after, string problems)
    {
        Judgement.Of("", "pods", Whole(after), Whole(before)).ShouldBe(problems);

        static string Whole(string members) => $"{{'spec':{{'containers':[{{'name':'m','image':'i:1'}}]{(members.Length > 0 ? "," + members : "")}}}}}";
    }

    [Fact]
    public void A_host_port_is_taken_once() => Pod("'containers':[{'name':'a','image':'i:1','ports':[{'containerPort':1,'hostPort':80}]},{'name':'b','image':'i:1','ports':[{'containerPort':2,'hostPort':80}]}]")
        .ShouldBe("spec.containers[1].ports[0].hostPort: Duplicate value: \"TCP//80\"");

    [Fact]
    public void A_pod_that_uses_much_of_this_is_fine() => Pod(
        """
        'volumes':[{'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'token'}},{'downwardAPI':{'items':[{'path':'l','fieldRef':{'fieldPath':'metadata.labels'}}]}}]}}],
        'tolerations':[{'operator':'Exists'}],'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'ScheduleAnyway'}],
        'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'podAffinityTerm':{'topologyKey':'zone','labelSelector':{'matchLabels':{'a':'b'}}}}]}},
        'containers':[{'name':'m','image':'i:1','volumeMounts':[{'name':'t','mountPath':'/t'}],'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}}],
            'securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']},'seccompProfile':{'type':'RuntimeDefault'}},'livenessProbe':{'grpc':{'port':9}}}]
        """).ShouldBeEmpty();

    private static string Pod(string spec) => Judgement.Of("", "pods", $"{{'spec':{{{spec}}}}}");
}
