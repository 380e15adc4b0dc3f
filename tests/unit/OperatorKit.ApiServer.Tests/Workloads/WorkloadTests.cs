using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Workloads;

public sealed class WorkloadTests
{
    private const string Apps = "/apis/apps/v1/namespaces/default";
    private const string Batch = "/apis/batch/v1/namespaces/default";
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task A_replica_set_gets_its_pods_and_counts_them()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);

        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 3));
        await cluster.SettleAsync();

        var status = (await cluster.GetAsync($"{Apps}/replicasets/web")).ObjectAt("status")!;
        status.ShouldBe(Document.Object("{'replicas':3,'fullyLabeledReplicas':3,'readyReplicas':3,'availableReplicas':3,'observedGeneration':1}"));
        var pods = await cluster.ListAsync($"{Core}/pods");
        pods.Count.ShouldBe(3);
        pods.Select(pod => $"{pod.StringAt("status", "phase")} on {pod.StringAt("spec", "nodeName")}").Distinct().ShouldBe(["Running on node-1"]);
        pods.Select(pod => pod.StringAt("status", "podIP")).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_pod_that_is_deleted_comes_back_under_another_name()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 1));
        await cluster.SettleAsync();
        var first = (await cluster.ListAsync($"{Core}/pods")).Single();

        await cluster.SendAsync("DELETE", $"{Core}/pods/{first.Name}");
        await cluster.SettleAsync();

        (await cluster.ListAsync($"{Core}/pods")).ShouldHaveSingleItem().Name.ShouldNotBe(first.Name);
    }

    [Fact]
    public async Task Fewer_replicas_delete_the_surplus()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 3));
        await cluster.SettleAsync();

        await cluster.MergeAsync($"{Apps}/replicasets/web", "{'spec':{'replicas':1}}");
        await cluster.SettleAsync();

        (await cluster.ListAsync($"{Core}/pods")).Count.ShouldBe(1);
        (await cluster.GetAsync($"{Apps}/replicasets/web")).LongAt("status", "readyReplicas").ShouldBe(1);
    }

    [Fact]
    public async Task A_deployment_rolls_a_new_template_out_over_a_second_replica_set()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/deployments", Workload("apps/v1", "Deployment", "web", replicas: 3));
        await cluster.SettleAsync();

        await cluster.MergeAsync($"{Apps}/deployments/web", "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'app:2'}]}}}}");
        await cluster.SettleAsync();

        var deployment = await cluster.GetAsync($"{Apps}/deployments/web");
        deployment.StringAt("metadata", "annotations", "deployment.kubernetes.io/revision").ShouldBe("2");
        deployment.LongAt("status", "updatedReplicas").ShouldBe(3);
        deployment.LongAt("status", "availableReplicas").ShouldBe(3);
        Conditions.Find(deployment, "Progressing")!.StringAt("reason").ShouldBe("NewReplicaSetAvailable");
        (await cluster.ListAsync($"{Core}/pods")).Select(pod => ((JsonObject)pod.ArrayAt("spec", "containers")![0]).StringAt("image")).Distinct().ShouldBe(["app:2"]);
        (await cluster.ListAsync($"{Apps}/replicasets")).Select(set => set.LongAt("spec", "replicas")!.Value).Order().ShouldBe([0, 3]);
    }

    [Fact]
    public async Task A_rollout_that_cannot_work_keeps_the_old_pods_and_misses_its_deadline()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/deployments", Workload("apps/v1", "Deployment", "web", replicas: 4));
        await cluster.SettleAsync();

        await cluster.MergeAsync($"{Apps}/deployments/web", "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'fail:2'}]}}}}");
        await cluster.SettleAsync();
        (await cluster.GetAsync($"{Apps}/deployments/web")).LongAt("status", "availableReplicas").ShouldBe(3);
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(601));

        Conditions.Find(await cluster.GetAsync($"{Apps}/deployments/web"), "Progressing")!.StringAt("reason").ShouldBe("ProgressDeadlineExceeded");
    }

    [Fact]
    public async Task The_pods_of_a_deployment_go_with_it()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/deployments", Workload("apps/v1", "Deployment", "web", replicas: 2));
        await cluster.SettleAsync();

        await cluster.SendAsync("DELETE", $"{Apps}/deployments/web");
        await cluster.SettleAsync();

        (await cluster.ListAsync($"{Apps}/replicasets")).ShouldBeEmpty();
        (await cluster.ListAsync($"{Core}/pods")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stateful_set_numbers_its_pods_and_gives_each_a_bound_volume()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);

        await cluster.PostAsync($"{Apps}/statefulsets", Workload("apps/v1", "StatefulSet", "db", replicas: 2, extra:
            ",'serviceName':'db','volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]"));
        await cluster.SettleAsync();

        (await cluster.ListAsync($"{Core}/pods")).Select(pod => pod.Name).ShouldBe(["db-0", "db-1"]);
        (await cluster.ListAsync($"{Core}/persistentvolumeclaims")).Select(claim => $"{claim.Name} {claim.StringAt("status", "phase")}")
            .ShouldBe(["data-db-0 Bound", "data-db-1 Bound"]);
        (await cluster.GetAsync($"{Apps}/statefulsets/db")).LongAt("status", "readyReplicas").ShouldBe(2);
    }

    [Fact]
    public async Task A_job_completes_and_is_deleted_after_its_time_to_live()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);

        await cluster.PostAsync($"{Batch}/jobs", Job("once", "'completions':3,'parallelism':2,'ttlSecondsAfterFinished':60", "app:1"));
        await cluster.SettleAsync();
        var job = await cluster.GetAsync($"{Batch}/jobs/once");
        job.LongAt("status", "succeeded").ShouldBe(3);
        Conditions.IsTrue(job, "Complete").ShouldBeTrue();

        await cluster.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await cluster.GetAsync($"{Batch}/jobs/once")).LongAt("code").ShouldBe(404);
    }

    [Fact]
    public async Task A_job_whose_pods_fail_gives_up_at_its_limit()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);

        await cluster.PostAsync($"{Batch}/jobs", Job("bad", "'backoffLimit':2", "fail:1"));
        await cluster.SettleAsync();

        var job = await cluster.GetAsync($"{Batch}/jobs/bad");
        job.LongAt("status", "failed").ShouldBe(3);
        Conditions.Find(job, "Failed")!.StringAt("reason").ShouldBe("BackoffLimitExceeded");
    }

    [Fact]
    public async Task A_cron_job_starts_a_job_at_each_of_its_times()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Batch}/cronjobs",
            "{'apiVersion':'batch/v1','kind':'CronJob','metadata':{'name':'tick'},'spec':{'schedule':'*/10 * * * *','jobTemplate':{'spec':"
            + "{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'main','image':'app:1'}]}}}}}}");
        await cluster.SettleAsync();
        (await cluster.ListAsync($"{Batch}/jobs")).ShouldBeEmpty();

        await cluster.AdvanceAsync(TimeSpan.FromMinutes(10));
        await cluster.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await cluster.ListAsync($"{Batch}/jobs")).Count.ShouldBe(2);
        (await cluster.GetAsync($"{Batch}/cronjobs/tick")).StringAt("status", "lastScheduleTime").ShouldBe("2030-01-01T12:20:00Z");
    }

    [Fact]
    public async Task A_service_publishes_the_addresses_of_its_ready_pods()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Core}/services", "{'apiVersion':'v1','kind':'Service','metadata':{'name':'web'},'spec':{'selector':{'app':'web'},'ports':[{'port':80,'targetPort':8080}]}}");

        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 2));
        await cluster.SettleAsync();

        var slice = (await cluster.ListAsync("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")).ShouldHaveSingleItem();
        slice.ArrayAt("endpoints")!.Count.ShouldBe(2);
        ((JsonObject)slice.ArrayAt("ports")![0]).LongAt("port").ShouldBe(8080);
        ((JsonObject)(await cluster.GetAsync($"{Core}/endpoints/web")).ArrayAt("subsets")![0]).ArrayAt("addresses")!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_disruption_budget_tells_how_many_pods_may_go()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets",
            "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'web'},'spec':{'minAvailable':'50%','selector':{'matchLabels':{'app':'web'}}}}");

        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 3));
        await cluster.SettleAsync();

        var status = (await cluster.GetAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets/web")).ObjectAt("status")!;
        (status.LongAt("desiredHealthy"), status.LongAt("disruptionsAllowed"), status.LongAt("expectedPods")).ShouldBe((2, 1, 3));
    }

    [Fact]
    public async Task A_namespace_with_everything_in_it_finishes_its_deletion()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync("/api/v1/namespaces", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'work'}}");
        await cluster.PostAsync("/apis/apps/v1/namespaces/work/deployments", Workload("apps/v1", "Deployment", "web", replicas: 2));
        await cluster.SettleAsync();

        await cluster.SendAsync("DELETE", "/api/v1/namespaces/work");
        await cluster.SettleAsync();

        (await cluster.GetAsync("/api/v1/namespaces/work")).LongAt("code").ShouldBe(404);
        (await cluster.ListAsync("/api/v1/pods")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pods_take_the_time_and_the_way_that_the_test_wants()
    {
        var simulation = new WorkloadOptions
        {
            StartDelay = TimeSpan.FromSeconds(30),
            Outcome = pod => (string?)pod["metadata"]!["labels"]!["app"] == "web" ? PodOutcome.Works : PodOutcome.ImageMissing,
        };
        await using var cluster = await Cluster.StartAsync(workloads: true, configure: options => options with { Simulation = simulation });
        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 1));
        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "other", replicas: 1));
        await cluster.SettleAsync();
        (await cluster.GetAsync($"{Apps}/replicasets/web")).LongAt("status", "readyReplicas").ShouldBeNull();

        await cluster.AdvanceAsync(TimeSpan.FromSeconds(31));

        (await cluster.GetAsync($"{Apps}/replicasets/web")).LongAt("status", "readyReplicas").ShouldBe(1);
        (await cluster.GetAsync($"{Apps}/replicasets/other")).LongAt("status", "readyReplicas").ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_pod_ends_when_it_has_stopped_or_its_grace_is_over()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true, configure: options => options with { Simulation = new() { StopDelay = TimeSpan.FromSeconds(10) } });
        foreach (var (name, grace) in ((string, int)[])[("patient", 30), ("hasty", 5)])
            await cluster.PostAsync($"{Core}/pods", $"{{'apiVersion':'v1','kind':'Pod','metadata':{{'name':'{name}'}},'spec':{{'terminationGracePeriodSeconds':{grace},'containers':[{{'name':'main','image':'app:1'}}]}}}}");
        await cluster.SettleAsync();

        await cluster.SendAsync("DELETE", $"{Core}/pods");
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(6));
        (await cluster.ListAsync($"{Core}/pods")).Select(pod => pod.Name).ShouldBe(["patient"]);
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await cluster.ListAsync($"{Core}/pods")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_eviction_needs_the_leave_of_the_budget()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/replicasets", Workload("apps/v1", "ReplicaSet", "web", replicas: 1));
        await cluster.PostAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets",
            "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'web'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'web'}}}}");
        await cluster.SettleAsync();
        var pod = (await cluster.ListAsync($"{Core}/pods")).Single().Name;

        (await cluster.PostAsync($"{Core}/pods/{pod}/eviction", "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'other'}}")).StringAt("message")
            .ShouldBe("name in URL does not match name in Eviction object");
        (await EvictAsync()).LongAt("code").ShouldBe(429);
        await cluster.MergeAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets/web", "{'spec':{'minAvailable':0}}");
        await cluster.SettleAsync();
        (await EvictAsync()).StringAt("status").ShouldBe("Success");

        Task<JsonObject> EvictAsync() => cluster.PostAsync($"{Core}/pods/{pod}/eviction", $"{{'apiVersion':'policy/v1','kind':'Eviction','metadata':{{'name':'{pod}'}}}}");
    }

    [Fact]
    public async Task An_event_is_gone_after_an_hour()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync($"{Core}/events",
            "{'apiVersion':'v1','kind':'Event','metadata':{'name':'e'},'involvedObject':{'kind':'Pod','namespace':'default','name':'p'},'reason':'R','message':'m','type':'Normal'}");
        await cluster.AdvanceAsync(TimeSpan.FromMinutes(59));
        (await cluster.ListAsync($"{Core}/events")).Count.ShouldBe(1);

        await cluster.AdvanceAsync(TimeSpan.FromMinutes(2));

        (await cluster.ListAsync($"{Core}/events")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_answers_in_place_of_the_simulation()
    {
        var script = new ScriptedStatus("apps", "deployments", deployment => new() { ["readyReplicas"] = (int)deployment["spec"]!["replicas"]!, ["replicas"] = 7 });
        await using var cluster = await Cluster.StartAsync(workloads: true, configure: options => options with { Simulation = new() { Scripts = [script] } });

        await cluster.PostAsync($"{Apps}/deployments", Workload("apps/v1", "Deployment", "web", replicas: 3));
        await cluster.SettleAsync();

        (await cluster.GetAsync($"{Apps}/deployments/web")).ObjectAt("status")!.ShouldBe(Document.Object("{'replicas':7,'readyReplicas':3}"));
        (await cluster.ListAsync($"{Core}/pods")).ShouldBeEmpty();
    }

    private static string Workload(string apiVersion, string kind, string name, int replicas, string extra = "") =>
        $"{{'apiVersion':'{apiVersion}','kind':'{kind}','metadata':{{'name':'{name}'}},'spec':{{'replicas':{replicas},'selector':{{'matchLabels':{{'app':'{name}'}}}},"
        + $"'template':{{'metadata':{{'labels':{{'app':'{name}'}}}},'spec':{{'containers':[{{'name':'main','image':'app:1'}}]}}}}{extra}}}}}";

    private static string Job(string name, string spec, string image) =>
        $"{{'apiVersion':'batch/v1','kind':'Job','metadata':{{'name':'{name}'}},'spec':{{{spec},"
        + $"'template':{{'spec':{{'restartPolicy':'Never','containers':[{{'name':'main','image':'{image}'}}]}}}}}}}}";
}
