using System.Text.Json.Nodes;

namespace OperatorKit.Client.Tests.Credentials;

/// <summary>What a credentials command is told, with a terminal and without one.</summary>
[Collection<Scripts>]
public sealed class ExecCredentialSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("exec").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(ExecInteractivity.Never, true, false)]
    [InlineData(ExecInteractivity.Never, false, false)]
    [InlineData(ExecInteractivity.IfAvailable, true, true)]
    [InlineData(ExecInteractivity.IfAvailable, false, false)]
    [InlineData(ExecInteractivity.Always, true, true)]
    public async Task The_command_is_told_whether_it_has_the_terminal(ExecInteractivity mode, bool hasTerminal, bool isInteractive)
    {
        var exec = Script() with { Interactivity = mode };

        (await AskAsync(exec, hasTerminal)).ShouldBe("token");

        (await ToldAsync(exec))["interactive"]!.GetValue<bool>().ShouldBe(isInteractive);
    }

    [Fact]
    public async Task Without_a_terminal_the_command_reads_an_empty_input()
    {
        var exec = Script("cat > \"$0.input\"");

        await AskAsync(exec, hasTerminal: false);

        (await File.ReadAllTextAsync(exec.Command + ".input", Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_always_asks_is_not_run_without_a_terminal()
    {
        var exec = Script() with { Interactivity = ExecInteractivity.Always };

        var error = await Should.ThrowAsync<KubeconfigException>(() => AskAsync(exec, hasTerminal: false));

        error.Message.ShouldStartWith("exec plugin cannot support interactive mode: standard input is not a terminal");
        File.Exists(exec.Command + ".info").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cluster_is_told_where_the_kubeconfig_says_so(bool isProvided)
    {
        var exec = Script() with { ProvideClusterInfo = isProvided };

        await AskAsync(exec, hasTerminal: false);

        (await ToldAsync(exec))["cluster"]?["server"]?.GetValue<string>().ShouldBe(isProvided ? "https://cluster.test" : null);
        (await ToldAsync(exec)).ContainsKey("cluster").ShouldBe(isProvided);
    }

    private static async Task<string?> AskAsync(ExecCommand exec, bool hasTerminal)
    {
        using var source = new ExecCredentialSource(exec, new ClusterConnection { Server = new Uri("https://cluster.test") }, TimeProvider.System, () => hasTerminal);
        return (await source.GetAsync(Token)).Token;
    }

    private static async Task<JsonObject> ToldAsync(ExecCommand exec) =>
        JsonNode.Parse(await File.ReadAllTextAsync(exec.Command + ".info", Token))!["spec"]!.AsObject();

    private ExecCommand Script(string first = ":")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of this test are shell scripts.");
        var path = Path.Combine(_directory, "plugin.sh");
        File.WriteAllText(path, $$$"""
            #!/bin/sh
            {{{first}}}
            echo "$KUBERNETES_EXEC_INFO" > "$0.info"
            echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"token"}}'

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ExecCommand(path);
    }
}
