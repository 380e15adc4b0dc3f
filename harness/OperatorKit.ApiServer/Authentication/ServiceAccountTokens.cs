using System.Collections.Immutable;
using System.Security.Cryptography;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>Issues the tokens of service accounts and tells whose a token is. The key lives as long as the server.</summary>
internal sealed class ServiceAccountTokens(Store store, IdentifierSource identifiers, TimeProvider clock) : IDisposable
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    private readonly Lazy<ECDsa> _key = new(static () => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="bound">What the token says of the object that it is bound to.</param>
    public string Issue(JsonObject account, IReadOnlyList<string> audiences, DateTimeOffset expires, JsonObject bound)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var owner = JsonObject.Of(("name", account.Name), ("uid", account.Uid));
        var kubernetes = JsonObject.Of(("namespace", account.Namespace), ("serviceaccount", owner));
        foreach (var (kind, claim) in bound)
            kubernetes = kubernetes.With(kind, claim);
        var claims = JsonObject.Of(
            ("aud", JsonArray.Of(audiences.Select(JsonValue.From))),
            ("exp", expires.ToUnixTimeSeconds()),
            ("iat", now),
            ("iss", Issuer),
            ("jti", identifiers.Uid()),
            ("kubernetes.io", kubernetes),
            ("nbf", now),
            ("sub", UserName(account.Namespace, account.Name)));
        return JsonWebToken.Sign(claims, _key.Value, "operatorkit");
    }

    /// <summary>The user of a token of ours that is still good for one of the audiences, and those audiences; null otherwise.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? Find(string token, IReadOnlyCollection<string> audiences)
    {
        if (!token.StartsWith("eyJ", StringComparison.Ordinal) || JsonWebToken.Verify(token, _key.Value) is not { } claims)
            return null;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (claims.LongAt("exp") is not { } expires || expires <= now || claims.StringAt("iss") != Issuer)
            return null;
        var matching = (claims.ArrayAt("aud") ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value).Intersect(audiences).ToList();
        if (matching.Count == 0)
            return null;
        var ns = claims.StringAt("kubernetes.io", "namespace") ?? "";
        var name = claims.StringAt("kubernetes.io", "serviceaccount", "name") ?? "";
        var uid = claims.StringAt("kubernetes.io", "serviceaccount", "uid") ?? "";
        if (store.Find(WellKnown.ServiceAccounts, ns, name)?.Uid != uid)
            return null;
        var extra = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add(UserInfo.CredentialId, [$"JTI={claims.StringAt("jti")}"]);
        return (new UserInfo(UserName(ns, name), Groups(ns)) { Uid = uid, Extra = extra }, matching);
    }

    public static ImmutableArray<string> Groups(string @namespace) => ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}"];

    public void Dispose()
    {
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    private static string UserName(string @namespace, string name) => $"system:serviceaccount:{@namespace}:{name}";
}
