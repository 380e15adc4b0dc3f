using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// The next step in the life of a definition: names, establishment, deletion. Pure: what it says depends on the definition,
/// the other definitions of its group, whether objects are left, and the time.
/// </summary>
internal static class DefinitionPlan
{
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static DefinitionStep Next(JsonObject definition, IEnumerable<JsonObject> others, bool hasObjects, DateTimeOffset now)
    {
        if (definition.StringAt("metadata", "deletionTimestamp") is not null)
            return Deletion(definition, hasObjects, now);
        var (accepted, naming) = DefinitionNaming.Decide(definition, others);
        var next = Conditions.With(definition.WithAt(["status", "acceptedNames"], accepted), now, naming);
        if (!naming.IsTrue && !Conditions.IsTrue(definition, "Established"))
            next = Conditions.With(next, now, new Condition("Established", false, "NotAccepted", "not all names are accepted"));
        else if (naming.IsTrue && !Conditions.IsTrue(definition, "Established") && Conditions.Find(definition, "Established")?.StringAt("reason") != "Installing")
            next = Conditions.With(next, now, new Condition("Established", false, "Installing", "the initial names have been accepted"));
        if (!next.Equals(definition))
            return new DefinitionStep.WriteStatus(next);
        if (Conditions.IsTrue(definition, "NamesAccepted") && !Conditions.IsTrue(definition, "Established"))
            return new DefinitionStep.WriteStatus(Conditions.With(definition, now, new Condition("Established", true, "InitialNamesAccepted", "the initial names have been accepted")));
        return new DefinitionStep.None();
    }

    private static DefinitionStep Deletion(JsonObject definition, bool hasObjects, DateTimeOffset now)
    {
        if (definition.ArrayAt("metadata", "finalizers")?.Contains(JsonValue.From(CleanupFinalizer)) != true)
            return new DefinitionStep.None();
        if (Conditions.Find(definition, "Terminating")?.StringAt("reason") is not ("InstanceDeletionInProgress" or "InstanceDeletionCompleted"))
            return new DefinitionStep.WriteStatus(Conditions.With(definition, now, new Condition("Terminating", true, "InstanceDeletionInProgress", "CustomResource deletion is in progress")));
        return hasObjects ? new DefinitionStep.DeleteObjects() : new DefinitionStep.Release();
    }
}

/// <summary>What is to be done about a definition.</summary>
internal abstract record DefinitionStep
{
    internal sealed record None : DefinitionStep;

    internal sealed record WriteStatus(JsonObject Definition) : DefinitionStep;

    internal sealed record DeleteObjects : DefinitionStep;

    /// <summary>Take the cleanup finalizer away, with which the definition goes.</summary>
    internal sealed record Release : DefinitionStep;
}
