namespace OperatorKit.Client;

/// <summary>A bearer token in a file that somebody else renews, as the kubelet does for a service account.</summary>
internal sealed class TokenFile(string path, TimeProvider timeProvider)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private string? _token;
    private long _readAt;

    /// <summary>The token, read at most a minute ago; while the file is being replaced, the one before.</summary>
    public string Read()
    {
        lock (_lock)
        {
            if (_token is not null && timeProvider.GetElapsedTime(_readAt) < Fresh)
            {
                return _token;
            }

            if (ReadFile() is { Length: > 0 } token)
            {
                _token = token;
            }

            _readAt = timeProvider.GetTimestamp();
            return _token ?? throw new KubeconfigException($"{path} is empty; it should hold a bearer token.");
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

    private string? ReadFile()
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return _token ?? throw new KubeconfigException($"The bearer token in {path} cannot be read: {exception.Message.TrimEnd('.')}. Check tokenFile.", exception);
        }
    }
}
