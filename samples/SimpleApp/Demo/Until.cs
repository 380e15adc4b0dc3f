using OperatorKit;
using OperatorKit.Client;

namespace Samples.Demo;

/// <summary>Waits on a watch until the cluster shows something.</summary>
[RbacIgnore]
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the object of a name, or null where it is gone, is as wanted.</summary>
    /// <exception cref="TimeoutException">It did not come to that within 30 seconds.</exception>
    public static async Task<T?> HoldsAsync<T>(ResourceClient<T> resources, string name, Func<T?, bool> wanted, string what, CancellationToken cancellationToken)
        where T : class, IKubernetesResource<T>
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            var only = $"metadata.name={name}";
            var list = await resources.ListAsync(new ListOptions { FieldSelector = only }, deadline.Token);
            var current = list.Items.Count == 0 ? null : list[0];
            if (wanted(current))
                return current;
            await foreach (var change in resources.WatchAsync(new WatchOptions { FieldSelector = only, ResourceVersion = list.ResourceVersion }, deadline.Token))
            {
                current = change.Type == WatchEventType.Deleted ? null : change.Object;
                if (wanted(current))
                    return current;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"After {Limit.TotalSeconds:0} s there is still no {what}.");
    }
}
