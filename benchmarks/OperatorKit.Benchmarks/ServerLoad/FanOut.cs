using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OperatorKit.Benchmarks.ServerLoad;

/// <summary>
/// Many watchers of one kind: each must get every event once and in order. A server may end a watch that cannot keep up, as kube-apiserver
/// does after a few dozen events; those are counted.
/// </summary>
internal static class FanOut
{
    public static async Task<string> MeasureAsync(Target target, int watchers, int creates)
    {
        await using var space = await TestNamespace.CreateAsync(target.Client);
        using var stop = new CancellationTokenSource();
        var streams = new List<StreamReader>();
        for (var i = 0; i < watchers; i++)
        {
            var response = await target.Client.GetAsync($"{space.ConfigMaps}?watch=true&labelSelector=app%3Dbench", HttpCompletionOption.ResponseHeadersRead, stop.Token);
            response.EnsureSuccessStatusCode();
            streams.Add(new StreamReader(await response.Content.ReadAsStreamAsync(stop.Token)));
        }

        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var reading = streams.Select(stream => Task.Run(() => ReadAsync(stream, creates, stop.Token))).ToList();
        await space.CreateAsync(creates, 16, 100);
        var created = Stopwatch.GetElapsedTime(started);
        var seen = await Task.WhenAll(reading);
        var took = Stopwatch.GetElapsedTime(started);
        var each = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / watchers / creates;
        await stop.CancelAsync();
        streams.ForEach(static stream => stream.Dispose());
        var whole = seen.MaxBy(static versions => versions.Count)!;
        if (seen.Any(versions => !versions.SequenceEqual(whole.Take(versions.Count))))
            throw new InvalidOperationException($"{target.Name}: not every watcher saw the same events.");
        var ended = seen.Count(versions => versions.Count < creates);
        return FormattableString.Invariant($"{target.Name,-18} {watchers} watchers: {creates / created.TotalSeconds,7:0} creates/s beside them, {seen.Sum(static versions => versions.Count) / took.TotalSeconds,9:0} events/s, every one in order, {each:0.0} us of this process's CPU an event, {ended} ended by the server");
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(StreamReader stream, int count, CancellationToken cancellationToken)
    {
        var versions = new List<long>(count);
        while (versions.Count < count)
        {
            if (await stream.ReadLineAsync(cancellationToken) is not { } line)
                break;
            var version = Version(line);
            if (versions.Count > 0 && version <= versions[^1])
                throw new InvalidOperationException($"Event {version} came after {versions[^1]}.");
            versions.Add(version);
        }

        return versions;
    }

    private static long Version(string line)
    {
        const string key = "\"resourceVersion\":\"";
        var start = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
        return long.Parse(line.AsSpan(start, line.IndexOf('"', start) - start), CultureInfo.InvariantCulture);
    }
}
