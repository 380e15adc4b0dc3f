using OperatorKit.Watching;

namespace OperatorKit.Hosting;

/// <summary>Waits for the first lists, or says why they do not come.</summary>
internal static class Startup
{
    /// <summary>Where the build has put the manifests, or, without them here, where it would.</summary>
    public static string Manifests =>
        Path.Combine(AppContext.BaseDirectory, "manifests") is var built && Directory.Exists(built) ? built : "manifests";

    /// <summary>Waits until every informer has listed once.</summary>
    /// <param name="informers">The informers, running.</param>
    /// <param name="handled">The kinds that the operator handles, as opposed to those it owns.</param>
    /// <param name="options">How patient to be, and names for hints.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperatorStartException">A list is refused, or takes too long.</exception>
    public static async Task WaitForListsAsync(
        IReadOnlyList<IInformerStatus> informers,
        IReadOnlySet<ResourceDefinition> handled,
        OperatorOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(informers.Select(static informer => informer.Synced));
        var refused = options.WaitForPrerequisites
            ? new TaskCompletionSource<IInformerStatus>().Task
            : Task.WhenAny(informers.Select(RefusedAsync)).Unwrap();
        try
        {
            await Task.WhenAny(all, refused).WaitAsync(options.StartTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var late = informers.First(static informer => !informer.Synced.IsCompleted);
            throw Problem(late, $"{late.Definition.QualifiedName} could not be listed within {options.StartTimeout}");
        }

        if (!all.IsCompletedSuccessfully)
        {
            var informer = await refused.ConfigureAwait(false);
            throw Problem(informer, $"{informer.Definition.QualifiedName} cannot be listed");
        }

        OperatorStartException Problem(IInformerStatus informer, string otherwise)
        {
            var message = informer.LastError is { } error
                ? StartHints.For(
                    error, informer.Definition, informer.Namespace, handled.Contains(informer.Definition), options.Name, Manifests)
                : $"{otherwise}.";
            return new OperatorStartException(message, informer.LastError);
        }
    }

    private static async Task<IInformerStatus> RefusedAsync(IInformerStatus informer)
    {
        await informer.Refused.ConfigureAwait(false);
        return informer;
    }
}
