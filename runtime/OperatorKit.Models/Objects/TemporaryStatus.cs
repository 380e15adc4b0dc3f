#pragma warning disable CS1591
using System.Text.Json;

namespace OperatorKit.Models;

public sealed partial record V1Status : IJsonModel<V1Status>
{
    public string? Status { get; set; }
    public string? Message { get; set; }
    public string? Reason { get; set; }
    public int? Code { get; set; }
    public V1StatusDetails? Details { get; set; }

    public static V1Status ReadJson(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new V1Status
        {
            Status = Text(root, "status"),
            Message = Text(root, "message"),
            Reason = Text(root, "reason"),
            Code = root.TryGetProperty("code", out var code) ? code.GetInt32() : null,
            Details = root.TryGetProperty("details", out var details) ? ReadDetails(details) : null,
        };
    }

    public static void WriteJson(Utf8JsonWriter writer, V1Status value)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", "v1");
        writer.WriteString("kind", "Status");
        writer.WriteString("status", value.Status);
        writer.WriteString("message", value.Message);
        writer.WriteString("reason", value.Reason);
        if (value.Code is { } code)
        {
            writer.WriteNumber("code", code);
        }

        writer.WriteEndObject();
    }

    private static V1StatusDetails ReadDetails(JsonElement element) => new()
    {
        Name = Text(element, "name"),
        Group = Text(element, "group"),
        Kind = Text(element, "kind"),
        Uid = Text(element, "uid"),
        RetryAfterSeconds = element.TryGetProperty("retryAfterSeconds", out var seconds) ? seconds.GetInt32() : null,
        Causes = element.TryGetProperty("causes", out var causes)
            ? [.. causes.EnumerateArray().Select(c => new V1StatusCause { Field = Text(c, "field"), Message = Text(c, "message"), Reason = Text(c, "reason") })]
            : null,
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

public sealed partial record V1StatusDetails
{
    public string? Name { get; set; }
    public string? Group { get; set; }
    public string? Kind { get; set; }
    public string? Uid { get; set; }
    public int? RetryAfterSeconds { get; set; }
    public IList<V1StatusCause>? Causes { get; set; }
}

public sealed partial record V1StatusCause
{
    public string? Field { get; set; }
    public string? Message { get; set; }
    public string? Reason { get; set; }
}

public sealed partial record V1Scale : IJsonModel<V1Scale>
{
    public V1ScaleSpec? Spec { get; set; }
    public V1ScaleStatus? Status { get; set; }

    public static V1Scale ReadJson(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new V1Scale
        {
            Spec = root.TryGetProperty("spec", out var spec) ? new() { Replicas = spec.TryGetProperty("replicas", out var wanted) ? wanted.GetInt32() : null } : null,
            Status = root.TryGetProperty("status", out var status) ? new() { Replicas = status.GetProperty("replicas").GetInt32() } : null,
        };
    }

    public static void WriteJson(Utf8JsonWriter writer, V1Scale value) => throw new NotSupportedException();
}

public sealed partial record V1ScaleSpec
{
    public int? Replicas { get; set; }
}

public sealed partial record V1ScaleStatus
{
    public int? Replicas { get; set; }
    public string? Selector { get; set; }
}
