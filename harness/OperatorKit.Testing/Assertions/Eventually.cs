using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OperatorKit.Client;

namespace OperatorKit.Testing.Assertions;

/// <summary>Follows one object by a watch until it is as expected, or patience ends.</summary>
internal sealed class Eventually<T>(ResourceClient<T> client, string name, TimeSpan patience, Func<string?, Task<string>> explain)
    where T : class, IKubernetesResource<T>
{
    private readonly string _selector = "metadata.name=" + name;
    private T? _last;
    private bool _wasThere;
    private int _changes;

    public async Task<T> MeetsAsync(Func<T, bool> condition, string text, CancellationToken cancellationToken)
    {
        await FollowAsync(found => found is not null && condition(found), text, cancellationToken);
        return _last!;
    }

    public Task IsGoneAsync(CancellationToken cancellationToken) => FollowAsync(static found => found is null, "it is gone", cancellationToken);

    private async Task FollowAsync(Func<T?, bool> isDone, string text, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // However short the patience, the object is looked at once: what is there already is found, and a failure shows it.
            var (version, isMet) = await ListAsync(isDone, cancellationToken);
            while (!isMet && !await WatchAsync(version, isDone, either.Token))
                (version, isMet) = await ListAsync(isDone, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EventuallyException(await ExplainAsync(text));
        }
    }

    private async Task<(string? Version, bool IsMet)> ListAsync(Func<T?, bool> isDone, CancellationToken cancellationToken)
    {
        var list = await client.ListAsync(new ListOptions { FieldSelector = _selector }, cancellationToken);
        return (list.ResourceVersion, Look(list.Items.Count > 0 ? list.Items[0] : null, isDone));
    }

    /// <returns>False when the watch ended first, and all starts anew.</returns>
    private async Task<bool> WatchAsync(string? version, Func<T?, bool> isDone, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in client.WatchAsync(new WatchOptions { FieldSelector = _selector, ResourceVersion = version }, cancellationToken))
            {
                if (Look(change.Type == WatchEventType.Deleted ? null : change.Object, isDone))
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is ExpiredException or ClusterUnreachableException)
        {
            // The cluster may be one that a test stops and starts: the next list finds out.
        }

        return false;
    }

    private bool Look(T? found, Func<T?, bool> isDone)
    {
        _changes++;
        _wasThere |= found is not null;
        _last = found;
        return isDone(found);
    }

    private async Task<string> ExplainAsync(string text)
    {
        var message = new StringBuilder();
        var where = client.Namespace is null ? name : $"{client.Namespace}/{name}";
        message.AppendLine(CultureInfo.InvariantCulture, $"{client.Definition.Kind} {where} did not meet within {patience.TotalSeconds:0.#} s: {text}");
        message.AppendLine(CultureInfo.InvariantCulture, $"It was looked at {_changes} times. {Last()}");
        message.Append(await explain(client.Namespace));
        return message.ToString().TrimEnd();
    }

    private string Last() => (_last, _wasThere) switch
    {
        (null, false) => "There never was one of this name.",
        (null, true) => "It has been deleted; EventuallyGoneAsync waits for that.",
        _ => $"It is now:{Environment.NewLine}{Write(_last)}",
    };

    private static string Write(T resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        T.WriteJson(writer, resource);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
