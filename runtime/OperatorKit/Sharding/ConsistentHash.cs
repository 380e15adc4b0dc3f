namespace OperatorKit.Sharding;

/// <summary>Puts names into buckets, the same in every process; when a bucket is added, only the names move that go into it.</summary>
internal static class ConsistentHash
{
    /// <summary>The bucket of a name, from 0, by Lamping and Veach's jump hash of its FNV-1a.</summary>
    public static int Bucket(string @namespace, string name, int buckets)
    {
        var key = Add(Add(Add(14695981039346656037, @namespace), "/"), name);
        long bucket = -1;
        long next = 0;
        while (next < buckets)
        {
            bucket = next;
            key = unchecked((key * 2862933555777941757) + 1);
            next = (long)((bucket + 1) * ((1L << 31) / (double)((key >> 33) + 1)));
        }

        return (int)bucket;
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        return hash;
    }
}
