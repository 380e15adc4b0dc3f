using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OperatorKit.ApiServer.Hosting;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Requests;
using OperatorKit.ApiServer.Timelines;

namespace OperatorKit.ApiServer.Faults;

/// <summary>
/// The way into the server for every request: notes it in the timeline, lets the faults have their way with it, and hands it on.
/// Closed, it lets nothing in and cuts what is under way.
/// </summary>
internal sealed class RequestGate(TimeProvider clock, Timeline timeline, FaultInjector faults)
{
    private readonly Lock _lock = new();
    private readonly HashSet<HttpContext> _running = [];
    private ClusterState? _cluster;
    private long _number;

    public void Open(ClusterState cluster) => Volatile.Write(ref _cluster, cluster);

    public void Close()
    {
        Volatile.Write(ref _cluster, null);
        HttpContext[] running;
        lock (_lock)
            running = [.. _running];
        foreach (var context in running)
            context.Abort();
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (Volatile.Read(ref _cluster) is not { } cluster)
        {
            Drop(context);
            return;
        }

        var request = ApiRequest.Of(context, Interlocked.Increment(ref _number));
        if (cluster.Turns is not { } turns || request.Verb == "watch")
        {
            await HandleAsync(context, request, cluster).ConfigureAwait(false);
            return;
        }

        await turns.EnterAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            await HandleAsync(context, request, cluster).ConfigureAwait(false);
        }
        finally
        {
            turns.Leave();
        }
    }

    private async Task HandleAsync(HttpContext context, ApiRequest request, ClusterState cluster)
    {
        var active = faults.For(request);
        var began = clock.GetUtcNow();
        var note = active.Count == 0 ? "" : string.Join(", ", active.Select(static fault => fault.ToString()));
        var entry = new RequestEntry(began, request, note);
        timeline.Add(entry);
        lock (_lock)
            _running.Add(context);
        if (request.Verb != "watch")
            context.Response.OnStarting(() => Task.FromResult(entry.Answered(context.Response.StatusCode, clock.GetUtcNow() - began)));
        try
        {
            await RunAsync(context, request, active, cluster).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _running.Remove(context);
            var took = clock.GetUtcNow() - began;
            if (request.Verb == "watch")
                timeline.Add(new RequestEntry(began, request, note).Answered(context.Response.StatusCode, took));
            else
                entry.Answered(context.Response.StatusCode, took);
        }
    }

    private async Task RunAsync(HttpContext context, ApiRequest request, IReadOnlyList<Fault> active, ClusterState cluster)
    {
        foreach (var fault in active)
        {
            switch (fault)
            {
                case DelayFault delay:
                    await Task.Delay(delay.By, clock, context.RequestAborted).ConfigureAwait(false);
                    break;
                case StatusFault status:
                    await AnswerAsync(context, status).ConfigureAwait(false);
                    return;
                case DropFault { AfterWork: false }:
                    Drop(context);
                    return;
                case DropFault:
                    Replace(context, (_, _) => Cut(context));
                    break;
                case TruncateFault truncate:
                    Replace(context, Truncated(context, truncate.AfterBytes));
                    break;
                case StaleFault stale:
                    StaleReads.Turn(context, request, cluster.Operations.Store.Revision - stale.WritesAgo);
                    break;
                case WatchFault watch when request.Verb == "watch":
                    Replace(context, Filtered(context, new WatchFilter(watch)));
                    break;
            }
        }

        await cluster.Pipeline.HandleAsync(context).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, StatusFault fault)
    {
        var status = JsonObject.Of(
            ("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonObject.Empty), ("status", "Failure"),
            ("message", fault.Message), ("reason", fault.Reason), ("code", fault.Code));
        if (fault.RetryAfter is { } after)
            context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await ResponseWriter.ObjectAsync(context, fault.Code, status, Representation.ForErrors(context.Request)).ConfigureAwait(false);
    }

    private static void Replace(HttpContext context, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write)
    {
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new FaultyStream(write, real), real));
    }

    private static Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> Truncated(HttpContext context, long limit)
    {
        var body = context.Response.Body;
        var left = limit;
        return async (bytes, cancellationToken) =>
        {
            await body.WriteAsync(bytes[..(int)Math.Min(left, bytes.Length)], cancellationToken).ConfigureAwait(false);
            left -= bytes.Length;
            if (left >= 0)
                return;
            await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Cut(context).ConfigureAwait(false);
        };
    }

    private static Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> Filtered(HttpContext context, WatchFilter filter)
    {
        var body = context.Response.Body;
        return async (bytes, cancellationToken) =>
        {
            var (send, disconnect) = filter.Next(bytes.Span);
            await body.WriteAsync(send, cancellationToken).ConfigureAwait(false);
            await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (disconnect)
                await Cut(context).ConfigureAwait(false);
        };
    }

    private static ValueTask Cut(HttpContext context)
    {
        Drop(context);
        return ValueTask.CompletedTask;
    }

    /// <summary>Over a socket the connection is closed; in memory the failure itself is what the client sees.</summary>
    private static void Drop(HttpContext context)
    {
        if (context.Features.Get<IHttpResponseFeature>() is InMemoryExchange)
            throw new IOException("The connection was closed by the server.");
        context.Abort();
    }
}
