using System.Security.Cryptography;

namespace OperatorKit.Dispatch;

/// <summary>What this process applied last to each child of one object: digest of the body, and the version that is known to hold it.</summary>
internal sealed class AppliedChildren
{
    private readonly Dictionary<(Type Kind, string Name), Entry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>Notes that a version of a child holds a body.</summary>
    public void Remember(Type kind, string name, ReadOnlySpan<byte> body, string? resourceVersion)
    {
        lock (_lock)
        {
            _entries[(kind, name)] = new Entry(Digest(body), resourceVersion);
        }
    }

    /// <summary>Whether a body is the one applied last, and whether a version is the one that is known to hold it.</summary>
    public (bool SameBody, bool SameVersion) Compare(Type kind, string name, ReadOnlySpan<byte> body, string? resourceVersion)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((kind, name), out var entry) || entry.Digest != Digest(body))
                return (false, false);
            return (true, entry.ResourceVersion == resourceVersion);
        }
    }

    /// <summary>Whether a child has been applied, and not deleted since by this process.</summary>
    public bool Has(Type kind, string name)
    {
        lock (_lock)
        {
            return _entries.ContainsKey((kind, name));
        }
    }

    public void Forget(Type kind, string name)
    {
        lock (_lock)
        {
            _entries.Remove((kind, name));
        }
    }

    private static UInt128 Digest(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private readonly record struct Entry(UInt128 Digest, string? ResourceVersion);
}
