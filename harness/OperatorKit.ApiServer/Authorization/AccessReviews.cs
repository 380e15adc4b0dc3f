using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>Answers the kinds of authorization.k8s.io, which ask what somebody may do.</summary>
internal sealed class AccessReviews(RbacAuthorizer authorizer)
{
    private const string Group = "authorization.k8s.io";

    public void Install(ApiOperations operations)
    {
        operations.Handle(new(Group, "selfsubjectaccessreviews"), null, (_, _, body, request, _) => Answer(ReviewSelf(body!.Value, request.User)));
        operations.Handle(new(Group, "subjectaccessreviews"), null, (_, _, body, _, _) => Answer(ReviewSubject(body!.Value)));
        operations.Handle(new(Group, "localsubjectaccessreviews"), null, (target, _, body, _, _) => Answer(ReviewLocal(body!.Value, target.Namespace!)));
        operations.Handle(new(Group, "selfsubjectrulesreviews"), null, (_, _, body, request, _) => Answer(ReviewRules(body!.Value, request.User)));
    }

    private static Task<WriteResult> Answer(JsonObject review) => Task.FromResult(new WriteResult(review, Created: true));

    private JsonObject ReviewSelf(JsonObject review, UserInfo user)
    {
        Require(Problems(review));
        return Reviewed(review, user);
    }

    private JsonObject ReviewSubject(JsonObject review)
    {
        Require([.. Problems(review), .. SubjectProblems(review)]);
        return Reviewed(review, Subject(review));
    }

    private JsonObject ReviewLocal(JsonObject review, string ns)
    {
        List<FieldError> problems = [.. Problems(review), .. SubjectProblems(review)];
        if (review.At("spec", "nonResourceAttributes") is { } path)
            problems.Add(FieldError.Invalid("spec.nonResourceAttributes", path, "disallowed on this kind of request"));
        if (review.ObjectAt("spec", "resourceAttributes") is { } wanted && (wanted.StringAt("namespace") ?? "") != ns)
            problems.Add(FieldError.Invalid("spec.resourceAttributes.namespace", wanted["namespace"] ?? "", "must match metadata.namespace"));
        Require(problems);
        return Reviewed(review.WithAt(["metadata", "namespace"], ns), Subject(review));
    }

    private JsonObject ReviewRules(JsonObject review, UserInfo user)
    {
        var ns = review.StringAt("spec", "namespace") ?? "";
        if (ns.Length == 0)
            throw Failures.BadRequest("no namespace on request");
        var missing = new List<string>();
        var rules = authorizer.Rules(user, ns, missing).Select(static granted => granted.Rule).ToList();
        var status = JsonObject.Of(
            ("resourceRules", JsonArray.Of(rules.Where(static rule => rule.NonResourceUrls.IsEmpty).Select(static rule => rule.Write()))),
            ("nonResourceRules", JsonArray.Of(rules.Where(static rule => !rule.NonResourceUrls.IsEmpty).Select(static rule => rule.Write()))),
            ("incomplete", missing.Count > 0));
        if (missing.Count > 0)
            status = status.With("evaluationError", RbacAuthorizer.Together(missing));
        return WithMetadata(review).With("spec", JsonObject.Empty).With("status", status);
    }

    private JsonObject Reviewed(JsonObject review, UserInfo user)
    {
        var (allowed, reason) = authorizer.Authorize(Attributes(review, user));
        var status = JsonObject.Of(("allowed", allowed));
        return WithMetadata(review).With("status", reason.Length == 0 ? status : status.With("reason", reason));
    }

    private static RequestAttributes Attributes(JsonObject review, UserInfo user)
    {
        if (review.ObjectAt("spec", "nonResourceAttributes") is { } path)
            return new(user, path.StringAt("verb") ?? "") { Path = path.StringAt("path") ?? "" };
        var wanted = review.ObjectAt("spec", "resourceAttributes")!;
        return new(user, wanted.StringAt("verb") ?? "")
        {
            Group = wanted.StringAt("group") ?? "",
            Resource = wanted.StringAt("resource") ?? "",
            Subresource = wanted.StringAt("subresource") ?? "",
            Namespace = wanted.StringAt("namespace") ?? "",
            Name = wanted.StringAt("name") ?? "",
        };
    }

    private static UserInfo Subject(JsonObject review)
    {
        var groups = (review.ArrayAt("spec", "groups") ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value);
        return new UserInfo(review.StringAt("spec", "user") ?? "", [.. groups]) { Uid = review.StringAt("spec", "uid") ?? "" };
    }

    private static JsonObject WithMetadata(JsonObject review) => review["metadata"] is JsonObject ? review : review.With("metadata", JsonObject.Empty);

    private static IEnumerable<FieldError> Problems(JsonObject review)
    {
        var resource = review.ObjectAt("spec", "resourceAttributes");
        var path = review.ObjectAt("spec", "nonResourceAttributes");
        if (resource is not null && path is not null)
            yield return FieldError.Invalid("spec.nonResourceAttributes", JsonObject.Of(("Path", path.StringAt("path") ?? ""), ("Verb", path.StringAt("verb") ?? "")), "cannot be specified in combination with resourceAttributes");
        if (resource is null && path is null)
            yield return FieldError.Invalid("spec.resourceAttributes", JsonValue.Null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }

    private static IEnumerable<FieldError> SubjectProblems(JsonObject review)
    {
        if (string.IsNullOrEmpty(review.StringAt("spec", "user")) && review.ArrayAt("spec", "groups") is null or { Count: 0 })
            yield return FieldError.Invalid("spec.user", "", "at least one of user or group must be specified");
    }

    private static void Require(IEnumerable<FieldError> problems)
    {
        var all = problems.ToList();
        if (all.Count > 0)
            throw Failures.Invalid(Group, "", "", all);
    }
}
