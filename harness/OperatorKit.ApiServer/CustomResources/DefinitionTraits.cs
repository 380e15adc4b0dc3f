using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>How definitions are defaulted, deleted and judged.</summary>
internal static class DefinitionTraits
{
    /// <summary>Gives the resource of definitions its traits; any other is left as it is.</summary>
    public static ResourceType Extend(ResourceType type) =>
        type.Resource == DefinitionController.Definitions ? type with { Traits = Extend(type.Traits) } : type;

    private static ResourceTraits Extend(ResourceTraits traits) => traits with
    {
        Default = definition => Default(traits.Default?.Invoke(definition) ?? definition),
        BeginDeletion = BeginDeletion,
        StaysWhenDeleted = static definition => definition.StringAt("metadata", "deletionTimestamp") is null,
        Validate = static (definition, old) => DefinitionValidation.Validate(definition, old),
    };

    private static JsonObject Default(JsonObject definition)
    {
        var kind = definition.StringAt("spec", "names", "kind") ?? "";
        if (definition.ObjectAt("spec", "names") is { } names)
        {
            if (string.IsNullOrEmpty(names.StringAt("singular")))
                names = names.With("singular", kind.ToLowerInvariant());
            if (string.IsNullOrEmpty(names.StringAt("listKind")) && kind.Length > 0)
                names = names.With("listKind", kind + "List");
            definition = definition.WithAt(["spec", "names"], names);
        }

        return definition.ObjectAt("spec") is { } spec && spec["conversion"] is null
            ? definition.WithAt(["spec", "conversion"], JsonObject.Of(("strategy", "None")))
            : definition;
    }

    /// <summary>Every definition stays until its objects are gone.</summary>
    private static JsonObject BeginDeletion(JsonObject definition, DateTimeOffset now)
    {
        const string pending = "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon";
        var finalizers = definition.ArrayAt("metadata", "finalizers") ?? JsonArray.Empty;
        if (!finalizers.Contains(JsonValue.From(DefinitionPlan.CleanupFinalizer)))
            definition = definition.WithAt(["metadata", "finalizers"], JsonArray.Of(finalizers.Append(DefinitionPlan.CleanupFinalizer)));
        return Conditions.With(definition, now, new Condition("Terminating", true, "InstanceDeletionPending", pending));
    }
}
