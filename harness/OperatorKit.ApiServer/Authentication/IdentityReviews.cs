using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>Answers the kinds of authentication.k8s.io: who am I, whose is this token, and give me one for a service account.</summary>
internal sealed class IdentityReviews(Authenticator authenticator, ServiceAccountTokens tokens, Store store, TimeProvider clock)
{
    private const string Group = "authentication.k8s.io";
    private const long ShortestLife = 600;
    private const long LongestLife = 1L << 32;

    public void Install(ApiOperations operations)
    {
        operations.Handle(new(Group, "selfsubjectreviews"), null, (_, _, body, request, _) => Answer(ReviewSelf(body!.Value, request.User)));
        operations.Handle(new(Group, "tokenreviews"), null, (_, _, body, _, _) => Answer(ReviewToken(body!.Value)));
        operations.Handle(WellKnown.ServiceAccounts, "token", (target, _, body, request, _) => Answer(IssueToken(target, body!.Value, request)));
    }

    private static Task<WriteResult> Answer(JsonObject review) => Task.FromResult(new WriteResult(review, Created: true));

    private JsonObject ReviewSelf(JsonObject review, UserInfo user) => review
        .WithAt(["metadata", "creationTimestamp"], KubernetesTime.Format(clock.GetUtcNow()))
        .With("status", JsonObject.Of(("userInfo", user.ToJson())));

    private JsonObject ReviewToken(JsonObject review)
    {
        var token = review.StringAt("spec", "token") ?? "";
        if (token.Length == 0)
            throw Failures.BadRequest("token is required for TokenReview in authentication");
        var wanted = Texts(review.ArrayAt("spec", "audiences"));
        var status = authenticator.FindToken(token, wanted.Count == 0 ? [ServiceAccountTokens.Issuer] : wanted) is var (user, audiences)
            ? JsonObject.Of(("authenticated", true), ("user", user.ToJson()), ("audiences", JsonArray.Of(audiences.Select(JsonValue.From))))
            : JsonObject.Of(("user", JsonObject.Empty), ("error", "invalid bearer token"));
        return (review["metadata"] is JsonObject ? review : review.With("metadata", JsonObject.Empty)).With("status", status);
    }

    private JsonObject IssueToken(ResourceTarget target, JsonObject body, RequestContext request)
    {
        if (body.StringAt("metadata", "namespace") is { Length: > 0 } ns && ns != target.Namespace)
            throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (body.StringAt("metadata", "name") is { Length: > 0 } name && name != target.Name)
            throw Failures.Invalid(Group, "TokenRequest", target.Name!, FieldError.Invalid("metadata.name", name, "must match the service account name if specified"));
        var account = store.Find(WellKnown.ServiceAccounts, target.Namespace, target.Name!)?.Value ?? throw Failures.NotFound(WellKnown.ServiceAccounts, target.Name!);
        if (body.StringAt("metadata", "uid") is { Length: > 0 } uid && uid != account.Uid)
            throw Failures.Conflict(new(Group, "TokenRequest"), target.Name!, $"the UID in the token request ({uid}) does not match the UID of the service account ({account.Uid})");
        var seconds = body.LongAt("spec", "expirationSeconds") ?? 3600;
        if (seconds is < ShortestLife or > LongestLife)
        {
            var limit = seconds < ShortestLife ? "may not specify a duration less than 10 minutes" : "may not specify a duration larger than 2^32 seconds";
            throw Failures.Invalid(Group, "TokenRequest", "", FieldError.Invalid("spec.expirationSeconds", seconds, limit));
        }

        var audiences = Texts(body.ArrayAt("spec", "audiences"));
        if (audiences.Count == 0)
            audiences = [ServiceAccountTokens.Issuer];
        var now = clock.GetUtcNow();
        var expires = now.AddSeconds(seconds);
        var claims = body.ObjectAt("spec", "boundObjectRef") is { } bound ? BoundObject.Claims(store, account, bound) : JsonObject.Empty;
        var tracked = FieldOwnership.Track(target, null, MetadataPreparation.Wipe(body).WithAt(["spec", "expirationSeconds"], seconds), request, clock);
        return tracked
            .ChangeOrAdd("metadata", metadata => metadata.With("name", account.Name).With("namespace", account.Namespace).With("uid", account.Uid).With("creationTimestamp", KubernetesTime.Format(now)))
            .ChangeOrAdd("spec", spec => spec.With("audiences", JsonArray.Of(audiences.Select(JsonValue.From))))
            .With("status", JsonObject.Of(
                ("token", tokens.Issue(account, audiences, expires, claims)),
                ("expirationTimestamp", KubernetesTime.Format(expires))));
    }

    private static List<string> Texts(JsonArray? items) => [.. (items ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value)];
}
