using System.Buffers.Binary;

namespace OperatorKit.ApiServer.Metadata;

/// <summary>Where uids and the random ends of generated names come from. With a seed, two runs give the same ones.</summary>
internal sealed class IdentifierSource(int? seed = null)
{
    // Without vowels and look-alikes, so that no words come out.
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int LongestGenerated = 63;

    private readonly Lock _gate = new();
    private readonly Random _random = seed is { } value ? new Random(value) : new Random();

    public string Uid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
            _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]),
            bytes[8],
            bytes[9],
            bytes[10],
            bytes[11],
            bytes[12],
            bytes[13],
            bytes[14],
            bytes[15]).ToString();
    }

    /// <summary>A name from <c>metadata.generateName</c>.</summary>
    public string Name(string generateName)
    {
        var stem = generateName.Length > LongestGenerated - SuffixLength ? generateName[..(LongestGenerated - SuffixLength)] : generateName;
        lock (_gate)
            return stem + new string(_random.GetItems<char>(NameAlphabet, SuffixLength));
    }
}
