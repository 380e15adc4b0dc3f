using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OperatorKit.Client;

namespace OperatorKit;

/// <summary>Runs an operator inside a generic host.</summary>
public static class OperatorServiceCollectionExtensions
{
    /// <summary>
    /// Adds an operator that starts and stops with the host. It takes its <see cref="KubernetesClient"/> from the services, and so do
    /// handlers with what they need.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>.</param>
    /// <param name="options">Changes how the operator runs.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOperator(
        this IServiceCollection services, Action<OperatorBuilder> configure, Action<OperatorOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton<IHostedService>(provider => new HostedOperator(provider, configure, options));
        return services;
    }

    private sealed class HostedOperator(IServiceProvider provider, Action<OperatorBuilder> configure, Action<OperatorOptions>? change) : IHostedService
    {
        private OperatorHost? _host;

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var options = new OperatorOptions();
            change?.Invoke(options);
            _host = await OperatorHost.StartAsync(
                provider.GetRequiredService<KubernetesClient>(),
                configure,
                options,
                provider,
                provider.GetService<ILoggerFactory>(),
                provider.GetService<TimeProvider>(),
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (_host is not null)
                await _host.DisposeAsync().ConfigureAwait(false);
        }
    }
}
