using System.Security.Cryptography.X509Certificates;
using System.Text;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Webhooks.Certificates;

namespace OperatorKit.Tests.Webhooks;

/// <summary>Certificates over years, between an API server that checks them and operators that renew them.</summary>
public sealed class CertificateRotationTests
{
    [Fact]
    public async Task For_three_years_every_request_is_answered()
    {
        var time = new VirtualTime();
        await using var cluster = await WebhookCluster.StartAsync(time);
        var webhook = new ScriptedWebhook();
        await using var host = await cluster.RunAsync(webhook, new WebhookSettings(), configure: static o => o.CheckPeriod = TimeSpan.FromDays(20));
        var (certificates, authorities) = (new HashSet<string>(), new HashSet<string>());

        for (var month = 0; month < 36; month++)
        {
            var before = await SecretAsync(cluster);
            await cluster.CreateAsync($"app-{month}");
            certificates.Add(Text(before, "tls.crt"));
            authorities.UnionWith(Bundle(Text(before, "ca.crt")));
            time.Advance(TimeSpan.FromDays(30));
            await UntilCheckedAsync(time, cluster);
        }

        webhook.Requests.Count.ShouldBe(36);
        certificates.Count.ShouldBeGreaterThan(10);
        authorities.Count.ShouldBeGreaterThan(1);
        var trusted = (await cluster.Client.Resource<V1ValidatingWebhookConfiguration>().ListAsync()).Items.ShouldHaveSingleItem().Webhooks![0].ClientConfig!.CaBundle!;
        Encoding.ASCII.GetString(trusted).ShouldBe(Text(await SecretAsync(cluster), "ca.crt"));
    }

    [Fact]
    public async Task A_secret_that_somebody_has_broken_is_made_anew()
    {
        var time = new VirtualTime();
        await using var cluster = await WebhookCluster.StartAsync(time);
        await using var host = await cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings());
        await cluster.Client.Resource<V1Secret>("default").PatchAsync("shop-webhook-certificates", Patch.Merge("""{"data":{"tls.crt":"AAAA","ca.crt":null}}"""));

        time.Advance(TimeSpan.FromMinutes(2));
        await UntilCheckedAsync(time, cluster);

        Text(await SecretAsync(cluster), "tls.crt").ShouldContain("BEGIN CERTIFICATE");
        await cluster.CreateAsync("one");
    }

    [Fact]
    public async Task Files_are_read_again_when_they_change()
    {
        var time = new VirtualTime();
        var folder = Directory.CreateTempSubdirectory("operatorkit-certificates-").FullName;
        try
        {
            await using var cluster = await WebhookCluster.StartAsync(time);
            Write(folder, NewSet(time));
            await using var host = await cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings(), configure: o => o.CertificateDirectory = folder);
            await cluster.CreateAsync("one");

            var second = NewSet(time);
            Write(folder, second);
            time.Advance(TimeSpan.FromMinutes(2));
            await UntilAsync(time, async () => Encoding.ASCII.GetString(await BundleOfAsync(cluster)) == second.Authorities);

            await cluster.CreateAsync("two");
            (await cluster.Client.Resource<V1Secret>("default").ListAsync()).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Files_that_cannot_be_used_fail_the_start_with_their_place()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        (await Should.ThrowAsync<OperatorStartException>(() => cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings(), configure: static o => o.CertificateDirectory = "/nowhere/at/all")))
            .Message.ShouldContain("/nowhere/at/all");
    }

    private static CertificateSet NewSet(TimeProvider time) =>
        CertificateSet.Create(new CertificatePlan(TimeSpan.FromDays(90), TimeSpan.FromDays(30), TimeSpan.Zero), ["127.0.0.1"], time.GetUtcNow());

    private static void Write(string folder, CertificateSet certificates)
    {
        File.WriteAllText(Path.Combine(folder, "ca.crt"), certificates.Authorities);
        File.WriteAllText(Path.Combine(folder, "tls.crt"), certificates.Certificate);
        File.WriteAllText(Path.Combine(folder, "tls.key"), certificates.Key);
    }

    private static async Task<byte[]> BundleOfAsync(WebhookCluster cluster) =>
        (await cluster.Client.Resource<V1ValidatingWebhookConfiguration>().ListAsync()).Items.Single().Webhooks![0].ClientConfig!.CaBundle!;

    private static Task<V1Secret> SecretAsync(WebhookCluster cluster) => cluster.Client.Resource<V1Secret>("default").GetAsync("shop-webhook-certificates");

    private static string Text(V1Secret secret, string entry) => Encoding.UTF8.GetString(secret.Data![entry]);

    private static IEnumerable<string> Bundle(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return all.Select(static a => a.Thumbprint);
    }

    /// <summary>Waits until the operator waits again: then what was due at this moment is done.</summary>
    private static Task UntilCheckedAsync(VirtualTime time, WebhookCluster cluster) => UntilAsync(time, async () =>
    {
        var state = await StateAsync(cluster);
        return state is not null && new CertificatePlan(TimeSpan.FromDays(730), TimeSpan.FromDays(90), TimeSpan.FromHours(1)).Decide(state, time.GetUtcNow()).Step == CertificateStep.Wait
            && Encoding.ASCII.GetString(await BundleOfAsync(cluster)) == Text(await SecretAsync(cluster), "ca.crt");
    });

    private static async Task<CertificateState?> StateAsync(WebhookCluster cluster)
    {
        var secret = await SecretAsync(cluster);
        return secret.Data!.ContainsKey("ca.crt")
            ? new CertificateSet(Text(secret, "ca.crt"), Text(secret, "ca.key"), Text(secret, "tls.crt"), Text(secret, "tls.key")).Describe(["127.0.0.1"])
            : null;
    }

    /// <summary>
    /// The clock goes on by seconds: a request that a jump of the clock has cut off is tried again. In the end it goes on by hours: a wait
    /// that began just after a jump ends that much later.
    /// </summary>
    private static async Task UntilAsync(VirtualTime time, Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2000; i++)
        {
            if (await holds())
                return;
            time.Advance(i < 200 ? TimeSpan.FromSeconds(5) : TimeSpan.FromHours(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It did not happen.");
    }
}
