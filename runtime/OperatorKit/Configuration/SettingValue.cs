using System.Globalization;
using OperatorKit.Models;

namespace OperatorKit.Configuration;

/// <summary>A value that somebody has given to a setting.</summary>
/// <param name="Source">Where it is, as in <c>--http-port</c> or <c>OPERATORKIT_HTTP_PORT</c>.</param>
/// <param name="Text">The value.</param>
internal readonly record struct SettingValue(string Source, string Text)
{
    public bool IsTrue() => Text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Wrong("is neither true nor false"),
    };

    public int Number(int least, int most, string what) =>
        int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"is not {what}: give a number from {least} to {most}"));

    /// <summary>A time from zero up.</summary>
    public TimeSpan Duration() =>
        GoDuration.TryParse(Text, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : throw Wrong("is not a time: give a number with its unit, as in 500ms, 30s, 5m or 10h");

    public Shard Shard()
    {
        try
        {
            return OperatorKit.Shard.Parse(Text);
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{Source} {exception.Message}");
        }
    }

    public string NotEmpty() => Text.Length > 0 ? Text : throw Wrong("is empty");

    private SettingException Wrong(string problem) => new($"{Source} {Text} {problem}.");
}
