using System.Net.Sockets;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Running;

namespace OperatorKit.Testing.Simulations.Network;

/// <summary>
/// The network between the server and the operator's webhooks, with all that can happen on the way. A Service is in front of them: each
/// review goes to one of the replicas that serve. Certificates are left out, as they are from the operator to the server.
/// </summary>
internal sealed class ReviewTransport(World world) : HttpMessageHandler
{
    private const int ChoiceTopic = 200;
    private const int LatencyTopic = 201;

    private readonly List<Review> _open = [];
    private int _reviews;

    /// <summary>Breaks what is open to a replica whose process has died.</summary>
    public void Disconnect(Replica replica)
    {
        foreach (var review in _open.Where(review => review.Replica == replica).ToList())
            Break(review, HttpRequestError.ResponseEnded);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        world.Loop.RequireThread();
        cancellationToken.ThrowIfCancellationRequested();
        var review = Address(WireRequest.Of(request));
        _open.Add(review);
        try
        {
            await using (cancellationToken.UnsafeRegister(static (state, token) => ((Review)state!).Answered.TrySetCanceled(token), review).ConfigureAwait(false))
            {
                Send(review);
                return await review.Answered.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            _open.Remove(review);
            if (review is { Replica: { } replica, Call: { IsOver: false } call })
                world.Loop.Post(replica.Actor, call.Abort);
        }
    }

    private Review Address(WireRequest request)
    {
        var number = ++_reviews;
        var serving = world.Slots.Where(static slot => slot.Current?.Webhooks is not null).ToList();
        if (serving.Count == 0)
            return new Review(request, number, null, 0);
        var slot = serving[(int)(serving.Count * Chance.Of(world.Plan.Seed, ChoiceTopic, number))];
        return new Review(request, number, slot, ++slot.Reviews);
    }

    private void Send(Review review)
    {
        if (review.Slot is not { } slot)
        {
            Tell(review, "nobody is there to answer");
            Break(review, HttpRequestError.ConnectionError);
        }
        else if (slot.At(review.Place, SimulatedFault.LoseReview) is { } lost)
        {
            world.Happens(lost);
            Break(review, HttpRequestError.ConnectionError);
        }
        else
        {
            var delay = slot.At(review.Place, SimulatedFault.DelayReview);
            if (delay is not null)
            {
                // A watch event that waits for its conversion is held up as long.
                world.Happens(delay);
                world.Expect(world.Loop.Elapsed + delay.Length);
            }

            world.Loop.Post(review.Replica!.Actor, () => Arrive(review), slot.Passage(Latency(review, 0) + (delay?.Length ?? TimeSpan.Zero)));
        }
    }

    private void Arrive(Review review)
    {
        if (review.Answered.Task.IsCompleted)
            return;
        var call = review.Call = ServerCall.Begin(review.Replica!.Webhooks!.AnswerAsync, review.Request);
        if (review.Slot!.At(review.Place, SimulatedFault.CrashInReview) is { } crash)
        {
            world.Happens(crash);
            review.Slot.Kill(TimeSpan.Zero);
            return;
        }

        call.Progress = () =>
        {
            if (call.IsOver)
                Answer(review, call);
        };
        call.Progress();
    }

    private void Answer(Review review, ServerCall call)
    {
        world.Loop.RequireThread();
        Tell(review, $"{call.Status}");
        if (review.Slot!.At(review.Place, SimulatedFault.LoseReviewAnswer) is { } lost)
        {
            world.Happens(lost);
            Break(review, HttpRequestError.ResponseEnded);
        }
        else
        {
            var bytes = call.TakeBytes();
            world.Loop.Post(
                world.ServerActor, () => review.Answered.TrySetResult(call.Response(new ByteArrayContent(bytes))), review.Slot.Passage(Latency(review, 1)));
        }
    }

    private void Break(Review review, HttpRequestError error) => world.Loop.Post(
        world.ServerActor,
        () => review.Answered.TrySetException(error == HttpRequestError.ConnectionError
            ? new HttpRequestException(error, inner: new SocketException((int)SocketError.ConnectionRefused))
            : new HttpRequestException(error)),
        Latency(review, 2));

    private TimeSpan Latency(Review review, int leg) =>
        TimeSpan.FromMicroseconds(100 + (1000 * Chance.Of(world.Plan.Seed, LatencyTopic + leg, review.Number)));

    private void Tell(Review review, string outcome) => world.Story.Add("server", $"asks {review.Replica?.Name ?? "the webhook"} at {review.Request.Path}: {outcome}");

    /// <summary>One review and whoever waits for the answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="number">Which review of all it is.</param>
    /// <param name="slot">Who is asked; null where there is nobody.</param>
    /// <param name="place">Which review of the replica it is.</param>
    private sealed class Review(WireRequest request, int number, ReplicaSlot? slot, int place)
    {
        public WireRequest Request => request;

        public int Number => number;

        public ReplicaSlot? Slot => slot;

        public int Place => place;

        /// <summary>The process that is asked: by the time of the answer another one may be in its place.</summary>
        public Replica? Replica { get; } = slot?.Current;

        public TaskCompletionSource<HttpResponseMessage> Answered { get; } = new();

        public ServerCall? Call { get; set; }
    }
}
