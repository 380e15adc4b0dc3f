namespace OperatorKit.Client;

/// <summary>What the client of a custom resource can do beyond other kinds.</summary>
public static class ResourceClientExtensions
{
    extension<T>(ResourceClient<T> client)
        where T : CustomResource, ICustomResource<T>
    {
        /// <summary>
        /// Writes a status by server-side apply to the object as it was read: one that changed since, or was made again under its name, is a
        /// <see cref="ConflictException"/>. A uid alone would not do, for the server ignores it in what goes to the status subresource.
        /// </summary>
        /// <param name="resource">The object; its own status is not looked at. Without a resource version nothing is compared.</param>
        /// <param name="status">The status.</param>
        /// <param name="options">How; null takes the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The object as the server has stored it.</returns>
        public Task<T> ApplyStatusAsync(T resource, ResourceStatus status, ApplyOptions? options = null, CancellationToken cancellationToken = default)
        {
            var metadata = resource.Metadata;
            var body = ObjectWriter.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("apiVersion"u8, T.Definition.ApiVersion);
                writer.WriteString("kind"u8, T.Definition.Kind);
                writer.WriteStartObject("metadata"u8);
                writer.WriteString("name"u8, metadata.Name);
                if (metadata.NamespaceProperty is { } home)
                {
                    writer.WriteString("namespace"u8, home);
                }

                if (metadata.Uid is { } uid)
                {
                    writer.WriteString("uid"u8, uid);
                }

                if (metadata.ResourceVersion is { } version)
                {
                    writer.WriteString("resourceVersion"u8, version);
                }

                writer.WriteEndObject();
                writer.WritePropertyName("status"u8);
                T.WriteStatusJson(writer, status);
                writer.WriteEndObject();
            });
            return client.ApplyAsync(metadata.Name!, metadata.NamespaceProperty, body, "status", options, cancellationToken);
        }
    }
}
