using OperatorKit.ApiServer;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.ApiServer.Timelines;
using OperatorKit.Testing.Simulations.Network;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Rules;
using OperatorKit.Testing.Simulations.Running;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>One simulated cluster with everything in it, and the watch that is kept over the rules.</summary>
internal sealed class World : IDisposable
{
    private static readonly GroupResource Leases = new("coordination.k8s.io", "leases");
    private static readonly GroupResource Events = new("events.k8s.io", "events");
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<IRule> _rules;
    private readonly HashSet<GroupResource> _written = [];
    private readonly List<HandlerCall> _calls = [];

    public World(Subject subject, Plan plan, IReadOnlyList<IRule> rules, bool isTold)
    {
        Subject = subject;
        Plan = plan;
        _rules = rules;
        Loop = new EventLoop(plan.Seed);
        Story = new Story(Loop, isTold);
        ServerActor = new Actor("server", Loop);
        Reviews = new ReviewTransport(this);
        var starting = KubernetesApiServer.StartAsync(new ApiServerOptions
        {
            Listen = false,
            Workloads = subject.Options.Workloads,
            Time = ServerActor.Clock,
            Seed = plan.Seed,
            TimelineLength = 0,
            Scheduler = ServerActor.Scheduler,
            WebhookNetwork = Reviews,
        });
        Server = starting.IsCompletedSuccessfully ? starting.Result : throw new InvalidOperationException("The API server did not start at once.", starting.Exception);
        Cluster = new SimulatedCluster(Store, () => Loop.Elapsed);
        Boot();
        FirstRevision = Server.Revision;
        Store.Observe(OnChange);
        Slots = [.. Enumerable.Range(0, plan.Replicas).Select(index => new ReplicaSlot(this, index))];
    }

    public Subject Subject { get; }

    public Plan Plan { get; }

    public EventLoop Loop { get; }

    public Story Story { get; }

    public KubernetesApiServer Server { get; }

    public Actor ServerActor { get; }

    public SimulatedCluster Cluster { get; }

    /// <summary>The way from the server to the operator's webhooks.</summary>
    public ReviewTransport Reviews { get; }

    public IReadOnlyList<ReplicaSlot> Slots { get; } = [];

    public IReadOnlyList<HandledKind> Kinds => Subject.Kinds;

    /// <summary>Every call of a handler so far.</summary>
    public IReadOnlyList<HandlerCall> Calls => _calls;

    public bool ElectsLeader => Plan.Replicas > Subject.Options.Shards;

    /// <summary>The revision of the cluster before anything happened in it.</summary>
    public long FirstRevision { get; }

    /// <summary>Whether each shard has a leader that lives.</summary>
    public bool IsLed => !ElectsLeader || Slots.All(slot => LeaseHolder(slot.Shard) is { } holder && Slots.Any(other => other.Current?.Name == holder));

    /// <summary>The resources that replicas have written to.</summary>
    public IEnumerable<GroupResource> WrittenResources => _written;

    /// <summary>
    /// When anything but Events changed last, of leases only who holds them; when the last watch event that was held up arrives; when the
    /// last request failed that a replica will send again; when the last process started.
    /// </summary>
    public TimeSpan LastChange { get; private set; }

    /// <summary>When a handler returned last.</summary>
    public TimeSpan LastReturn { get; private set; }

    /// <summary>Whether a handler is still out for an object for which its process has called it again since.</summary>
    public bool HasLeftBehind => _calls.Where(static call => call.IsOn).GroupBy(static call => (call.Actor, call.Controller, call.Object)).Any(static calls => calls.Count() > 1);

    /// <summary>How many writes replicas have sent, leases and Events left out.</summary>
    public int Writes { get; private set; }

    /// <summary>The last of them.</summary>
    public string LastWrite { get; private set; } = "";

    /// <summary>The rule that was broken, and how; null while all is well.</summary>
    public (string Rule, string How)? Broken { get; private set; }

    /// <summary>What of the plan's faults came to pass.</summary>
    public HashSet<PlannedFault> Happened { get; } = [];

    private Store Store => Server.Cluster.Operations.Store;

    /// <summary>Ends the processes in it. What they measure would keep all of it in memory.</summary>
    public void Dispose()
    {
        foreach (var slot in Slots)
            slot.Current?.Dispose();
    }

    /// <summary>Who holds the lease of a shard by the server's state; null before there is one.</summary>
    public string? LeaseHolder(Shard? shard) =>
        Store.Find(Leases, "default", shard is null ? Replica.OperatorName : $"{Replica.OperatorName}-{shard.Index}")?.Value.StringAt("spec", "holderIdentity");

    public HandledKind? KindOf(GroupResource resource) => Kinds.FirstOrDefault(kind => kind.Resource == resource);

    public IEnumerable<StoredObject> Objects(GroupResource resource) => Store.Read(resource).Objects.In(null);

    /// <summary>Notes that a rule is broken; the run ends.</summary>
    public void Break(string rule, string how)
    {
        if (Broken is not null)
            return;
        Broken = (rule, how);
        Story.Add("", $"BROKEN: {rule}: {how}");
    }

    /// <summary>Notes that at some time something comes that the operator may have to deal with.</summary>
    public void Expect(TimeSpan at) => LastChange = at > LastChange ? at : LastChange;

    public void Happens(PlannedFault fault)
    {
        Happened.Add(fault);
        Story.Add("", $"FAULT: {fault}");
    }

    /// <summary>Configures the operator's admission webhooks, as its manifests do.</summary>
    public void InstallWebhooks()
    {
        foreach (var configuration in Subject.WebhookConfigurations)
        {
            var (status, answer) = Ask("POST", $"/apis/admissionregistration.k8s.io/v1/{configuration.StringAt("kind")!.ToLowerInvariant()}s", configuration);
            if (status != 201)
                throw new InvalidOperationException($"The {configuration.StringAt("kind")} was refused: {answer.StringAt("message")}");
        }
    }

    /// <summary>A request of somebody who is not part of the operator, about what no webhook has a say in: it is answered at once.</summary>
    public (int Status, JsonObject Body) Ask(string method, string path, JsonObject? body = null, string contentType = "application/json") =>
        AskAsync(method, path, body, contentType) is { IsCompletedSuccessfully: true } answered
            ? answered.Result
            : throw new InvalidOperationException($"The server did not answer {method} {path} at once.");

    /// <summary>A request of somebody who is not part of the operator. It is answered at once where no webhook is asked.</summary>
    public Task<(int Status, JsonObject Body)> AskAsync(string method, string path, JsonObject? body = null, string contentType = "application/json")
    {
        var headers = new List<KeyValuePair<string, string>> { new("Accept", "application/json"), new("User-Agent", "somebody") };
        if (body is not null)
            headers.Add(new("Content-Type", contentType));
        var call = ServerCall.Begin(
            Server.Cluster.Pipeline.HandleAsync, new WireRequest(method, new Uri(Server.Address, path), headers, body is null ? [] : JsonText.ToUtf8(body)));
        var answered = new TaskCompletionSource<(int Status, JsonObject Body)>();
        call.Progress = () =>
        {
            if (call.IsOver)
                answered.TrySetResult((call.Status, JsonParser.Parse(call.TakeBytes()).Value as JsonObject ?? JsonObject.Empty));
        };
        call.Progress();
        return answered.Task;
    }

    public void Sent(Replica replica, WireRequest request)
    {
        Check(rule => rule.Sent(this, replica, request));
        if (!request.IsWrite || request.IsLease || request.IsEvent)
            return;
        Writes++;
        LastWrite = $"{request.Method} {request.Path}";
    }

    /// <summary>A replica has written: the resource belongs to what is compared.</summary>
    public void Wrote(WireRequest request)
    {
        if (ResourceOf(request.Path) is { } resource && resource != Leases && resource != Events)
            _written.Add(resource);
    }

    public Action<Exception?> Called(Actor actor, string controller, CustomResource resource, HandlerMethods method)
    {
        var call = new HandlerCall(actor, controller, resource, method);
        _calls.Add(call);
        Story.Add(actor.Name, $"{controller} {method} {call.Object}, generation {call.Generation}");
        Check(rule => rule.Called(this, call));
        return exception =>
        {
            Loop.RequireThread();
            LastReturn = Loop.Elapsed;
            call.End(exception);
            Story.Add(actor.Name, $"{controller} {method} {call.Object} {(exception is null ? "done" : $"fails: {exception.GetType().Name}: {exception.Message}")}");
        };
    }

    /// <summary>Looks at the rules of the end.</summary>
    public void CheckAtRest() => Check(rule => rule.AtRest(this));

    private void Boot()
    {
        foreach (var definition in Subject.Definitions)
        {
            var (status, answer) = Ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
            if (status != 201)
                throw new InvalidOperationException($"The definition of {definition.StringAt("metadata", "name")} was refused: {answer.StringAt("message")}");
        }

        var registry = Server.Cluster.Operations.Registry;
        Loop.RunUntil(LongestBoot, () => Kinds.All(kind => registry.Current.Find(kind.Resource) is not null));
        foreach (var given in Subject.Options.GivenObjects)
        {
            var path = registry.Current.FindKind(Group(given), given.StringAt("kind")!) is { } type
                ? $"/{(Group(given).Length == 0 ? "api" : "apis")}/{given.StringAt("apiVersion")}/{(type.Namespaced ? $"namespaces/{given.StringAt("metadata", "namespace") ?? "default"}/" : "")}{type.Resource.Resource}"
                : throw new InvalidOperationException($"The cluster does not serve {given.StringAt("kind")} in {given.StringAt("apiVersion")}. Install its definition with {nameof(SimulationOptions)}.{nameof(SimulationOptions.Install)}.");
            var (status, answer) = Ask("POST", path, given);
            if (status != 201)
                throw new InvalidOperationException($"The given {given.StringAt("kind")} {given.StringAt("metadata", "name")} was refused: {answer.StringAt("message")}");
        }
    }

    private void OnChange(GroupResource resource, StoreEvent change)
    {
        if (resource == Leases && change.Object.Value.StringAt("spec", "holderIdentity") is var holder && holder != change.Previous?.Value.StringAt("spec", "holderIdentity"))
        {
            Expect(Loop.Elapsed);
            Story.Add("server", $"the lease {change.Object.Name} is {(holder is { Length: > 0 } ? $"{holder}'s" : "nobody's")}");
        }

        if (resource == Leases || resource == Events)
            return;
        Expect(Loop.Elapsed);
        // Of what other controllers do, such as pods of a ReplicaSet, there is too much to read.
        if (Story.IsTold && (_written.Contains(resource) || KindOf(resource) is not null || change.Type == StoreEventType.Added))
            Story.Add(Loop.Running?.Name == ServerActor.Name ? "server" : Loop.Running?.Name ?? "", new ObjectEntry(Loop.UtcNow, resource, change).Text);
        Check(rule => rule.Changed(this, resource, change));
    }

    private void Check(Func<IRule, string?> look)
    {
        foreach (var rule in _rules)
        {
            if (Broken is null && look(rule) is { } how)
                Break(rule.Text, how);
        }
    }

    private static string Group(JsonObject value) => value.StringAt("apiVersion") is { } version && version.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? version[..slash] : "";

    private static GroupResource? ResourceOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts is ["api", _, .. var core] ? ("", core) : parts is ["apis", var name, _, .. var grouped] ? (name, grouped) : ("", []);
        return rest switch
        {
            ["namespaces", _, var resource, ..] => new GroupResource(group, resource),
            [var resource, ..] => new GroupResource(group, resource),
            _ => null,
        };
    }
}
