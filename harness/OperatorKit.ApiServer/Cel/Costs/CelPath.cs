namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>
/// The way from a variable through the schema. Paths that begin alike share their memory as slices in Go do: lengthening one can
/// change another, and kube-apiserver's estimates are what they are because of it. A definition must not be refused here that it takes.
/// </summary>
internal readonly struct CelPath
{
    private readonly string[]? _shared;
    private readonly int _length;

    public CelPath(string variable) => (_shared, _length) = ([variable], 1);

    private CelPath(string[] shared, int length) => (_shared, _length) = (shared, length);

    public bool IsEmpty => _length == 0;

    /// <summary>What follows the variable.</summary>
    public ReadOnlySpan<string> Steps => _shared.AsSpan(1, _length - 1);

    public CelPath Append(string step)
    {
        var shared = _shared ?? [];
        if (_length == shared.Length)
            Array.Resize(ref shared, Math.Max(1, 2 * shared.Length));
        shared[_length] = step;
        return new CelPath(shared, _length + 1);
    }

    /// <summary>The same path in memory of its own.</summary>
    public CelPath Copy() => _shared is null ? this : new CelPath(_shared[.._length], _length);
}
