using OperatorKit.Hosting;

namespace OperatorKit.Tests.Hosting;

public sealed class ArgumentTests
{
    [Fact]
    public void Options_are_read_in_both_forms()
    {
        var parsed = OperatorArguments.Parse(["--kubeconfig", "a.yaml", "--context=dev", "--namespace", "x", "--namespace=y", "--http-port", "0", "--leader-elect"]);

        parsed.Kubeconfig.ShouldBe("a.yaml");
        parsed.Context.ShouldBe("dev");
        parsed.Namespaces.ShouldBe(["x", "y"]);
        parsed.HttpPort.ShouldBe(0);
        parsed.LeaderElection.ShouldBe(true);
    }

    [Theory]
    [InlineData("--kubeconf", "--kubeconf is not an option")]
    [InlineData("--kubeconfig", "--kubeconfig needs a value")]
    [InlineData("--http-port=99999", "--http-port 99999 is not a port")]
    public void A_wrong_command_line_says_where(string argument, string message) =>
        Should.Throw<ArgumentException>(() => OperatorArguments.Parse([argument])).Message.ShouldStartWith(message);

    [Fact]
    public async Task Without_a_cluster_the_command_ends_with_2() =>
        (await OperatorHost.RunAsync([], _ => { })).ShouldBe(2);

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_ends_the_command_with_1() =>
        (await OperatorHost.RunAsync(["--kubeconfig", "/nowhere/at/all"], _ => { })).ShouldBe(1);
}
