using OperatorKit.Configuration;

namespace OperatorKit.Tests.Configuration;

public sealed class SettingTests
{
    [Fact]
    public void Options_are_read_in_both_forms()
    {
        var settings = Read(["--kubeconfig", "a.yaml", "--context=dev", "--namespace", "x", "-n", "y", "--http-port", "0", "--leader-elect", "--wait=false"]);

        settings.Kubeconfig.ShouldBe("a.yaml");
        settings.Context.ShouldBe("dev");
        settings.Namespaces.ShouldBe(["x", "y"]);
        settings.HttpPort.ShouldBe(0);
        settings.LeaderElection.ShouldBe(true);
        settings.Wait.ShouldBe(false);
        Read(["--no-leader-elect"]).LeaderElection.ShouldBe(false);
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_both_before_the_code()
    {
        var settings = Read(
            ["--stop-grace", "1s", "--namespace", "here"],
            ("OPERATORKIT_STOP_GRACE", "2s"),
            ("OPERATORKIT_START_TIMEOUT", "3s"),
            ("OPERATORKIT_NAMESPACES", "there, elsewhere"),
            ("OPERATORKIT_HTTP_PORT", ""));
        var options = new OperatorOptions { StopGrace = TimeSpan.FromSeconds(4), StartTimeout = TimeSpan.FromSeconds(5), HttpPort = 6, Namespaces = { "code" } };
        options.Lease.Name = "code";

        settings.ApplyTo(options);

        options.StopGrace.ShouldBe(TimeSpan.FromSeconds(1));
        options.StartTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        options.Namespaces.ShouldBe(["here"]);
        options.HttpPort.ShouldBe(6);
        options.Lease.Name.ShouldBe("code");
        Read([], ("OPERATORKIT_NAMESPACES", "there, elsewhere")).Namespaces.ShouldBe(["there", "elsewhere"]);
    }

    [Fact]
    public void Settings_of_controllers_hold_for_each_of_them()
    {
        var options = new OperatorOptions();
        Read(["--concurrency", "3", "--handler-timeout=1m30s"], ("OPERATORKIT_RESYNC_PERIOD", "0s"), ("OPERATORKIT_LABEL_SELECTOR", "a=b")).ApplyTo(options);
        var controller = new ControllerOptions { Concurrency = 5, LabelSelector = "c=d", BackOffLimit = TimeSpan.FromHours(1), Namespaces = { "code" } };

        options.ControllerSettings!("any", controller);

        controller.Concurrency.ShouldBe(3);
        controller.HandlerTimeout.ShouldBe(TimeSpan.FromSeconds(90));
        controller.ResyncPeriod.ShouldBe(TimeSpan.Zero);
        controller.LabelSelector.ShouldBe("a=b");
        controller.BackOffLimit.ShouldBe(TimeSpan.FromHours(1));
        controller.Namespaces.ShouldBe(["code"]);
    }

    [Theory]
    [InlineData("--kubeconf", "--kubeconf is not an option")]
    [InlineData("--no-http-port", "--no-http-port is not an option")]
    [InlineData("--kubeconfig", "--kubeconfig needs a value, as in --kubeconfig FILE")]
    [InlineData("--http-port=99999", "--http-port 99999 is not a port: give a number from 0 to 65535.")]
    [InlineData("--concurrency=0", "--concurrency 0 is not a number of objects: give a number from 1 to 10000.")]
    [InlineData("--stop-grace=30", "--stop-grace 30 is not a time: give a number with its unit, as in 500ms, 30s, 5m or 10h.")]
    [InlineData("--shard=3/3", "--shard 3/3 is no shard: give its number, from 0, and how many there are, as in 0/3, 1/3 and 2/3.")]
    [InlineData("--wait=maybe", "--wait maybe is neither true nor false.")]
    [InlineData("--namespace=", "--namespace  is empty.")]
    [InlineData("--shard-label=tier", "--shard-label needs --shard")]
    [InlineData("--lease-duration=1s", "LeaseOptions: 0 < RetryPeriod < RenewDeadline < Duration must hold")]
    [InlineData("--start-timeout=0s", "OperatorOptions.StartTimeout is 00:00:00; it must be above zero.")]
    public void A_wrong_value_says_where_it_is_and_what_it_may_be(string argument, string message) =>
        Should.Throw<SettingException>(() => Read([argument]).ApplyTo(new OperatorOptions())).Message.ShouldStartWith(message);

    [Fact]
    public void A_wrong_value_in_the_environment_is_named_after_its_variable() =>
        Should.Throw<SettingException>(() => Read([], ("OPERATORKIT_CONCURRENCY", "many"))).Message
            .ShouldBe("OPERATORKIT_CONCURRENCY many is not a number of objects: give a number from 1 to 10000.");

    [Theory]
    [InlineData("--concurrency=none")]
    [InlineData("--lease-duration=1s")]
    [InlineData("--unknown")]
    [InlineData("--context=dev")]
    public async Task A_wrong_setting_ends_the_command_with_2(string argument) =>
        (await OperatorHost.RunAsync([argument], _ => { }, cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(2);

    [Fact]
    public async Task A_missing_cluster_ends_the_command_with_2()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 }, "A pod has its cluster.");

        (await OperatorHost.RunAsync(["--wait"], _ => { }, cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(2);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_ends_the_command_with_1() =>
        (await OperatorHost.RunAsync(["--kubeconfig", "/nowhere/at/all"], _ => { }, cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(1);

    private static OperatorSettings Read(string[] args, params (string Name, string Value)[] environment) =>
        SettingReader.Read(args, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
