namespace OperatorKit.ApiServer.Operations;

/// <summary>Reads base64url without padding as Go does: line breaks are skipped, and the bits left over at the end do not matter.</summary>
internal static class Base64UrlText
{
    /// <exception cref="FormatException">It is not base64url; the message is Go's.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length * 3 / 4);
        var (bits, count) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\r' or '\n')
                continue;
            if (Value(text[i]) is not { } value)
                throw Illegal(i);
            (bits, count) = ((bits << 6) | value, count + 1);
            // Each group of four characters is three bytes; the second of a group completes the first byte.
            if (count % 4 != 1)
                bytes.Add((byte)(bits >> (6 - (2 * ((count + 3) % 4)))));
        }

        return count % 4 == 1 ? throw Illegal(text.Length - 1) : [.. bytes];
    }

    private static int? Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        '_' => 63,
        _ => null,
    };

    private static FormatException Illegal(int position) => new($"illegal base64 data at input byte {position}");
}
