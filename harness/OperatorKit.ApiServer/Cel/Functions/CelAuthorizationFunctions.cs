using OperatorKit.ApiServer.Authentication;
using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Questions to the authorizer. See https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library.</summary>
internal static class CelAuthorizationFunctions
{
    private const string Check = CelAuthorizationCheck.Resource;
    private const string Decision = CelDecision.Type;

    public static IEnumerable<CelFunction> Functions =>
    [
        Member("path", $"{CelAuthorizationCheck.Authorizer}, string -> {CelAuthorizationCheck.Path}", static a => To(a, CelAuthorizationCheck.Path, static (request, path) => request with { Path = Filled(path, "path") })),
        Member("group", $"{CelAuthorizationCheck.Authorizer}, string -> {CelAuthorizationCheck.Group}", static a => To(a, CelAuthorizationCheck.Group, static (request, group) => request with { Group = group })),
        Member("serviceAccount", $"{CelAuthorizationCheck.Authorizer}, string, string -> {CelAuthorizationCheck.Authorizer}", static a => ServiceAccount((CelAuthorizationCheck)a[0], (string)a[1], (string)a[2])),
        Member("resource", $"{CelAuthorizationCheck.Group}, string -> {Check}", static a => To(a, Check, static (request, resource) => request with { Resource = Filled(resource, "resource") })),
        Member("subresource", $"{Check}, string -> {Check}", static a => To(a, Check, static (request, subresource) => request with { Subresource = subresource })),
        Member("namespace", $"{Check}, string -> {Check}", static a => To(a, Check, static (request, ns) => request with { Namespace = ns })),
        Member("name", $"{Check}, string -> {Check}", static a => To(a, Check, static (request, name) => request with { Name = name })),
        // Roles know no selectors: what is allowed for some objects is allowed for all, and whether a selector can be read makes no difference.
        Member("fieldSelector", $"{Check}, string -> {Check}", static a => a[0]),
        Member("labelSelector", $"{Check}, string -> {Check}", static a => a[0]),
        Member("check", $"{CelAuthorizationCheck.Path}, string -> {Decision}", static a => ((CelAuthorizationCheck)a[0]).Decide((string)a[1])),
        Member("check", $"{Check}, string -> {Decision}", static a => ((CelAuthorizationCheck)a[0]).Decide((string)a[1])),
        Member("allowed", $"{Decision} -> bool", static a => ((CelDecision)a[0]).Verdict.Allowed),
        Member("reason", $"{Decision} -> string", static a => ((CelDecision)a[0]).Verdict.Reason),
        // Roles give an answer to every question.
        Member("errored", $"{Decision} -> bool", static _ => false),
        Member("error", $"{Decision} -> string", static _ => ""),
    ];

    private static CelAuthorizationCheck To(object[] operands, string type, Func<RequestAttributes, string, RequestAttributes> change)
    {
        var check = (CelAuthorizationCheck)operands[0];
        return check with { TypeName = type, Request = change(check.Request, (string)operands[1]) };
    }

    private static CelAuthorizationCheck ServiceAccount(CelAuthorizationCheck authorizer, string ns, string name)
    {
        if (NameFormat.Subdomain(name).Any())
            throw new CelException("Invalid service account name");
        if (NameFormat.Label(ns).Any())
            throw new CelException("Invalid service account namespace");
        var user = new UserInfo($"system:serviceaccount:{ns}:{name}", ServiceAccountTokens.Groups(ns));
        return authorizer with { Request = new RequestAttributes(user, "") };
    }

    private static string Filled(string text, string what) => string.IsNullOrWhiteSpace(text) ? throw new CelException($"{what} must not be empty") : text;
}

/// <summary>A question to the authorizer, as far as it has been put.</summary>
/// <param name="TypeName">Which functions are next: one of the constants.</param>
internal sealed record CelAuthorizationCheck(string TypeName, RbacAuthorizer Rules, RequestAttributes Request) : ICelOpaque
{
    public const string Authorizer = "kubernetes.authorization.Authorizer";
    public const string Path = "kubernetes.authorization.PathCheck";
    public const string Group = "kubernetes.authorization.GroupCheck";
    public const string Resource = "kubernetes.authorization.ResourceCheck";

    public CelDecision Decide(string verb) => new(Rules.Authorize(Request with { Verb = verb }));
}

/// <summary>The answer of the authorizer.</summary>
internal sealed record CelDecision(Verdict Verdict) : ICelOpaque
{
    public const string Type = "kubernetes.authorization.Decision";

    public string TypeName => Type;
}
