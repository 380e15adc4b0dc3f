using System.Globalization;
using System.Runtime.CompilerServices;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>What only pods can do.</summary>
public static class PodExtensions
{
    extension(ResourceClient<V1Pod> pods)
    {
        /// <summary>Reads a container's log, line by line.</summary>
        /// <param name="name">The pod's name.</param>
        /// <param name="options">Which lines; null is all there are.</param>
        /// <param name="cancellationToken">Stops reading.</param>
        /// <returns>The lines.</returns>
        /// <exception cref="ClusterUnreachableException">The connection broke before the end of the log.</exception>
        public IAsyncEnumerable<string> ReadLogAsync(string name, LogOptions? options = null, CancellationToken cancellationToken = default) =>
            ReadLinesAsync(pods, name, options ?? new LogOptions(), cancellationToken);

        /// <summary>Asks a pod to go, unless a disruption budget forbids it now.</summary>
        /// <param name="name">The pod's name.</param>
        /// <param name="options">How it is deleted; null takes the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <exception cref="TooManyRequestsException">A disruption budget does not allow it now.</exception>
        public async Task EvictAsync(string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
        {
            var body = ObjectWriter.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("apiVersion"u8, "policy/v1"u8);
                writer.WriteString("kind"u8, "Eviction"u8);
                writer.WriteStartObject("metadata"u8);
                writer.WriteString("name"u8, name);
                writer.WriteEndObject();
                writer.WritePropertyName("deleteOptions"u8);
                DeleteBody.Write(writer, options);
                writer.WriteEndObject();
            });
            var request = pods.Request(HttpMethod.Post, "create", name, "eviction") with { ContentType = MediaTypes.Json, Body = body };
            using var answer = await pods.Transport.SendAsync(request, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<string> ReadLinesAsync(
        ResourceClient<V1Pod> pods, string name, LogOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryString()
            .Add("container", options.Container)
            .AddTrue("follow", options.Follow)
            .AddTrue("previous", options.Previous)
            .Add("tailLines", options.TailLines)
            .Add("sinceSeconds", options.SinceSeconds)
            .Add("sinceTime", options.SinceTime?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
            .Add("limitBytes", options.LimitBytes)
            .AddTrue("timestamps", options.Timestamps);
        var request = pods.Request(HttpMethod.Get, "get", name, "log", query.ToString()) with { IsRepeatable = true, Accept = "*/*" };
        using var response = await pods.Transport.OpenAsync(request, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await NextAsync() is { } line)
        {
            yield return line;
        }

        async ValueTask<string?> NextAsync()
        {
            try
            {
                return await lines.ReadLineAsync(cancellationToken);
            }
            catch (Exception exception) when (ConnectionErrors.IsOne(exception, cancellationToken))
            {
                throw ConnectionErrors.ToException(pods.Transport.Connection, exception);
            }
        }
    }
}
