namespace OperatorKit.Client;

/// <summary>A bearer token in a file that somebody else renews, as the kubelet does for a service account.</summary>
internal sealed class TokenFile(string path, TimeProvider timeProvider)
{
    private readonly RotatedFile<string> _file = new(path, static text => text.Trim() is { Length: > 0 } token ? token : null, timeProvider);

    /// <summary>The token, read at most a minute ago; while the file is being replaced, the one before.</summary>
    public string Read()
    {
        try
        {
            return _file.Read() ?? throw new KubeconfigException($"{path} is empty; it should hold a bearer token.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"The bearer token in {path} cannot be read: {exception.Message.TrimEnd('.')}. Check tokenFile.", exception);
        }
    }

    /// <summary>Makes the next call read the file again.</summary>
    public void Forget() => _file.Forget();
}
