using System.Globalization;

namespace OperatorKit.Models;

/// <summary>RFC 3339 as Kubernetes writes it: UTC with a Z, whole seconds or exactly six digits of a second.</summary>
internal static class Timestamps
{
    public const int SecondsLength = 20;
    public const int MicrosecondsLength = 27;

    public static void WriteSeconds(DateTime value, Span<byte> text) => Utc(value).TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static void WriteMicroseconds(DateTime value, Span<byte> text) => Utc(value).TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    // A time without a kind is taken for UTC: local time is never meant in an API object.
    private static DateTime Utc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
}
