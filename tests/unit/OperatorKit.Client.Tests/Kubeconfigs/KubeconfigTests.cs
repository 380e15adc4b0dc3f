namespace OperatorKit.Client.Tests;

public sealed class KubeconfigTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kubeconfig").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_current_context_is_taken_with_its_namespace()
    {
        var connection = ClusterConnection.ParseKubeconfig(Config("{token: abc}"));

        connection.Server.ShouldBe(new Uri("https://one.test:6443"));
        connection.Namespace.ShouldBe("team");
        connection.Credentials.Token.ShouldBe("abc");
        connection.TlsServerName.ShouldBe("api.internal");
        connection.Proxy.ShouldBe(new Uri("socks5://proxy.test:1080"));
        connection.Source.ShouldBe("context a of kubeconfig");
    }

    [Fact]
    public void A_context_can_be_chosen()
    {
        var connection = ClusterConnection.ParseKubeconfig(Config("{token: abc}"), "b");

        connection.Server.ShouldBe(new Uri("http://localhost:8001"));
        connection.Namespace.ShouldBe("default");
        connection.Credentials.ShouldBe(ClusterCredentials.None);
    }

    [Fact]
    public void An_unknown_context_lists_those_there_are() =>
        Error(Config("{}"), "c").ShouldBe("kubeconfig has no context c. It has a, b: kubectl config use-context NAME");

    [Fact]
    public void No_current_context_lists_those_there_are() =>
        Error(Config("{}").Replace("current-context: a", "current-context: ''", StringComparison.Ordinal)).ShouldStartWith("kubeconfig has no current-context. Choose one of a, b");

    [Fact]
    public void An_empty_file_has_no_context() =>
        Error("").ShouldStartWith("kubeconfig has no current-context. Choose one of no contexts");

    [Fact]
    public void A_missing_cluster_and_a_missing_user_are_named()
    {
        Error(Config("{}").Replace("cluster: one", "cluster: gone", StringComparison.Ordinal)).ShouldStartWith("Context a of kubeconfig names cluster 'gone', which is not there.");
        Error(Config("{}").Replace("user: me", "user: gone", StringComparison.Ordinal)).ShouldStartWith("Context a of kubeconfig names user 'gone', which is not there.");
    }

    [Fact]
    public void Text_that_is_not_yaml_is_named_with_its_line() =>
        Error("clusters:\n- name: a\n  cluster: [\n").ShouldStartWith("kubeconfig:4:1: not valid YAML:");

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Nesting_without_end_is_refused_instead_of_overflowing_the_stack(string opening) =>
        Error(string.Concat(Enumerable.Repeat(opening, 100_000))).ShouldContain("not valid YAML: nested more than 1000 deep");

    [Fact]
    public void A_member_of_the_wrong_type_is_named_with_its_line() =>
        Error(Config("{}").Replace("insecure-skip-tls-verify: false", "insecure-skip-tls-verify: maybe", StringComparison.Ordinal)).ShouldStartWith("kubeconfig:8: insecure-skip-tls-verify must be true or false.");

    [Fact]
    public void A_server_that_is_no_url_is_named() =>
        Error(Config("{}").Replace("https://one.test:6443", "ftp://one", StringComparison.Ordinal)).ShouldContain("server 'ftp://one' is not a URL such as https://127.0.0.1:6443");

    [Fact]
    public void A_file_that_is_missing_says_how_to_get_one()
    {
        var path = Path.Combine(_directory, "none");

        Should.Throw<KubeconfigException>(() => ClusterConnection.FromKubeconfig(path)).Message.ShouldStartWith($"There is no kubeconfig at {path}. Name one with KUBECONFIG or --kubeconfig");
    }

    [Fact]
    public void An_auth_provider_names_its_successor() =>
        Error(Config("{auth-provider: {name: oidc}}")).ShouldContain("user me uses auth-provider oidc, which Kubernetes has removed in favour of exec plugins");

    [Fact]
    public void Certificates_that_cannot_be_used_are_named()
    {
        Error(Config("{client-certificate-data: AAAA, client-key-data: AAAA}")).ShouldContain("client-certificate of me is not usable PEM");
        Error(Config("{client-certificate-data: '%%', client-key-data: AAAA}")).ShouldContain("client-certificate-data is not base64");
        Error(Config("{client-certificate: none.crt, client-key: none.key}")).ShouldContain("client-certificate of me cannot be read");
        Error(Config("{client-certificate-data: AAAA}")).ShouldContain("user me has client-certificate(-data) and no client-key(-data)");
    }

    [Fact]
    public void Impersonation_is_read()
    {
        var impersonation = ClusterConnection.ParseKubeconfig(Config("{as: jane, as-uid: '7', as-groups: [dev, ops], as-user-extra: {scopes: [view]}}")).Impersonation!;

        impersonation.User.ShouldBe("jane");
        impersonation.Uid.ShouldBe("7");
        impersonation.Groups.ShouldBe(["dev", "ops"]);
        impersonation.Extra["scopes"].ShouldBe(["view"]);
    }

    [Fact]
    public void A_command_is_read_with_arguments_and_environment()
    {
        var exec = ClusterConnection.ParseKubeconfig(Config(
            "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token], env: [{name: A, value: b}], interactiveMode: Never, provideClusterInfo: true, installHint: get it}}")).Credentials.Exec!;

        exec.Command.ShouldBe("aws");
        exec.Arguments.ShouldBe(["eks", "get-token"]);
        exec.Environment["A"].ShouldBe("b");
        exec.Interactivity.ShouldBe(ExecInteractivity.Never);
        exec.ProvideClusterInfo.ShouldBeTrue();
        exec.InstallHint.ShouldBe("get it");
    }

    [Fact]
    public void What_a_cluster_has_for_the_commands_of_its_users_is_passed_on()
    {
        var connection = ClusterConnection.ParseKubeconfig("""
            current-context: c
            contexts: [{ name: c, context: { cluster: k, user: u } }]
            clusters:
            - name: k
              cluster:
                server: http://cluster.test
                disable-compression: true
                extensions:
                - { name: others, extension: nothing }
                - { name: client.authentication.k8s.io/exec, extension: { audience: a, port: 443 } }
            users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: plugin, provideClusterInfo: true } } }]
            """);

        connection.Credentials.Exec!.ClusterConfig.ShouldBe("""{"audience":"a","port":443}""");
        connection.DisableCompression.ShouldBeTrue();
    }

    [Fact]
    public void Of_several_files_the_first_to_name_something_wins_and_paths_start_at_their_file()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "sub"));
        var first = Path.Combine(_directory, "first");
        var second = Path.Combine(_directory, "sub", "second");
        File.WriteAllText(first, "current-context: b\nclusters:\n- {name: one, cluster: {server: 'https://first.test'}}\n");
        File.WriteAllText(second, Config("{tokenFile: token}").Replace("user: {}", "user: {tokenFile: token}", StringComparison.Ordinal));

        var config = Kubeconfig.Read([first, Path.Combine(_directory, "none"), second]);

        KubeconfigConnection.Of(config, null).Server.ShouldBe(new Uri("http://localhost:8001"));
        var connection = KubeconfigConnection.Of(config, "a");
        connection.Server.ShouldBe(new Uri("https://first.test"));
        connection.Credentials.TokenFile.ShouldBe(Path.Combine(_directory, "sub", "token"));
        connection.Source.ShouldBe($"context a of {first}{Path.PathSeparator}{second}");
    }

    [Fact]
    public void A_pod_takes_its_service_account()
    {
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=ca", System.Security.Cryptography.ECDsa.Create(), System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(Path.Combine(_directory, "ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "token"), "abc\n");
        File.WriteAllText(Path.Combine(_directory, "namespace"), "team");

        var connection = ClusterConnection.InCluster("fd00::1", "443", _directory);

        connection.Server.ShouldBe(new Uri("https://[fd00::1]:443"));
        connection.Namespace.ShouldBe("team");
        connection.CertificateAuthorities!.Count.ShouldBe(1);
        connection.Credentials.TokenFile.ShouldBe(Path.Combine(_directory, "token"));
    }

    [Fact]
    public void Outside_a_pod_there_is_no_service_account()
    {
        Should.Throw<KubeconfigException>(() => ClusterConnection.InCluster(null, null, _directory)).Message.ShouldStartWith("This process does not run in a pod");
        Should.Throw<KubeconfigException>(() => ClusterConnection.InCluster("10.0.0.1", "443", _directory)).Message.ShouldContain("automountServiceAccountToken");
    }

    private static string Error(string yaml, string? context = null) => Should.Throw<KubeconfigException>(() => ClusterConnection.ParseKubeconfig(yaml, context)).Message;

    private static string Config(string user) => $$"""
        apiVersion: v1
        kind: Config
        current-context: a
        clusters:
        - name: one
          cluster:
            server: https://one.test:6443
            insecure-skip-tls-verify: false
            tls-server-name: api.internal
            proxy-url: socks5://proxy.test:1080
        - name: two
          cluster: {server: 'localhost:8001'}
        contexts:
        - name: a
          context: {cluster: one, user: me, namespace: team}
        - name: b
          context: {cluster: two, user: nobody}
        users:
        - name: me
          user: {{user}}
        - name: nobody
          user: {}
        """;
}
