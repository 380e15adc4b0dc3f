using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of pods and of the pod templates inside workloads.</summary>
internal static class PodDefaults
{
    public static JsonObject Pod(JsonObject pod) => Spec(pod, static spec =>
        spec.OrDefault("enableServiceLinks", true).ChangeEach("initContainers", RequestsFromLimits).ChangeEach("containers", RequestsFromLimits))
        .Change("status", Addresses);

    /// <summary>The one address of a pod is the first of its addresses; where they differ, the one counts.</summary>
    private static JsonObject Addresses(JsonObject status)
    {
        var (address, first) = (status.StringAt("podIP") ?? "", status.Objects("podIPs").FirstOrDefault()?.StringAt("ip") ?? "");
        if (address == first)
            return status;
        return address.Length == 0 ? status.With("podIP", first) : status.With("podIPs", JsonArray.Of(JsonObject.Of(("ip", address))));
    }

    /// <summary>The pod template at <c>spec.template</c> of a workload.</summary>
    public static JsonObject Template(JsonObject workloadSpec) => workloadSpec.Change("template", static template => Spec(template, static spec => spec));

    private static JsonObject Spec(JsonObject owner, Func<JsonObject, JsonObject> more) => owner.ChangeOrAdd("spec", spec => more(Spec(spec)));

    private static JsonObject Spec(JsonObject spec)
    {
        var hostNetwork = spec.BoolAt("hostNetwork") == true;
        if (spec.StringAt("serviceAccountName") is { Length: > 0 } account)
            spec = spec.With("serviceAccount", account);
        else if (spec.StringAt("serviceAccount") is { Length: > 0 } deprecated)
            spec = spec.With("serviceAccountName", deprecated);
        return spec
            .OrDefaultText("restartPolicy", "Always")
            .OrDefault("terminationGracePeriodSeconds", 30)
            .OrDefaultText("dnsPolicy", "ClusterFirst")
            .OrDefault("securityContext", JsonObject.Empty)
            .OrDefaultText("schedulerName", "default-scheduler")
            .ChangeEach("volumes", VolumeDefaults.Volume)
            .ChangeEach("initContainers", container => Container(container, hostNetwork))
            .ChangeEach("containers", container => Container(container, hostNetwork))
            .ChangeEach("ephemeralContainers", container => Container(container, hostNetwork));
    }

    private static JsonObject Container(JsonObject container, bool hostNetwork) => container
        .OrDefaultText("imagePullPolicy", PullPolicy(container.StringAt("image")))
        .OrDefaultText("terminationMessagePath", "/dev/termination-log")
        .OrDefaultText("terminationMessagePolicy", "File")
        .ChangeEach("ports", port => Port(port, hostNetwork))
        .ChangeEach("env", static env => env.Change("valueFrom", FieldReference))
        .Change("livenessProbe", Probe)
        .Change("readinessProbe", Probe)
        .Change("startupProbe", Probe)
        .Change("lifecycle", static lifecycle => lifecycle.Change("postStart", Handler).Change("preStop", Handler));

    private static JsonObject Port(JsonObject port, bool hostNetwork)
    {
        port = port.OrDefaultText("protocol", "TCP");
        return hostNetwork && (port.LongAt("hostPort") ?? 0) == 0 && port["containerPort"] is { } number ? port.With("hostPort", number) : port;
    }

    /// <summary>A value source with the API version of its field reference filled in.</summary>
    internal static JsonObject FieldReference(JsonObject source) => source.Change("fieldRef", static reference => reference.OrDefaultText("apiVersion", "v1"));

    private static JsonObject Probe(JsonObject probe) => Handler(probe.OrDefaultNumber("timeoutSeconds", 1).OrDefaultNumber("periodSeconds", 10).OrDefaultNumber("successThreshold", 1).OrDefaultNumber("failureThreshold", 3))
        .Change("grpc", static grpc => grpc.OrDefault("service", ""));

    private static JsonObject Handler(JsonObject handler) =>
        handler.Change("httpGet", static get => get.OrDefaultText("path", "/").OrDefaultText("scheme", "HTTP"));

    private static JsonObject RequestsFromLimits(JsonObject container) => container.Change("resources", static resources =>
    {
        if (resources.ObjectAt("limits") is not { } limits)
            return resources;
        var requests = (resources.ObjectAt("requests") ?? JsonObject.Empty).ToBuilder();
        foreach (var (name, limit) in limits)
        {
            if (!requests.ContainsKey(name))
                requests[name] = limit;
        }

        return requests.Count > 0 ? resources.With("requests", requests.Build()) : resources;
    });

    /// <summary>Always for a moving tag, that is latest or none without a digest.</summary>
    internal static string PullPolicy(string? image)
    {
        if (image is null)
            return "Always";
        if (image.Contains('@', StringComparison.Ordinal))
            return "IfNotPresent";
        var name = image[(image.LastIndexOf('/') + 1)..];
        var colon = name.IndexOf(':');
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }
}
