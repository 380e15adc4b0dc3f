namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>Checks base64 as Go's standard encoding does: line breaks are skipped, padding is needed.</summary>
internal static class Base64Text
{
    /// <summary>The position that Go complains about, or null where the text is base64.</summary>
    public static int? FirstBadByte(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\r' or '\n')
                continue;
            if (c == '=')
                return PaddingFits(text.AsSpan(i), count) ? null : i;
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return i;
            count++;
        }

        return count % 4 == 0 ? null : text.Length;
    }

    private static bool PaddingFits(ReadOnlySpan<char> rest, int count)
    {
        var padding = 0;
        foreach (var c in rest)
        {
            if (c == '=')
                padding++;
            else if (c is not ('\r' or '\n'))
                return false;
        }

        return count % 4 >= 2 && padding == 4 - (count % 4);
    }
}
