using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A job finds its pods by its own uid, unless it asks to choose the selector itself.</summary>
internal static class JobStrategy
{
    private const string Prefix = "batch.kubernetes.io/";
    private const string UidLabel = Prefix + "controller-uid";

    public static JsonObject Create(JsonObject job)
    {
        if (job.BoolAt("spec", "manualSelector") == true)
            return job;
        var generated = GeneratedLabels(job);
        return job.Change("spec", spec => spec
            .ChangeOrAdd("selector", selector => selector.ChangeOrAdd("matchLabels", labels => labels.OrDefault(UidLabel, generated[UidLabel]!)))
            .ChangeOrAdd("template", template => template.ChangeOrAdd("metadata", metadata => metadata.ChangeOrAdd("labels", labels =>
                generated.Aggregate(labels, static (labels, label) => labels.OrDefault(label.Key, label.Value))))));
    }

    /// <summary>What the template of a job carries so that its selector finds the pods, in the order in which a real server asks for it.</summary>
    public static JsonObject GeneratedLabels(JsonObject job)
    {
        var (name, uid) = (job.StringAt("metadata", "name") ?? "", job.StringAt("metadata", "uid") ?? "");
        return JsonObject.Of(("controller-uid", uid), ("job-name", name), (UidLabel, uid), (Prefix + "job-name", name));
    }
}
