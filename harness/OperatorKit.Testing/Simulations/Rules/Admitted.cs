using System.Text;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Hosting;
using OperatorKit.Webhooks.Admission;
using Nodes = System.Text.Json.Nodes;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>
/// What is stored is what the webhooks want: asked once more about it, they refuse nothing and have nothing left to change. Holds of webhooks
/// whose failure policy is Fail and which are asked about all objects of their kind.
/// </summary>
internal sealed class Admitted(Subject subject) : IRule
{
    private IReadOnlyList<AdmissionResponder>? _responders;

    public string Text => "nothing is stored that a webhook refuses or would change";

    public string? Changed(World world, GroupResource resource, StoreEvent change)
    {
        if (subject.Webhooks.Count == 0 || change.Type == StoreEventType.Deleted || change.Object.Value.IsDeleting || !Concerns(change))
            return null;
        _responders ??= Build(world);
        return _responders.Where(responder => IsOf(responder, resource, change)).Select(responder => Objection(responder, resource, change)).FirstOrDefault(static text => text is not null);
    }

    private IReadOnlyList<AdmissionResponder> Build(World world)
    {
        var services = subject.Options.Services?.Invoke(world.ServerActor.Clock) ?? NoServices.Instance;
        return [.. subject.Webhooks.Select(registration => registration.Build(services))];
    }

    /// <summary>Whether a change is one that webhooks are asked about, and not one of a status or by the server itself.</summary>
    private static bool Concerns(StoreEvent change) => change.Previous is not { } before || !Reviewed(before.Value).Equals(Reviewed(change.Object.Value));

    private static JsonObject Reviewed(JsonObject value) =>
        value.Without("status").WithoutAt("metadata", "managedFields").WithoutAt("metadata", "resourceVersion").WithoutAt("metadata", "generation");

    private bool IsOf(AdmissionResponder responder, GroupResource resource, StoreEvent change)
    {
        var definition = responder.Registration.Definition;
        return resource.Group == definition.Group && resource.Resource == definition.Plural && change.Object.Value.StringAt("apiVersion") == definition.ApiVersion
            && (subject.Namespaces.Count == 0 || definition.Scope == ResourceScope.Cluster || subject.Namespaces.Contains(change.Object.Namespace));
    }

    private static string? Objection(AdmissionResponder responder, GroupResource resource, StoreEvent change)
    {
        var operation = change.Previous is null ? AdmissionOperations.Create : AdmissionOperations.Update;
        var name = $"{resource} {change.Object.Name}";
        if (IsAsked(responder.Registration.Mutating, operation) && Answer(responder.MutateAsync, change)?["patch"]?.GetValue<string>() is { } patch)
            return $"{name} is stored, and {responder.Registration.MutatingPath} would change it: {Encoding.UTF8.GetString(Convert.FromBase64String(patch))}";
        return IsAsked(responder.Registration.Validating, operation) && Answer(responder.ValidateAsync, change) is { } verdict && !verdict["allowed"]!.GetValue<bool>()
            ? $"{name} is stored, and {responder.Registration.ValidatingPath} refuses it: {verdict["status"]?["message"]}"
            : null;
    }

    private static bool IsAsked(WebhookSettings? settings, AdmissionOperations operation) => settings is
    { FailurePolicy: FailurePolicy.Fail, NamespaceSelector: null, ObjectSelector: null, MatchConditions.Count: 0 } && settings.Operations.HasFlag(operation);

    /// <summary>What the webhook says; null where it needs more than the object to say something.</summary>
    private static Nodes.JsonObject? Answer(Func<Nodes.JsonObject, CancellationToken, Task<Nodes.JsonObject>> ask, StoreEvent change)
    {
        var request = new Nodes.JsonObject
        {
            ["uid"] = change.Object.Uid,
            ["name"] = change.Object.Name,
            ["namespace"] = change.Object.Namespace ?? "",
            ["operation"] = change.Previous is null ? "CREATE" : "UPDATE",
            ["userInfo"] = new Nodes.JsonObject { ["username"] = "admin", ["groups"] = new Nodes.JsonArray("system:masters", "system:authenticated") },
            ["object"] = Nodes.JsonNode.Parse(JsonText.ToUtf8(change.Object.Value)),
            ["oldObject"] = change.Previous is { } before ? Nodes.JsonNode.Parse(JsonText.ToUtf8(before.Value)) : null,
        };
        return ask(request, CancellationToken.None) is { IsCompletedSuccessfully: true, Result: var review } ? review["response"] as Nodes.JsonObject : null;
    }
}
