using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Writes <c>DeleteOptions</c> as the API has them.</summary>
internal static class DeleteBody
{
    public static ReadOnlyMemory<byte> Of(DeleteOptions? options) => ObjectWriter.Write(writer => Write(writer, options));

    public static void Write(Utf8JsonWriter writer, DeleteOptions? options)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, "v1"u8);
        writer.WriteString("kind"u8, "DeleteOptions"u8);
        if (options?.Propagation is { } propagation)
        {
            writer.WriteString("propagationPolicy"u8, propagation.ToString());
        }

        if (options?.GracePeriodSeconds is { } seconds)
        {
            writer.WriteNumber("gracePeriodSeconds"u8, seconds);
        }

        if (options?.DryRun == true)
        {
            writer.WriteStartArray("dryRun"u8);
            writer.WriteStringValue("All"u8);
            writer.WriteEndArray();
        }

        WritePreconditions(writer, options);
        writer.WriteEndObject();
    }

    private static void WritePreconditions(Utf8JsonWriter writer, DeleteOptions? options)
    {
        if (options is null or { PreconditionUid: null, PreconditionResourceVersion: null })
        {
            return;
        }

        writer.WriteStartObject("preconditions"u8);
        if (options.PreconditionUid is { } uid)
        {
            writer.WriteString("uid"u8, uid);
        }

        if (options.PreconditionResourceVersion is { } version)
        {
            writer.WriteString("resourceVersion"u8, version);
        }

        writer.WriteEndObject();
    }
}
