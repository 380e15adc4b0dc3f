using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Hosting;

public sealed class GenericHostTests
{
    [Fact]
    public async Task An_operator_runs_with_its_host_and_takes_its_client_and_handlers_from_its_services()
    {
        await using var cluster = await Cluster.StartAsync();
        var handler = new ScriptedHandler();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(cluster.OperatorClient);
        builder.Services.AddSingleton(handler);
        builder.Services.AddOperator(
            static operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [], static services => services.GetRequiredService<ScriptedHandler>()),
            static options => options.StopGrace = TimeSpan.Zero);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await host.StopAsync(TestContext.Current.CancellationToken);

        handler.Calls.ShouldHaveSingleItem();
    }
}
