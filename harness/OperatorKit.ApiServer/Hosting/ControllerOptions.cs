using OperatorKit.ApiServer.Authentication;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Which of the server's own controllers run.</summary>
internal sealed record ControllerOptions
{
    /// <summary>Whether objects without owners are collected and foreground and orphan deletions finished.</summary>
    public bool GarbageCollection { get; init; } = true;

    /// <summary>Whether namespaces are filled with their default objects and emptied when they are deleted.</summary>
    public bool Namespaces { get; init; } = true;

    /// <summary>Simulated workloads; null switches them off.</summary>
    public WorkloadOptions? Workloads { get; init; }

    /// <summary>The certificate that each namespace publishes as <c>kube-root-ca.crt</c>, in PEM; may be empty.</summary>
    public string RootCertificate { get; init; } = "";

    /// <summary>The bearer tokens that are known; null where there are none.</summary>
    public TokenFile? Tokens { get; init; }

    /// <summary>Who may come with a client certificate; null where nobody may. With neither tokens nor this everybody is a cluster administrator.</summary>
    public ClientCertificates? Certificates { get; init; }

    /// <summary>Given namespace, name and port: where a Service that a webhook names can be reached from here; null where that is not known.</summary>
    public Func<string, string, int, Uri?>? ResolveService { get; init; }

    /// <summary>How webhooks are reached; null for TLS.</summary>
    public HttpMessageHandler? WebhookNetwork { get; init; }

    /// <summary>Where they run.</summary>
    public Loops Loops { get; init; } = new(TaskScheduler.Default);

    /// <summary>Whose turn it is, where requests and controllers take turns; null where they run side by side.</summary>
    public Turns? Turns { get; init; }
}
