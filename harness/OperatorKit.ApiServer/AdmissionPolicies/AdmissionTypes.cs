using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>The variables of admission expressions. See https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression.</summary>
internal static class AdmissionTypes
{
    private static readonly CelType Texts = CelType.List(CelType.String);
    private static readonly CelType TextMap = CelType.Map(CelType.String, CelType.String);
    private static readonly CelType Kind = Message("GroupVersionKind", ("group", CelType.String), ("version", CelType.String), ("kind", CelType.String));
    private static readonly CelType Resource = Message("GroupVersionResource", ("group", CelType.String), ("version", CelType.String), ("resource", CelType.String));

    private static readonly CelType User = Message(
        "UserInfo",
        ("username", CelType.String),
        ("uid", CelType.String),
        ("groups", Texts),
        ("extra", CelType.Map(CelType.String, Texts)));

    private static readonly CelType Review = Message(
        "AdmissionRequest",
        ("kind", Kind),
        ("resource", Resource),
        ("subResource", CelType.String),
        ("requestKind", Kind),
        ("requestResource", Resource),
        ("requestSubResource", CelType.String),
        ("name", CelType.String),
        ("namespace", CelType.String),
        ("operation", CelType.String),
        ("userInfo", User),
        ("dryRun", CelType.Bool),
        ("options", CelType.Dyn));

    private static readonly CelType NamespaceCondition = Message(
        "NamespaceCondition",
        ("status", CelType.String),
        ("type", CelType.String),
        ("lastTransitionTime", CelType.Timestamp),
        ("message", CelType.String),
        ("reason", CelType.String));

    private static readonly CelType NamespaceMetadata = Message(
        "NamespaceMetadata",
        ("name", CelType.String),
        ("generateName", CelType.String),
        ("namespace", CelType.String),
        ("labels", TextMap),
        ("annotations", TextMap),
        ("UID", CelType.String),
        ("creationTimestamp", CelType.Timestamp),
        ("deletionGracePeriodSeconds", CelType.Int),
        ("deletionTimestamp", CelType.Timestamp),
        ("generation", CelType.Int),
        ("resourceVersion", CelType.String),
        ("finalizers", Texts));

    private static readonly CelType Namespace = Message(
        "Namespace",
        ("metadata", NamespaceMetadata),
        ("spec", Message("NamespaceSpec", ("finalizers", Texts))),
        ("status", Message("NamespaceStatus", ("conditions", CelType.List(NamespaceCondition)), ("phase", CelType.String))));

    /// <summary>What every admission expression sees. Objects are not typed: a policy may be for several kinds.</summary>
    public static ImmutableDictionary<string, CelType> Request { get; } = ImmutableDictionary<string, CelType>.Empty
        .Add("object", CelType.Dyn)
        .Add("oldObject", CelType.Dyn)
        .Add("namespaceObject", Namespace)
        .Add("request", Review);

    /// <summary>What those see that may ask who may do what.</summary>
    public static ImmutableDictionary<string, CelType> Authorizer { get; } = ImmutableDictionary<string, CelType>.Empty
        .Add("authorizer", CelType.Opaque(CelAuthorizationCheck.Authorizer))
        .Add("authorizer.requestResource", CelType.Opaque(CelAuthorizationCheck.Resource));

    /// <summary>The type of <c>variables</c>: the named expressions of a policy.</summary>
    public static CelType Variables(ImmutableDictionary<string, CelType> variables) => CelType.Message("kubernetes.variables", variables);

    /// <summary>The type that a variable has for expressions after it: only what JSON has, too, keeps its own.</summary>
    public static CelType OfVariable(CelType type) => type.Kind switch
    {
        CelTypeKind.List => CelType.List(OfVariable(type.Parameters[0])),
        CelTypeKind.Map => CelType.Map(OfVariable(type.Parameters[0]), OfVariable(type.Parameters[1])),
        CelTypeKind.Object or CelTypeKind.Message or CelTypeKind.Opaque or CelTypeKind.Type => CelType.Dyn,
        _ => type,
    };

    private static CelType Message(string name, params (string Name, CelType Type)[] fields) =>
        CelType.Message($"kubernetes.{name}", fields.ToImmutableDictionary(static field => field.Name, static field => field.Type, StringComparer.Ordinal));
}
