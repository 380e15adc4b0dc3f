namespace OperatorKit.Dispatch;

/// <summary>What a controller runs beside its queue: timers, which keep out of the way of its runs, and daemons, which do not.</summary>
internal sealed record Beside<TResource>(Timers<TResource> Timers, Daemons<TResource> Daemons, ObjectGates Gates)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public void Start()
    {
        Timers.Start();
        Daemons.Start();
    }

    /// <summary>Daemons are cancelled at once, and waited for; timers that are called have the grace period, or less where the token says so.</summary>
    public Task StopAsync(TimeSpan grace, CancellationToken atOnce) => Task.WhenAll(Timers.StopAsync(grace, atOnce), Daemons.StopAsync(grace));
}
