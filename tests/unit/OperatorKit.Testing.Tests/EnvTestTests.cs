using System.Security.Cryptography.X509Certificates;
using OperatorKit.Client;
using OperatorKit.Testing.EnvTest;

namespace OperatorKit.Testing.Tests;

public sealed class EnvTestTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("envtest").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_missing_program_says_how_to_get_it()
    {
        var error = Should.Throw<FileNotFoundException>(() => EnvTestAssets.Find(name => name == "KUBEBUILDER_ASSETS" ? _directory : null));

        error.Message.ShouldStartWith($"OPERATORKIT_CLUSTER=envtest needs etcd and there is none at {Path.Combine(_directory, "etcd")}.");
        error.Message.ShouldContain("setup-envtest");
    }

    [Fact]
    public void A_program_given_by_itself_goes_before_the_directory()
    {
        var etcd = Program("my-etcd", "exit 0");
        var apiServer = Program("kube-apiserver", "exit 0");

        var assets = EnvTestAssets.Find(name => name switch { "KUBEBUILDER_ASSETS" => _directory, "TEST_ASSET_ETCD" => etcd, _ => null });

        assets.ShouldBe(new EnvTestAssets(etcd, apiServer));
    }

    [Fact]
    public async Task A_program_that_ends_at_once_is_shown_with_what_it_wrote()
    {
        var assets = new EnvTestAssets(Program("etcd", "echo 'cannot open data' >&2; exit 7"), Program("kube-apiserver", "exit 0"));

        var error = await Should.ThrowAsync<InvalidOperationException>(() => EnvTestCluster.StartAsync(assets, Token));

        error.Message.ShouldStartWith("etcd ended with code 7 before it was ready.");
        error.Message.ShouldContain("cannot open data");
    }

    [Fact]
    public void The_certificates_of_a_control_plane_fit_together()
    {
        using var files = new ControlPlaneFiles();

        var connection = ClusterConnection.ParseKubeconfig(files.Kubeconfig(new Uri("https://127.0.0.1:1234")));

        connection.Server.ShouldBe(new Uri("https://127.0.0.1:1234"));
        using var user = connection.Credentials.ClientCertificate!;
        user.Subject.ShouldBe("CN=operatorkit-test, O=system:masters");
        using var server = X509Certificate2.CreateFromPemFile(files.PathOf("server.crt"), files.PathOf("server.key"));
        server.MatchesHostname("127.0.0.1").ShouldBeTrue();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(connection.CertificateAuthorities!);
        chain.Build(server).ShouldBeTrue();
        chain.Build(user).ShouldBeTrue();
    }

    [Fact]
    public void A_control_plane_listens_on_the_loopback_interface_only()
    {
        using var files = new ControlPlaneFiles();

        ControlPlaneArguments.Etcd(files, 1, 2).Where(argument => argument.Contains("http", StringComparison.Ordinal)).ShouldAllBe(argument => argument.Contains("127.0.0.1", StringComparison.Ordinal));
        ControlPlaneArguments.ApiServer(files, 1, 3).ShouldContain("--bind-address=127.0.0.1");
    }

    private string Program(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of this test are shell scripts.");
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
