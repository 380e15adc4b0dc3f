using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Requests;

/// <summary>The kinds that kube-apiserver's scheme knows, to say what is wrong with a body of another kind.</summary>
internal sealed class BuiltInKinds(ResourceRegistry registry)
{
    private const string Scheme = "pkg/api/legacyscheme/scheme.go:30";

    // Versions that are no longer served but still in the scheme.
    private static readonly string[] Retired =
    [
        "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1", "batch/v1beta1", "policy/v1beta1", "networking.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1beta1",
        "storage.k8s.io/v1beta1", "autoscaling/v1", "autoscaling/v2", "admissionregistration.k8s.io/v1beta1", "scheduling.k8s.io/v1beta1", "coordination.k8s.io/v1beta1",
        "discovery.k8s.io/v1beta1", "certificates.k8s.io/v1beta1", "events.k8s.io/v1beta1", "node.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta3",
        "apiextensions.k8s.io/v1beta1",
    ];

    /// <exception cref="StatusException">The body is of another kind or version than the URL.</exception>
    public void Require(string givenVersion, string givenKind, string wantedVersion, string wantedKind)
    {
        if (givenVersion == wantedVersion && givenKind == wantedKind)
            return;
        if (givenKind == wantedKind && Retired.Contains(givenVersion))
            throw BodyReader.OtherVersion(givenVersion, wantedVersion);
        var prefix = $"{givenKind} in version \"{Short(givenVersion)}\" cannot be handled as a {wantedKind}: ";
        if (!IsKnown(givenVersion, givenKind))
            throw Failures.BadRequest($"{prefix}no kind \"{givenKind}\" is registered for version \"{givenVersion}\" in scheme \"{Scheme}\"");
        if (givenKind == wantedKind)
            throw BodyReader.OtherVersion(givenVersion, wantedVersion);
        throw Failures.BadRequest($"{prefix}converting ({Short(givenVersion)}.{givenKind}) to ({Package(wantedVersion)}.{wantedKind}): unknown conversion");
    }

    private bool IsKnown(string apiVersion, string kind) =>
        registry.Current.Types.Any(type => !type.IsCustom && (type.Kind == kind || type.Kind + "List" == kind) && type.Versions.Any(version => type.ApiVersion(version) == apiVersion));

    private static string Short(string apiVersion) => apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Package(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? "core" : apiVersion[..slash].Split('.')[0];
}
