namespace OperatorKit.Configuration;

/// <summary>Reads the settings of an operator: the command line goes before the environment.</summary>
internal static class SettingReader
{
    /// <summary>Reads the environment, then the command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    /// <exception cref="SettingException">Something in them is wrong; the message says where.</exception>
    public static OperatorSettings Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = Given(args);
        var settings = new OperatorSettings { ShowHelp = given.Exists(static one => one.Setting is null) };
        foreach (var setting in SettingTable.All)
        {
            var values = given.Where(one => one.Setting == setting).Select(static one => one.Value).ToList();
            foreach (var value in values.Count > 0 ? values : Variable(setting, environment))
            {
                setting.Apply(settings, value);
            }
        }

        return settings;
    }

    private static List<SettingValue> Variable(Setting setting, Func<string, string?> environment)
    {
        if (environment(setting.Variable) is not { Length: > 0 } text)
            return [];
        var values = setting.IsList ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        return [.. values.Select(value => new SettingValue(setting.Variable, value))];
    }

    /// <summary>What the command line gives, in order; help has no setting.</summary>
    private static List<(Setting? Setting, SettingValue Value)> Given(IReadOnlyList<string> args)
    {
        var given = new List<(Setting?, SettingValue)>();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var option = equals < 0 ? args[i] : args[i][..equals];
            if (option is "--help" or "-h")
            {
                given.Add((null, default));
                continue;
            }

            var (setting, isOn) = Find(option);
            var text = equals >= 0 && isOn ? args[i][(equals + 1)..]
                : setting.Value is null ? (isOn ? "true" : "false")
                : ++i < args.Count ? args[i]
                : throw new SettingException($"{option} needs a value, as in {setting.Usage}; --help shows the rest.");
            given.Add((setting, new SettingValue(setting.Option, text)));
        }

        return given;
    }

    private static (Setting Setting, bool IsOn) Find(string option)
    {
        const string No = "--no-";
        var name = option == "-n" ? "--namespace" : option;
        foreach (var setting in SettingTable.All)
        {
            if (setting.Option == name)
                return (setting, true);
            if (setting.Value is null && name.StartsWith(No, StringComparison.Ordinal) && setting.Option.AsSpan(2).SequenceEqual(name.AsSpan(No.Length)))
                return (setting, false);
        }

        throw new SettingException($"{option} is not an option of the operator; --help lists them.");
    }
}
