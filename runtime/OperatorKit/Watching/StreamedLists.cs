using System.Globalization;
using OperatorKit.Client;

namespace OperatorKit.Watching;

/// <summary>Whether lists are to come as streams, and the server sends such (https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists): asked once.</summary>
internal sealed class StreamedLists(KubernetesClient client, bool isWanted)
{
    /// <summary>From here on the feature is on unless somebody has turned it off, which a refusal tells; before, a server may ignore what it does not know.</summary>
    private const int FirstMinor = 32;

    private bool? _areThere;

    public async Task<bool> AreThereAsync(CancellationToken cancellationToken)
    {
        if (!isWanted)
            return false;
        if (_areThere is { } known)
            return known;
        try
        {
            var version = await client.Discovery.GetVersionAsync(cancellationToken).ConfigureAwait(false);
            // Some vendors write the minor version as "32+".
            var minor = new string([.. (version.Minor ?? "").TakeWhile(char.IsAsciiDigit)]);
            _areThere = version.Major == "1" && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= FirstMinor;
            return _areThere.Value;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false;
        }
    }
}
