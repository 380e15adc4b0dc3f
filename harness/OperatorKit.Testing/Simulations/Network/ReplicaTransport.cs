using System.Net;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Running;

namespace OperatorKit.Testing.Simulations.Network;

/// <summary>The network between one process of the operator and the server, with all that can happen on the way.</summary>
internal sealed class ReplicaTransport(Replica replica, ReplicaSlot slot) : HttpMessageHandler
{
    private readonly World _world = slot.World;
    private readonly HashSet<WatchConnection> _watches = [];

    /// <summary>Breaks what is open, as the server sees it when the process has died.</summary>
    public void Disconnect()
    {
        foreach (var watch in _watches.ToArray())
            watch.Leave();
    }

    /// <summary>Breaks all watches, as the operator sees it.</summary>
    public void CutWatches()
    {
        foreach (var watch in _watches.ToArray())
            watch.Cut();
    }

    /// <summary>Ends the watches of a path with 410.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Expire(string path)
    {
        var expired = _watches.Where(watch => watch.Path == path).ToList();
        expired.ForEach(static watch => watch.Expire());
        return expired.Count > 0;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _world.Loop.RequireThread();
        cancellationToken.ThrowIfCancellationRequested();
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource<HttpResponseMessage>)state!).TrySetCanceled(token), answered).ConfigureAwait(false))
        {
            Send(WireRequest.Of(request), answered);
            return await answered.Task.ConfigureAwait(false);
        }
    }

    private void Send(WireRequest request, TaskCompletionSource<HttpResponseMessage> answered)
    {
        _world.Sent(replica, request);
        var exchange = new Exchange(request, answered, Number(request), request.IsWrite && !request.IsLease ? ++slot.Writes : 0);
        var lost = request.IsLease ? slot.At(exchange.Number, SimulatedFault.LoseLeaseRequest) : slot.At(exchange.Number, SimulatedFault.LoseRequest);
        if (slot.CutOffUntil > _world.Loop.Elapsed)
        {
            _world.Story.Add(replica.Name, $"{request.Method} {request.Path}: nothing passes");
            Fail(exchange, slot.CutOffUntil - _world.Loop.Elapsed);
        }
        else if (lost is not null)
        {
            _world.Happens(lost);
            Fail(exchange, Latency(exchange, 0));
        }
        else if (slot.At(exchange.Write, SimulatedFault.CrashBeforeWrite) is { } crash)
        {
            _world.Happens(crash);
            slot.Kill(TimeSpan.Zero);
        }
        else
        {
            var delay = request.IsLease ? null : slot.At(exchange.Number, SimulatedFault.DelayRequest);
            if (delay is not null)
                _world.Happens(delay);
            _world.Loop.Post(_world.ServerActor, () => Arrive(exchange), Latency(exchange, 1) + (delay?.Length ?? TimeSpan.Zero));
        }
    }

    private int Number(WireRequest request) => request.IsLease ? ++slot.LeaseRequests : ++slot.Requests;

    private void Arrive(Exchange exchange)
    {
        var request = exchange.Request;
        if (Refusal(exchange) is { } status)
        {
            _world.Story.Add(replica.Name, $"{request.Method} {request.Path}: {status}");
            _world.Expect(_world.Loop.Elapsed);
            Deliver(exchange, () => Refuse(status));
            return;
        }

        var call = ServerCall.Begin(_world.Server.Cluster.Pipeline.HandleAsync, request);
        if (request.IsWatch && !call.IsOver)
        {
            _world.Story.Add(replica.Name, $"watches {request.Path}{request.Address.Query}");
            var watch = new WatchConnection(slot, replica, call, closed => _watches.Remove(closed));
            _watches.Add(watch);
            Deliver(exchange, () => call.Response(new StreamContent(watch.Body)));
            if (slot.HasExpired(request.Path))
                watch.Expire();
        }
        else if (call.IsOver)
        {
            Answer(exchange, call);
        }
        else
        {
            call.Progress = () =>
            {
                if (call.IsOver)
                    Answer(exchange, call);
            };
        }
    }

    private void Answer(Exchange exchange, ServerCall call)
    {
        var request = exchange.Request;
        if (!request.IsLease || call.Status >= 300)
            _world.Story.Add(replica.Name, $"{request.Method} {request.Path}: {call.Status}");
        if (request.IsWrite && call.Status < 300)
            _world.Wrote(request);
        if (call.Status >= 500)
            _world.Expect(_world.Loop.Elapsed);
        if (slot.At(exchange.Number, request.IsLease ? SimulatedFault.LoseLeaseAnswer : SimulatedFault.LoseAnswer) is { } lost)
        {
            _world.Happens(lost);
            Fail(exchange, Latency(exchange, 2));
        }
        else if (replica.Actor.IsAlive && slot.At(exchange.Write, SimulatedFault.CrashAfterWrite) is { } crash)
        {
            _world.Happens(crash);
            slot.Kill(TimeSpan.Zero);
        }
        else
        {
            Deliver(exchange, () => call.Response(new ByteArrayContent(call.TakeBytes())));
        }
    }

    /// <summary>The status with which the server refuses a request unread; null when it does not.</summary>
    private int? Refusal(Exchange exchange)
    {
        foreach (var (_, fault) in _world.Plan.Faults)
        {
            if (fault.Kind is SimulatedFault.TooManyRequests or SimulatedFault.Unavailable && fault.At <= _world.Loop.Elapsed && _world.Loop.Elapsed < fault.At + fault.Length)
                return fault.Kind == SimulatedFault.TooManyRequests ? 429 : 503;
        }

        var counted = exchange.Request.IsLease ? null : slot.At(exchange.Number, SimulatedFault.ServerError) ?? slot.At(exchange.Write, SimulatedFault.Conflict);
        if (counted is null)
            return null;
        _world.Happens(counted);
        return counted.Kind == SimulatedFault.Conflict ? 409 : 500;
    }

    private void Deliver(Exchange exchange, Func<HttpResponseMessage> answer) =>
        _world.Loop.Post(replica.Actor, () => exchange.Answered.TrySetResult(answer()), slot.Passage(Latency(exchange, 3)));

    private void Fail(Exchange exchange, TimeSpan after)
    {
        _world.Expect(_world.Loop.Elapsed + after);
        _world.Loop.Post(
            replica.Actor, () => exchange.Answered.TrySetException(new HttpRequestException("The connection broke.", new IOException("Connection reset by peer."))), after);
    }

    private TimeSpan Latency(Exchange exchange, int leg) =>
        TimeSpan.FromMicroseconds(100 + (2000 * Chance.Of(_world.Plan.Seed, (slot.Index * 8) + leg, exchange.Request.IsLease ? -exchange.Number : exchange.Number)));

    private static HttpResponseMessage Refuse(int status)
    {
        var reason = status switch { 409 => "Conflict", 429 => "TooManyRequests", 500 => "InternalError", _ => "ServiceUnavailable" };
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"a fault on purpose","code":{{status}}}"""),
        };
        if (status is 429)
            response.Headers.TryAddWithoutValidation("Retry-After", "1");
        return response;
    }

    /// <summary>One request and whoever waits for the answer.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="Answered">Completes with the answer.</param>
    /// <param name="Number">Which request of the replica it is; those about the lease count for themselves.</param>
    /// <param name="Write">Which write it is; 0 for none.</param>
    private sealed record Exchange(WireRequest Request, TaskCompletionSource<HttpResponseMessage> Answered, int Number, int Write);
}
