using System.Globalization;

namespace OperatorKit.ApiServer.Metadata;

/// <summary>metav1.Time: RFC 3339, whole seconds, UTC.</summary>
internal static class Timestamp
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
