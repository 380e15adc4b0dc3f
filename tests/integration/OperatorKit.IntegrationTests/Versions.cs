using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing;

namespace OperatorKit.IntegrationTests;

/// <summary>Two versions of a kind, on a cluster of their own: a definition has one conversion.</summary>
public sealed class Versions
{
    private static readonly ResourceDefinition Definitions = new()
    {
        Group = "apiextensions.k8s.io",
        Version = "v1",
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        Scope = ResourceScope.Cluster,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Objects_survive_the_way_to_the_other_version_and_back() => ConversionRoundTrip.Check(ScheduleConversion.Kind);

    [Fact]
    public void A_conversion_that_loses_something_is_told_with_the_member()
    {
        var forgetful = KindConversion.Of<Schedule>().Add<ScheduleV1>(
            ScheduleConversion.ToV2, static stored => ScheduleConversion.ToV1(stored with { Spec = stored.Spec with { Pace = Pace.Slow } }));
        Should.Throw<ConversionLossException>(() => ConversionRoundTrip.Check(forgetful)).Message.ShouldContain("changes spec.pace: it was \"Fast\" and is \"Slow\"");
        ConversionRoundTrip.Check(forgetful, except: ["spec.pace"]);
    }

    [Fact]
    public async Task What_is_written_in_one_version_is_read_in_the_other()
    {
        await using var cluster = await StartAsync();
        await using var host = await cluster.RunOperatorAsync(static o => o.AddScheduleOperator(), cancellationToken: Token);
        var (old, now) = (cluster.Client.Resource<ScheduleV1>("default"), cluster.Client.Resource<Schedule>("default"));

        await old.CreateAsync(
            new ScheduleV1
            {
                Metadata = new V1ObjectMeta { Name = "a", Labels = new Dictionary<string, string> { ["app"] = "x" } },
                Spec = new ScheduleV1Spec { Cron = "* * * * *", Host = "one,two", Pace = PaceV1.Fast, Steps = [new StepV1 { Name = "s" }], Notice = new NoticeV1.Mail("me@example.com") },
            },
            cancellationToken: Token);
        var read = await now.GetAsync("a", Token);
        read.Spec.Hosts.ShouldBe(["one", "two"]);
        read.Spec.ShouldSatisfyAllConditions(
            s => s.Pace.ShouldBe(Pace.Fast), s => s.Steps.ShouldHaveSingleItem().Name.ShouldBe("s"), s => s.Notice.ShouldBe(new Notice.Mail("me@example.com")));
        read.Metadata.Labels!["app"].ShouldBe("x");

        await now.PatchAsync("a", Patch.Merge("""{"spec":{"hosts":["three"],"suspend":true}}"""), cancellationToken: Token);
        var back = await old.GetAsync("a", Token);
        back.Spec.Host.ShouldBe("three");
        back.GetAnnotation("test.operatorkit.dev/suspended").ShouldBe("true");
        back.Metadata.Uid.ShouldBe(read.Metadata.Uid);
        (await old.ListAsync(cancellationToken: Token)).Items.ShouldHaveSingleItem().Spec.Host.ShouldBe("three");
        await cluster.EventuallyAsync<Schedule>("default", "a", static s => s.Status?.ObservedGeneration == s.Metadata.Generation, Token);
    }

    [Fact]
    public async Task Stored_objects_move_to_the_new_version_one_write_each()
    {
        await using var cluster = await StartAsync();
        await StoreAsync(cluster, "v1");
        await using var host = await cluster.RunOperatorAsync(static o => o.AddScheduleConversion(), cancellationToken: Token);
        var (old, now) = (cluster.Client.Resource<ScheduleV1>("default"), cluster.Client.Resource<Schedule>("default"));
        foreach (var name in (string[])["a", "b"])
            await old.CreateAsync(new ScheduleV1 { Metadata = new V1ObjectMeta { Name = name }, Spec = new ScheduleV1Spec { Cron = "* * * * *", Host = name } }, cancellationToken: Token);

        await StoreAsync(cluster, "v2");
        (await StoredVersionsAsync(cluster)).ShouldBe(["v1", "v2"], ignoreOrder: true);
        foreach (var schedule in await now.ListAsync(cancellationToken: Token))
            await now.PatchAsync(schedule.Metadata.Name!, Patch.Merge("""{"metadata":{"annotations":{"migrated":"yes"}}}"""), cancellationToken: Token);
        await cluster.Client.Dynamic(Definitions).PatchStatusAsync(Schedule.CrdName, Patch.Merge("""{"status":{"storedVersions":["v2"]}}"""), cancellationToken: Token);

        (await StoredVersionsAsync(cluster)).ShouldBe(["v2"]);
        (await now.ListAsync(cancellationToken: Token)).Items.Select(static s => s.Spec.Hosts.Single()).ShouldBe(["a", "b"]);
        (await old.GetAsync("b", Token)).Spec.Host.ShouldBe("b");
    }

    [Fact]
    public async Task Admission_webhooks_of_the_generator_are_asked()
    {
        await using var cluster = await StartAsync();
        await using var host = await cluster.RunOperatorAsync(static o => o.AddScheduleOperator().AddScheduleAdmission(), cancellationToken: Token);
        var schedules = cluster.Client.Resource<Schedule>("default");

        (await schedules.CreateAsync(New("a", " * * * * * "), cancellationToken: Token)).Spec.Cron.ShouldBe("* * * * *");
        (await Should.ThrowAsync<InvalidResourceException>(() => schedules.CreateAsync(New("b", "never"), cancellationToken: Token))).Message.ShouldContain("spec.cron: Invalid value: \"never\": must come");
        await schedules.PatchAsync("a", Patch.Merge("""{"spec":{"suspend":true}}"""), cancellationToken: Token);
        (await Should.ThrowAsync<ForbiddenException>(() => schedules.DeleteAsync("a", cancellationToken: Token))).Message.ShouldContain("resume it first");

        static Schedule New(string name, string cron) => new() { Metadata = new V1ObjectMeta { Name = name }, Spec = new ScheduleSpec { Cron = cron } };
    }

    private static async Task<TestCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Provider = ClusterProvider.Embedded, Workloads = false, Patience = TimeSpan.FromMinutes(1) }, Token);
        await cluster.InstallAsync<Schedule>(Token);
        return cluster;
    }

    private static async Task StoreAsync(TestCluster cluster, string version)
    {
        var definitions = cluster.Client.Dynamic(Definitions);
        var found = await definitions.GetAsync(Schedule.CrdName, Token);
        var versions = found.Content["spec"]!["versions"]!.AsArray();
        var operations = versions.Select((v, i) => JsonPatchOperation.Replace($"/spec/versions/{i}/storage", (string?)v!["name"] == version));
        await definitions.PatchAsync(Schedule.CrdName, Patch.Json([.. operations]), cancellationToken: Token);
    }

    private static async Task<IEnumerable<string>> StoredVersionsAsync(TestCluster cluster) =>
        (await cluster.Client.Dynamic(Definitions).GetAsync(Schedule.CrdName, Token)).Content["status"]!["storedVersions"]!.AsArray().Select(static v => (string)v!);
}
