namespace OperatorKit.Client.Tests.Connections;

public sealed class KeepAliveTests
{
    [Fact]
    public void A_dead_connection_is_noticed_as_soon_as_client_go_notices_it() =>
        TimesOf(new KubernetesClientOptions()).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)));

    [Fact]
    public void The_times_can_be_set() =>
        TimesOf(new KubernetesClientOptions { KeepAlivePingDelay = TimeSpan.FromSeconds(5), KeepAlivePingTimeout = TimeSpan.FromSeconds(2) })
            .ShouldBe((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)));

    private static (TimeSpan Delay, TimeSpan Timeout) TimesOf(KubernetesClientOptions options)
    {
        var connection = new ClusterConnection { Server = new Uri("https://cluster.test") };
        using var authorization = new Authorization(connection, TimeProvider.System);
        using var handler = ClusterHandler.Create(connection, authorization, options);
        handler.KeepAlivePingPolicy.ShouldBe(HttpKeepAlivePingPolicy.Always);
        return (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout);
    }
}
