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

    public Task StopAsync(TimeSpan grace) => Task.WhenAll(Timers.StopAsync(grace), Daemons.StopAsync(grace));
}
