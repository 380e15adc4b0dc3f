using System.Buffers;
using System.IO.Pipelines;

namespace OperatorKit.Client;

/// <summary>Splits the body of a watch into its lines, each one event.</summary>
internal sealed class WatchLines : IAsyncDisposable
{
    private const int BufferSize = 32 * 1024;

    private readonly ApiTransport _transport;
    private readonly ApiRequest _request;
    private readonly HttpResponseMessage _response;
    private readonly PipeReader _pipe;
    private readonly CancellationToken _deadline;
    private readonly CancellationToken _stop;
    private ReadOnlySequence<byte> _buffer;
    private bool _isCompleted;
    private bool _isReading;

    private WatchLines(ApiTransport transport, ApiRequest request, HttpResponseMessage response, Stream body, CancellationToken deadline, CancellationToken stop)
    {
        _transport = transport;
        _request = request;
        _response = response;
        _deadline = deadline;
        _stop = stop;
        // An idle watch holds no buffer: zero-byte reads wait for data first.
        _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: BufferSize, useZeroByteReads: true));
    }

    /// <summary>The line read last, valid until the next read.</summary>
    public ReadOnlySequence<byte> Current { get; private set; }

    public static async Task<WatchLines> OpenAsync(ApiTransport transport, ApiRequest request, CancellationToken deadline, CancellationToken stop)
    {
        try
        {
            var response = await transport.OpenAsync(request, stop);
            return new WatchLines(transport, request, response, await response.Content.ReadAsStreamAsync(stop), deadline, stop);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw Dead(transport, request);
        }
    }

    /// <summary>Moves on to the next line.</summary>
    /// <returns>False when the server has ended the watch.</returns>
    public async ValueTask<bool> ReadAsync()
    {
        while (true)
        {
            if (_buffer.PositionOf((byte)'\n') is { } end)
            {
                Current = _buffer.Slice(0, end);
                _buffer = _buffer.Slice(_buffer.GetPosition(1, end));
                return true;
            }

            if (_isCompleted)
            {
                // A line cut short was never sent whole: the next watch brings it again.
                return false;
            }

            await FillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.CompleteAsync();
        _response.Dispose();
    }

    private async ValueTask FillAsync()
    {
        if (_isReading)
        {
            _pipe.AdvanceTo(_buffer.Start, _buffer.End);
        }

        try
        {
            var result = await _pipe.ReadAsync(_stop);
            _isReading = true;
            _buffer = result.Buffer;
            _isCompleted = result.IsCompleted;
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested)
        {
            throw Dead(_transport, _request);
        }
        catch (Exception exception) when (ConnectionErrors.IsOne(exception, _stop))
        {
            throw ConnectionErrors.ToException(_transport.Connection, exception);
        }
    }

    private static ClusterUnreachableException Dead(ApiTransport transport, ApiRequest request) => new(
        $"{request.Describe()}: {transport.Connection.Server} has neither sent nor ended the watch in time; the connection is dead. Watch again from the last version seen.");
}
