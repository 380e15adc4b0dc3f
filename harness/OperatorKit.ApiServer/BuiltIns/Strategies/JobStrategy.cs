using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A job finds its pods by its own uid, unless it asks to choose the selector itself.</summary>
internal static class JobStrategy
{
    private const string Prefix = "batch.kubernetes.io/";

    public static JsonObject Create(JsonObject job)
    {
        if (job.BoolAt("spec", "manualSelector") == true)
            return job;
        var (name, uid) = (job.StringAt("metadata", "name") ?? "", job.StringAt("metadata", "uid") ?? "");
        return job.Change("spec", spec => spec
            .ChangeOrAdd("selector", selector => selector.ChangeOrAdd("matchLabels", labels => labels.With(Prefix + "controller-uid", uid)))
            .ChangeOrAdd("template", template => template.ChangeOrAdd("metadata", metadata => metadata.ChangeOrAdd("labels", labels => labels
                .OrDefault("controller-uid", uid)
                .OrDefault("job-name", name)
                .OrDefault(Prefix + "controller-uid", uid)
                .OrDefault(Prefix + "job-name", name)))));
    }

    /// <summary>What was generated stays when an update leaves it out.</summary>
    public static JsonObject Update(JsonObject job, JsonObject stored) => job.Change("spec", spec =>
    {
        if (!spec.Has("selector") && stored.ObjectAt("spec", "selector") is { } selector)
            spec = spec.With("selector", selector);
        var labels = stored.ObjectAt("spec", "template", "metadata", "labels");
        return labels is not null && spec.At("template", "metadata", "labels") is null ? spec.WithAt(["template", "metadata", "labels"], labels) : spec;
    });
}
