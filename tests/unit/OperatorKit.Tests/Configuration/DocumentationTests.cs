using System.Reflection;
using System.Runtime.CompilerServices;
using OperatorKit.Configuration;
using OperatorKit.Models;

namespace OperatorKit.Tests.Configuration;

/// <summary>docs/operator.md and the options say the same.</summary>
public sealed class DocumentationTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Root(), "docs", "operator.md"));

    [Fact]
    public void The_table_of_settings_has_each_setting_with_its_variable_default_and_meaning()
    {
        var rows = Page.Where(static line => line.StartsWith("| `--", StringComparison.Ordinal)).Select(static line => line.Trim('|', ' ').Split(" | "));

        rows.Select(static row => string.Join(" | ", row)).ShouldBe(
            SettingTable.All.Select(static setting => $"`{setting.Usage}`{(setting.IsList ? " (repeatable)" : "")} | `{setting.Variable}` | {setting.Default} | {setting.Description}"));
    }

    [Fact]
    public void The_defaults_in_the_table_are_those_of_the_options()
    {
        var options = new OperatorOptions();
        var controller = new ControllerOptions();

        Default("--concurrency").ShouldBe($"{controller.Concurrency}");
        Default("--handler-timeout").ShouldBe(Short(controller.HandlerTimeout));
        Default("--resync-period").ShouldBe(Short(controller.ResyncPeriod));
        Default("--lease-duration").ShouldBe(Short(options.Lease.Duration));
        Default("--lease-renew-deadline").ShouldBe(Short(options.Lease.RenewDeadline));
        Default("--lease-retry-period").ShouldBe(Short(options.Lease.RetryPeriod));
        Default("--start-timeout").ShouldBe(Short(options.StartTimeout));
        Default("--stop-grace").ShouldBe(Short(options.StopGrace));

        static string Default(string option) => SettingTable.All.Single(setting => setting.Option == option).Default;

        // 5m0s is 5m for people.
        static string Short(TimeSpan value) => GoDuration.Format(value).Replace("m0s", "m", StringComparison.Ordinal).Replace("h0m", "h", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(OperatorOptions))]
    [InlineData(typeof(ControllerOptions))]
    [InlineData(typeof(LeaseOptions))]
    public void Every_option_of_the_code_is_on_the_page(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Page.ShouldContain(line => line.Contains($"`{property.Name}`", StringComparison.Ordinal), $"{options.Name}.{property.Name} is not in docs/operator.md");
        }
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(file, "..", "..", "..", "..", ".."));
}
