using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>
/// PUT of <c>/finalize</c>: sets <c>spec.finalizers</c>, the only way to do so. A terminating namespace without any is gone with it.
/// </summary>
internal static class NamespaceFinalize
{
    public static PartialWrite Write { get; } = new(
        static (changed, live) => live.With("spec", changed["spec"] ?? JsonObject.Empty),
        static (merged, live) => Errors(merged, static i => string.Create(CultureInfo.InvariantCulture, $"spec.finalizers[{i}]")))
    {
        Metadata = StatusMetadataRule.All,
    };

    /// <param name="path">Where the finalizer of an index is said to stand.</param>
    public static IEnumerable<FieldError> Errors(JsonObject ns, Func<int, string> path) => (ns.ArrayAt("spec", "finalizers") ?? JsonArray.Empty)
        .Select(static (finalizer, i) => (Name: (finalizer as JsonString)?.Value ?? "", Index: i))
        .SelectMany(finalizer => MetadataValidation.FinalizerProblems(finalizer.Name).Select(problem => FieldError.Invalid(path(finalizer.Index), finalizer.Name, problem)));
}
