namespace OperatorKit.Configuration;

/// <summary>Something that the command line or the environment can set.</summary>
/// <param name="Option">On the command line, as in <c>--http-port</c>.</param>
/// <param name="Value">What it takes, as in <c>PORT</c>; null for a switch, which <c>--no-</c> turns off.</param>
/// <param name="Variable">In the environment.</param>
/// <param name="Default">What holds without it, for people.</param>
/// <param name="Description">What it does, for people.</param>
/// <param name="Apply">Sets it.</param>
internal sealed record Setting(
    string Option, string? Value, string Variable, string Default, string Description, Action<OperatorSettings, SettingValue> Apply)
{
    /// <summary>Whether it may be given more than once; in the environment its values are separated by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>The option as help shows it.</summary>
    public string Usage => Value is null ? Option : $"{Option} {Value}";
}
