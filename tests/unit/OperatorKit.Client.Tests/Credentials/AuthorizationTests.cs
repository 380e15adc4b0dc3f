namespace OperatorKit.Client.Tests;

[Collection<Scripts>]
public sealed class AuthorizationTests : IDisposable
{
    private const string Stored = """{"metadata":{"name":"a"}}""";

    private readonly string _directory = Directory.CreateTempSubdirectory("credentials").FullName;
    private readonly Recorder _server = new();
    private readonly ImmediateTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_token_is_sent() => (await SentWith(new ClusterCredentials { Token = "abc" })).ShouldBe("Bearer abc");

    [Fact]
    public async Task User_name_and_password_are_sent() => (await SentWith(new ClusterCredentials { Username = "me", Password = "pä" })).ShouldBe("Basic bWU6cMOk");

    [Fact]
    public async Task Without_credentials_nothing_is_sent() => (await SentWith(ClusterCredentials.None)).ShouldBeNull();

    [Fact]
    public async Task Impersonation_is_sent()
    {
        var connection = Connection(ClusterCredentials.None) with
        {
            Impersonation = new Impersonation("jane") { Uid = "7", Groups = ["dev", "ops"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["a/b"] = ["x"] } },
        };
        _server.Answer(Stored);

        await Widgets(connection).GetAsync("a", Token);

        _server.Last.Headers["Impersonate-User"].ShouldBe("jane");
        _server.Last.Headers["Impersonate-Uid"].ShouldBe("7");
        _server.Last.Headers["Impersonate-Group"].ShouldBe("dev,ops");
        _server.Last.Headers["Impersonate-Extra-a%2Fb"].ShouldBe("x");
    }

    [Fact]
    public async Task A_token_file_is_read_again_after_a_minute_and_the_old_token_kept_while_it_is_gone()
    {
        var path = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(path, "one\n", Token);
        var file = new TokenFile(path, _time);

        file.Read().ShouldBe("one");
        await File.WriteAllTextAsync(path, "two", Token);
        file.Read().ShouldBe("one");
        _time.Advance(TimeSpan.FromSeconds(61));
        file.Read().ShouldBe("two");
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(61));
        file.Read().ShouldBe("two");
    }

    [Fact]
    public async Task A_refused_token_is_read_again_at_once()
    {
        var path = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(path, "one", Token);
        var widgets = Widgets(Connection(new ClusterCredentials { TokenFile = path }));
        _server.Answer(Stored).Status(401, "Unauthorized", "Unauthorized").Answer(Stored);
        await widgets.GetAsync("a", Token);
        await File.WriteAllTextAsync(path, "two", Token);

        await widgets.GetAsync("a", Token);

        _server.Requests.Select(sent => sent.Headers["Authorization"]).ShouldBe(["Bearer one", "Bearer one", "Bearer two"]);
    }

    [Fact]
    public void A_token_file_that_is_missing_is_named() =>
        Should.Throw<KubeconfigException>(() => new TokenFile(Path.Combine(_directory, "none"), _time).Read()).Message.ShouldContain("Check tokenFile");

    [Fact]
    public async Task A_command_gives_a_token_until_it_expires()
    {
        var exec = Script("""echo x >> "$0.runs"; echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$(wc -l < "$0.runs" | tr -d ' ')'","expirationTimestamp":"2026-01-01T01:00:00Z"}}'""");
        var widgets = Widgets(Connection(new ClusterCredentials { Exec = exec }));
        _server.Answer(Stored).Answer(Stored).Answer(Stored);

        await widgets.GetAsync("a", Token);
        await widgets.GetAsync("a", Token);
        _time.Advance(TimeSpan.FromMinutes(59.6));
        await widgets.GetAsync("a", Token);

        _server.Requests.Select(sent => sent.Headers["Authorization"]).ShouldBe(["Bearer t1", "Bearer t1", "Bearer t2"]);
    }

    [Fact]
    public async Task A_command_is_run_once_for_all_requests_that_one_token_was_refused_to()
    {
        var exec = Script("""echo x >> "$0.runs"; echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t'$(wc -l < "$0.runs" | tr -d ' ')'"}}'""");
        using var authorization = new Authorization(Connection(new ClusterCredentials { Exec = exec }), _time);

        (await HeaderAsync()).ShouldBe("Bearer t1");
        authorization.Forget("Bearer t1");
        (await HeaderAsync()).ShouldBe("Bearer t2");
        authorization.Forget("Bearer t1");

        (await HeaderAsync()).ShouldBe("Bearer t2");

        async Task<string> HeaderAsync()
        {
            using var request = new HttpRequestMessage();
            await authorization.AddAsync(request.Headers, Token);
            return request.Headers.GetValues("Authorization").Single();
        }
    }

    [Fact]
    public async Task A_refused_token_of_a_command_is_asked_for_again()
    {
        var exec = Script("""echo x >> "$0.runs"; echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t'$(wc -l < "$0.runs" | tr -d ' ')'"}}'""");
        _server.Status(401, "Unauthorized", "Unauthorized").Answer(Stored);

        await Widgets(Connection(new ClusterCredentials { Exec = exec })).GetAsync("a", Token);

        _server.Requests.Select(sent => sent.Headers["Authorization"]).ShouldBe(["Bearer t1", "Bearer t2"]);
    }

    [Fact]
    public async Task A_command_gets_the_cluster_and_its_environment()
    {
        var exec = Script("""echo "$KUBERNETES_EXEC_INFO" > "$0.info"; echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'$GREETING'"}}'""") with
        {
            ProvideClusterInfo = true,
            ClusterConfig = """{"audience":"a"}""",
            Environment = new Dictionary<string, string> { ["GREETING"] = "hello" },
        };

        (await SentWith(new ClusterCredentials { Exec = exec })).ShouldBe("Bearer hello");

        (await File.ReadAllTextAsync(exec.Command + ".info", Token)).Trim().ShouldBe(
            """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,"cluster":{"server":"http://cluster.test","config":{"audience":"a"}}}}""");
    }

    [Theory]
    [InlineData("echo 'please log in' >&2; exit 3", "ended with code 3: please log in. Log in again with its own tool, then retry.")]
    [InlineData("echo nonsense", "did not give an ExecCredential: its answer cannot be read")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "its answer has neither a token nor a client certificate")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"x"}}'""", "it answers in client.authentication.k8s.io/v1beta1 and the kubeconfig says client.authentication.k8s.io/v1")]
    public async Task A_command_that_fails_says_why(string script, string expected)
    {
        var error = await Should.ThrowAsync<KubeconfigException>(() => SentWith(new ClusterCredentials { Exec = Script(script) }));

        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_command_that_is_missing_says_how_to_install_it()
    {
        var exec = new ExecCommand(Path.Combine(_directory, "none")) { InstallHint = "See https://example.com/install" };

        var error = await Should.ThrowAsync<KubeconfigException>(() => SentWith(new ClusterCredentials { Exec = exec }));

        error.Message.ShouldEndWith("See https://example.com/install");
    }

    private async Task<string?> SentWith(ClusterCredentials credentials)
    {
        _server.Answer(Stored);
        await Widgets(Connection(credentials)).GetAsync("a", Token);
        return _server.Last.Headers.GetValueOrDefault("Authorization");
    }

    private ResourceClient<Widget> Widgets(ClusterConnection connection) =>
        _server.Client(new KubernetesClientOptions { TimeProvider = _time }, connection).Resource<Widget>("default");

    private static ClusterConnection Connection(ClusterCredentials credentials) => new() { Server = new Uri("http://cluster.test"), Credentials = credentials };

    private ExecCommand Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of this test are shell scripts.");
        var path = Path.Combine(_directory, "plugin.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new ExecCommand(path) { Interactivity = ExecInteractivity.Never };
    }
}
