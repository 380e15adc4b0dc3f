using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Webhooks;

public sealed class WebhookRightsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_rights_the_start_fails_with_the_commands_that_grant_them_and_with_them_it_does_not()
    {
        await using var server = await StartAsync();
        using var admin = ClientOf(server, "admin-token");
        using var operatorClient = ClientOf(server, "operator-token");

        var refused = (await Should.ThrowAsync<OperatorStartException>(() => RunAsync(operatorClient))).Message;

        refused.ShouldStartWith("jane lacks permissions.");
        refused.ShouldContain("kubectl create role shop-secrets --namespace=default --verb=create --resource=secrets\n");
        refused.ShouldContain("kubectl create role shop-secrets-shop-webhook-certificates --namespace=default --verb=get,patch --resource=secrets --resource-name=shop-webhook-certificates\n");
        refused.ShouldContain("kubectl create clusterrole shop-validatingwebhookconfigurations.admissionregistration.k8s.io-shop --verb=get,patch --resource=validatingwebhookconfigurations.admissionregistration.k8s.io --resource-name=shop\n");
        refused.ShouldNotContain("mutatingwebhookconfigurations");

        foreach (var command in refused.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("kubectl create", StringComparison.Ordinal)))
            await GrantAsync(admin, command.Split(' '));
        await using var host = await RunAsync(operatorClient);
    }

    [Fact]
    public async Task Certificates_from_files_need_no_rights_to_the_secret_or_without_an_authority_to_the_configurations()
    {
        await using var server = await StartAsync();
        using var operatorClient = ClientOf(server, "operator-token");
        var folder = Directory.CreateTempSubdirectory("certificates");
        try
        {
            var made = OperatorKit.Webhooks.Certificates.CertificateSet.Create(
                new(TimeSpan.FromDays(10), TimeSpan.FromDays(2), TimeSpan.FromHours(1)), ["localhost"], TimeProvider.System.GetUtcNow());
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tls.crt"), made.Certificate, Token);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tls.key"), made.Key, Token);

            await using var host = await RunAsync(operatorClient, webhooks => webhooks.CertificateDirectory = folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<OperatorHost> RunAsync(KubernetesClient client, Action<WebhookOptions>? configure = null)
    {
        var options = new OperatorOptions { Name = "shop", Webhooks = { Port = 0, Namespace = "default" } };
        configure?.Invoke(options.Webhooks);
        return OperatorHost.StartAsync(client, operators => operators.AddWebhook(new WebhookSettings(), null, _ => new ScriptedWebhook()), options, cancellationToken: Token);
    }

    private static async Task<KubernetesApiServer> StartAsync()
    {
        var tokens = Path.GetTempFileName();
        await File.WriteAllTextAsync(tokens, "operator-token,jane,uid-jane\nadmin-token,root,uid-root,system:masters\n", Token);
        try
        {
            return await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false, Workloads = false, TokenFile = tokens }, Token);
        }
        finally
        {
            File.Delete(tokens);
        }
    }

    private static KubernetesClient ClientOf(KubernetesApiServer server, string token) => new(
        new ClusterConnection { Server = server.Address, Credentials = new ClusterCredentials { Token = token } },
        new KubernetesClientOptions { Handler = server.CreateHandler() });

    /// <summary>Does what <c>kubectl create role|rolebinding|clusterrole|clusterrolebinding</c> does.</summary>
    private static async Task GrantAsync(KubernetesClient admin, string[] command)
    {
        var (sort, name) = (command[2], command[3]);
        var options = command.Skip(4).Select(static option => option.Split('=')).ToDictionary(static o => o[0], static o => o[1]);
        var home = options.GetValueOrDefault("--namespace");
        var metadata = new V1ObjectMeta { Name = name };
        if (sort.EndsWith("binding", StringComparison.Ordinal))
        {
            Rbacv1Subject[] subjects = [new() { Kind = "User", Name = options["--user"], ApiGroup = "rbac.authorization.k8s.io" }];
            var role = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = home is null ? "ClusterRole" : "Role", Name = name };
            if (home is null)
                await admin.Resource<V1ClusterRoleBinding>().CreateAsync(new V1ClusterRoleBinding { Metadata = metadata, RoleRef = role, Subjects = subjects }, cancellationToken: Token);
            else
                await admin.Resource<V1RoleBinding>(home).CreateAsync(new V1RoleBinding { Metadata = metadata, RoleRef = role, Subjects = subjects }, cancellationToken: Token);
            return;
        }

        var resource = options["--resource"].Split('.', 2);
        V1PolicyRule[] rules =
        [
            new()
            {
                ApiGroups = [resource.Length > 1 ? resource[1] : ""],
                Resources = [resource[0]],
                Verbs = options["--verb"].Split(','),
                ResourceNames = options.TryGetValue("--resource-name", out var one) ? [one] : null,
            },
        ];
        if (home is null)
            await admin.Resource<V1ClusterRole>().CreateAsync(new V1ClusterRole { Metadata = metadata, Rules = rules }, cancellationToken: Token);
        else
            await admin.Resource<V1Role>(home).CreateAsync(new V1Role { Metadata = metadata, Rules = rules }, cancellationToken: Token);
    }
}
