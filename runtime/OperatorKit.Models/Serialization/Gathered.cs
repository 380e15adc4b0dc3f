using System.Runtime.CompilerServices;

namespace OperatorKit.Serialization;

internal static class Gathered
{
    /// <summary>How many items find place; also how many entries are found faster one by one than through their hashes.</summary>
    public const int Most = 8;
}

/// <summary>The first items of a collection that is being read, on the stack: most have no more, and then get memory of the right size.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
[InlineArray(Gathered.Most)]
internal struct Gathered<T>
{
    private T _first;
}
