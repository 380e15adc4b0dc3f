namespace OperatorKit.Conditions;

/// <summary>
/// The reason of a condition, which the API takes as one word only
/// (https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/1623-standardize-conditions): a status with another is refused as a whole.
/// </summary>
internal static class ConditionReason
{
    /// <summary>As long as an Event takes it.</summary>
    private const int Longest = 128;

    /// <summary>Makes one word of a text, as in <c>TooMany</c> of <c>too many</c>.</summary>
    public static string Of(string text)
    {
        var word = new char[Math.Min(text.Length, Longest)];
        var length = 0;
        var startsWord = true;
        foreach (var letter in text)
        {
            if (length == word.Length)
                break;
            var fits = char.IsAsciiLetter(letter) || (length > 0 && (char.IsAsciiDigit(letter) || letter is '_' or ',' or ':'));
            if (fits)
                word[length++] = startsWord ? char.ToUpperInvariant(letter) : letter;
            startsWord = !fits;
        }

        var reason = new string(word, 0, length).TrimEnd(',', ':');
        return reason.Length > 0 ? reason : "Failed";
    }
}
