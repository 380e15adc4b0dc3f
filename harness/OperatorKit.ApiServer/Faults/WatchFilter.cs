using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Faults;

/// <summary>Takes the stream of a watch apart into its events and sends on what the fault lets through, in the order that it wants.</summary>
internal sealed class WatchFilter(WatchFault fault)
{
    private readonly List<byte> _line = [];
    private byte[]? _postponed;
    private long _number;

    /// <summary>The bytes to send for what was written, and whether the connection is to be closed after them.</summary>
    public (byte[] Send, bool Disconnect) Next(ReadOnlySpan<byte> written)
    {
        var send = new List<byte>();
        foreach (var value in written)
        {
            _line.Add(value);
            if (value != '\n')
                continue;
            var line = _line.ToArray();
            _line.Clear();
            if (!Pass(line, send))
                return ([.. send], true);
        }

        return ([.. send], false);
    }

    private bool Pass(byte[] line, List<byte> send)
    {
        var change = JsonParser.Parse(line).Value as JsonObject ?? JsonObject.Empty;
        var seen = new WatchedEvent(
            ++_number,
            change.StringAt("type") ?? "",
            change.StringAt("object", "metadata", "namespace") ?? "",
            change.StringAt("object", "metadata", "name") ?? "");
        var action = fault.Decide(seen);
        if (action == WatchAction.Disconnect)
            return false;
        if (action is WatchAction.Send or WatchAction.Duplicate)
            send.AddRange(line);
        if (action == WatchAction.Duplicate)
            send.AddRange(line);
        if (_postponed is not null)
            send.AddRange(_postponed);
        _postponed = action == WatchAction.Postpone ? line : null;
        return true;
    }
}
