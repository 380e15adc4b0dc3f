using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>Daemon sets count the changes of their template in an annotation.</summary>
internal static class DaemonSetStrategy
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    /// <summary>The count is a field upstream, which shows as the annotation: it is there from the start, as what its writer wrote.</summary>
    public static JsonObject Counted(JsonObject set) => set.StringAt("metadata", "annotations", TemplateGeneration) is null ? Annotated(set, 0) : set;

    public static JsonObject Create(JsonObject set) => Annotated(set, 1);

    public static JsonObject Update(JsonObject set, JsonObject stored)
    {
        var generation = long.TryParse(stored.StringAt("metadata", "annotations", TemplateGeneration), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var isSame = Equals(set.At("spec", "template"), stored.At("spec", "template"));
        return Annotated(set, isSame ? generation : generation + 1);
    }

    private static JsonObject Annotated(JsonObject set, long generation) => set.ChangeOrAdd("metadata", metadata =>
        metadata.ChangeOrAdd("annotations", annotations => annotations.With(TemplateGeneration, generation.ToString(CultureInfo.InvariantCulture))));
}
