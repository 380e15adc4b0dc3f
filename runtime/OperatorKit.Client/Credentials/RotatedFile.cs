using System.Security.Cryptography;

namespace OperatorKit.Client;

/// <summary>A file that somebody else replaces now and then, as the kubelet does those of a service account; read again when a minute has passed.</summary>
/// <typeparam name="T">What is in it.</typeparam>
/// <param name="path">The file.</param>
/// <param name="parse">Makes sense of its text; null where it holds nothing.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RotatedFile<T>(string path, Func<string, T?> parse, TimeProvider timeProvider)
    where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private T? _content;
    private long _readAt;

    /// <summary>What the file held at most a minute ago; while it is being replaced, what it held before. Null where it never held anything.</summary>
    /// <exception cref="IOException">It cannot be read, and never could.</exception>
    public T? Read()
    {
        lock (_lock)
        {
            if (_content is not null && timeProvider.GetElapsedTime(_readAt) < Fresh)
                return _content;
            try
            {
                _content = parse(File.ReadAllText(path)) ?? _content;
            }
            catch (Exception exception) when (_content is not null && exception is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // Half written, or gone for a moment: the next reading finds it whole.
            }

            _readAt = timeProvider.GetTimestamp();
            return _content;
        }
    }

    /// <summary>Makes the next call read the file again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _readAt = timeProvider.GetTimestamp() - (long)(timeProvider.TimestampFrequency * Fresh.TotalSeconds);
        }
    }
}
