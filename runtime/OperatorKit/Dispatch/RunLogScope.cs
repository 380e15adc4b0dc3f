using System.Collections;
using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>What every log entry of a run carries, under the names of Go's controller-runtime.</summary>
internal sealed class RunLogScope(string controller, string kind, ObjectKey key, string runId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 5;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("controller", controller),
        1 => new("kind", kind),
        2 => new("namespace", key.Namespace),
        3 => new("name", key.Name),
        4 => new("reconcileID", runId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override string ToString() => $"{kind} {key} run {runId}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
