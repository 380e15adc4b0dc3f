using System.Text.Json;

namespace OperatorKit.Client;

public sealed partial class ResourceClient<T>
{
    /// <summary>Deletes an object; with finalizers it stays until they are gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when it is deleted or being deleted; false when there was none.</returns>
    /// <exception cref="ConflictException">A precondition does not hold.</exception>
    public async Task<bool> DeleteAsync(string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = Request(HttpMethod.Delete, "delete", name);
            using var body = await _transport.SendAsync(request with { ContentType = MediaTypes.Json, Body = Write(options) }, cancellationToken);
            return true;
        }
        catch (NotFoundException exception) when (!exception.IsKindMissing)
        {
            return false;
        }
    }

    /// <summary>Deletes all objects that a list with the same options returns.</summary>
    /// <param name="list">Which ones; null is all of the client's namespace.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task DeleteCollectionAsync(ListOptions? list = null, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Namespace is null)
        {
            RequireNamespace();
        }

        var query = new QueryString().Add("labelSelector", list?.LabelSelector).Add("fieldSelector", list?.FieldSelector);
        var request = Request(HttpMethod.Delete, "deletecollection", null, query: query.ToString());
        using var body = await _transport.SendAsync(request with { ContentType = MediaTypes.Json, Body = Write(options), IsRepeatable = true }, cancellationToken);
    }

    private static ReadOnlyMemory<byte> Write(DeleteOptions? options) => ObjectWriter.Write(writer =>
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
    });

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
