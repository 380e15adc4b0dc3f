using System.Net;

namespace OperatorKit.ApiServer;

/// <summary>How an <see cref="KubernetesApiServer"/> is to run. The defaults suit a test.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The address to listen on. Default: the IPv4 loopback; nothing outside this machine can connect.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on. Default: 0, a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether to listen at all. Default: true. Without a socket the server is reached by <see cref="KubernetesApiServer.CreateHandler"/> alone.</summary>
    public bool Listen { get; init; } = true;

    /// <summary>
    /// Whether to speak HTTPS, with a certificate made for this process. Default: false.
    /// kubectl and client-go send credentials over HTTPS only, so users and RBAC need it.
    /// </summary>
    public bool Https { get; init; }

    /// <summary>
    /// A CSV file of bearer tokens, <c>token,user,uid,"group1,group2"</c> a line, as of kube-apiserver's --token-auth-file.
    /// With it, requests are authenticated and RBAC decides; without it and <see cref="ClientCaFile"/> (the default) everybody is a cluster administrator.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>
    /// A PEM file of authorities, as of kube-apiserver's --client-ca-file: a client whose certificate one of them issued is the user of
    /// its common name, in the groups of its organizations. Needs <see cref="Https"/>; a client without a certificate may still come with a token.
    /// With it, requests are authenticated and RBAC decides. Default: null, no client is asked for a certificate.
    /// </summary>
    public string? ClientCaFile { get; init; }

    /// <summary>Whether simulated workloads run: Deployments get ReplicaSets, ReplicaSets get pods, pods become ready. Default: false.</summary>
    public bool Workloads { get; init; }

    /// <summary>The clock of timestamps, timeouts and controllers. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes uids and generated names the same in every run. Default: null, random ones.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Whether requests and the server's own controllers take turns: a request begins when the controllers have done what came before it,
    /// and they begin when it is answered. A client that sends one request after the other then brings about the same in every run.
    /// Watches take no turn. Default: false, they run side by side.
    /// </summary>
    public bool TakeTurns { get; init; }

    /// <summary>The version to claim at <c>/version</c>. Default: v1.36.2.</summary>
    public string GitVersion { get; init; } = "v1.36.2";

    /// <summary>How many events a resource remembers for watches that resume. Default: 4096.</summary>
    public int HistoryLength { get; init; } = 4096;

    /// <summary>How often a watch that allows bookmarks gets one. Default: one minute.</summary>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests and object versions <see cref="KubernetesApiServer.Timeline"/> keeps. Default: 2000; 0 keeps none.</summary>
    public int TimelineLength { get; init; } = 2000;

    /// <summary>
    /// Given namespace, name and port of a Service that a webhook configuration names: where it can be reached from this process.
    /// Default: null; there is no cluster network, so webhooks need a <c>url</c> or this.
    /// </summary>
    public Func<string, string, int, Uri?>? ResolveService { get; init; }

    /// <summary>How the workloads behave that <see cref="Workloads"/> switches on. Default: pods become ready at once.</summary>
    public WorkloadOptions Simulation { get; init; } = new();

    /// <summary>Whether objects whose owners are gone are collected, and foreground and orphan deletions finished. Default: true.</summary>
    public bool GarbageCollection { get; init; } = true;

    /// <summary>Whether namespaces get their default objects and are emptied when they are deleted. Default: true.</summary>
    public bool NamespaceControllers { get; init; } = true;

    /// <summary>Where the server's controllers and streams run. Default: the thread pool; a simulation gives its own.</summary>
    internal TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>How webhooks are reached. Default: null, over TLS; a simulation gives its own network.</summary>
    internal HttpMessageHandler? WebhookNetwork { get; init; }
}
