using OperatorKit.ApiServer.AdmissionPolicies;
using OperatorKit.ApiServer.Authentication;
using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Events;
using OperatorKit.ApiServer.GarbageCollection;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Namespaces;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Quotas;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Requests;
using OperatorKit.ApiServer.Scheduling;
using OperatorKit.ApiServer.ServiceAccounts;
using OperatorKit.ApiServer.Storage;
using OperatorKit.ApiServer.Webhooks;
using OperatorKit.ApiServer.Workloads;
using OperatorKit.ApiServer.Workloads.Deployments;
using OperatorKit.ApiServer.Workloads.Jobs;
using OperatorKit.ApiServer.Workloads.Services;
using OperatorKit.ApiServer.Workloads.Storage;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// What kube-controller-manager and kubelet are to a cluster: installs the admission and the subresources that go with the
/// controllers, and runs them from <see cref="Start"/> until it is disposed.
/// </summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly ControllerLoop _loop;
    private readonly ApiOperations _operations;
    private readonly ServiceAccountTokens _tokens;
    private readonly WebhookClient _webhooks;

    /// <summary>Before the first write to the store, so that nothing is missed.</summary>
    public ControlPlane(ApiOperations operations, PendingWork pending, IdentifierSource identifiers, ControllerOptions options)
    {
        _operations = operations;
        _tokens = new ServiceAccountTokens(operations.Store, identifiers, operations.Clock);
        _webhooks = new WebhookClient(options.ResolveService, options.WebhookNetwork, operations.Clock);
        operations.Conversion = new ConversionWebhook(_webhooks, identifiers);
        var authorizer = new RbacAuthorizer(operations.Store);
        var authenticator = new Authenticator(options.Tokens, _tokens, options.Certificates);
        Access = new GuardedAccess(authenticator, authorizer);
        new AccessReviews(authorizer).Install(operations);
        new IdentityReviews(authenticator, _tokens, operations.Store, operations.Clock).Install(operations);
        operations.Admission.Insert(0, new NamespaceLifecycle(operations.Store));
        operations.Admission.Add(new LimitRanges(operations.Store));
        operations.Admission.Add(new ServiceAccountAdmission(operations.Store, identifiers));
        operations.Admission.Add(new PodPriority(operations.Store));
        operations.Admission.Add(new VolumeExpansion(operations.Store));
        operations.Admission.Add(new EscalationCheck(authorizer));
        operations.Admission.Add(new MutatingPolicies(operations, authorizer));
        operations.Admission.Add(new ValidatingPolicies(operations, authorizer));
        operations.Admission.Add(new AdmissionWebhooks(operations, authorizer, identifiers, _webhooks));
        operations.Admission.Add(new QuotaAdmission(operations));
        operations.Admission.Add(new CertificateRequester(operations.Clock));
        operations.Handle(WellKnown.Pods, "eviction", new PodEviction(operations).HandleAsync);
        var binding = new PodBinding(operations.Store, operations.Clock);
        operations.Handle(WellKnown.Pods, "binding", binding.HandleAsync);
        operations.Handle(WellKnown.Bindings, null, binding.HandleAsync);
        _loop = new ControllerLoop([.. Controllers(options)], new OperationsCarrier(operations).CarryAsync, pending, operations.Clock, options.Loops, options.Turns);
        operations.Store.Observe((resource, change) => _loop.Observe(Read(resource, change)));
        new Bootstrap(operations.Store, identifiers, operations.Clock).Fill(options);
    }

    /// <summary>Who may do what: for the request pipeline.</summary>
    public Access Access { get; }

    public void Start() => _loop.Start();

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        _tokens.Dispose();
        _webhooks.Dispose();
    }

    private IEnumerable<IController> Controllers(ControllerOptions options)
    {
        yield return new DefinitionController(resource => _operations.Registry.Current.Find(resource)?.Origin);
        yield return new RoleAggregation();
        yield return new EventExpiry();
        if (options.Namespaces)
        {
            yield return new NamespaceContents(options.RootCertificate);
            yield return new NamespaceController();
        }

        if (options.GarbageCollection)
            yield return new GarbageCollector(FindKind);
        foreach (var controller in options.Workloads is { } workloads ? Simulation(workloads) : [])
            yield return controller;
    }

    private static IEnumerable<IController> Simulation(WorkloadOptions options)
    {
        var scripts = options.Scripts.Select(static script => new ScriptedStatusController(script)).ToList();
        (GroupResource Resource, IController Controller)[] simulated =
        [
            (WellKnown.Deployments, new DeploymentController()),
            (WellKnown.ReplicaSets, new ReplicaSetController("replicaset-controller", WellKnown.ReplicaSets, "apps/v1", "ReplicaSet")),
            (WellKnown.ReplicationControllers, new ReplicaSetController("replication-controller", WellKnown.ReplicationControllers, "v1", "ReplicationController")),
            (WellKnown.StatefulSets, new StatefulSetController()),
            (WellKnown.DaemonSets, new DaemonSetController()),
            (WellKnown.CronJobs, new CronJobController()),
            (WellKnown.Jobs, new JobController()),
            (WellKnown.Pods, new PodController(options)),
            (WellKnown.Services, new EndpointController()),
            (WellKnown.PersistentVolumeClaims, new VolumeBinder()),
            (WellKnown.PersistentVolumes, new StorageProtection()),
            (WellKnown.DisruptionBudgets, new DisruptionController()),
            (WellKnown.ResourceQuotas, new QuotaController()),
        ];
        return [.. simulated.Where(entry => !scripts.Exists(script => script.Resource == entry.Resource)).Select(static entry => entry.Controller), .. scripts];
    }

    private ResolvedKind? FindKind(string apiVersion, string kind)
    {
        var type = _operations.Registry.Current.FindKind(GroupVersion.Parse(apiVersion).Group, kind);
        return type is null ? null : new ResolvedKind(type.Storage, type.Namespaced);
    }

    private static ObjectChange Read(GroupResource resource, StoreEvent change)
    {
        JsonObject? after = change.Type == StoreEventType.Deleted ? null : change.Object.Value;
        return new ObjectChange(new ObjectKey(resource, change.Object.Namespace ?? "", change.Object.Name), change.Previous?.Value, after);
    }
}
