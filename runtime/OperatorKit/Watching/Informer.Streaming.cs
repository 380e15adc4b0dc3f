using OperatorKit.Caching;
using OperatorKit.Client;

namespace OperatorKit.Watching;

internal sealed partial class Informer<T>
{
    /// <summary>How long a stream may say nothing before its list is whole; then it is asked for page by page.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private bool _isStreamRefused;

    /// <summary>Reads all objects: as a stream, which costs the server a fraction of the memory, or page by page where it does not know that.</summary>
    private async Task<InformerState> ReadAllAsync(InformerState state, CancellationToken cancellationToken)
    {
        if (_isStreamRefused || !await _streamedLists.AreThereAsync(cancellationToken))
            return await ListAsync(state, cancellationToken);
        using var pause = new CancellationTokenSource(LongestPause, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        var listed = new Dictionary<ObjectKey, T>();
        var opened = _time.GetTimestamp();
        var isWhole = false;
        try
        {
            var options = new WatchOptions
            {
                LabelSelector = _form.LabelSelector,
                FieldSelector = _form.FieldSelector,
                SendInitialEvents = true,
                OnInvalidObject = invalid => (isWhole ? (Action<InvalidObject>)TakeOut : Report)(invalid),
            };
            await foreach (var seen in _client.WatchAsync(options, either.Token))
            {
                Step();
                if (isWhole)
                {
                    Take(seen);
                    state = InformerState.Saw(seen.ResourceVersion);
                }
                else if (seen.InitialEventsEnd)
                {
                    pause.CancelAfter(Timeout.InfiniteTimeSpan);
                    isWhole = true;
                    Replace([.. listed.Values], seen.ResourceVersion);
                    listed.Clear();
                    state = state.Listed(seen.ResourceVersion);
                }
                else
                {
                    pause.CancelAfter(LongestPause);
                    Gather(listed, seen);
                }
            }

            return isWhole ? state.Ended(_time.GetElapsedTime(opened), _random.NextDouble()) : AskForPages(state);
        }
        catch (ExpiredException exception)
        {
            LogExpired(T.Definition.QualifiedName, state.Version ?? "", exception.Message);
            return state.Expired(_random.NextDouble());
        }
        catch (Exception exception) when (!isWhole && !cancellationToken.IsCancellationRequested && IsRefusal(exception))
        {
            // A list says better what is wrong, where it is not the stream.
            return AskForPages(state);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fail(exception);
            return state.Failed(_random.NextDouble());
        }

        InformerState AskForPages(InformerState unchanged)
        {
            _isStreamRefused = true;
            return unchanged;
        }
    }

    private void Gather(Dictionary<ObjectKey, T> listed, WatchEvent<T> seen)
    {
        if (seen.Type == WatchEventType.Bookmark)
            return;
        var key = ObjectKey.Of(seen.Object);
        if (seen.Type == WatchEventType.Deleted)
            listed.Remove(key);
        else
            listed[key] = Keep(seen.Object);
    }

    private static bool IsRefusal(Exception exception) => exception
        is OperationCanceledException or BadRequestException or InvalidResourceException or ForbiddenException or NotFoundException or UnauthorizedException;
}
