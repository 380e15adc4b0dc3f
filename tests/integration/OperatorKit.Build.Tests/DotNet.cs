using System.Diagnostics;

namespace OperatorKit.Build.Tests;

/// <summary>Runs the .NET command without build servers that would outlive the test.</summary>
internal static class DotNet
{
    public static Task<DotNetResult> RunAsync(string folder, params IEnumerable<string> arguments) => ExecuteAsync("dotnet", folder, arguments);

    /// <summary>Runs any command, as what was published.</summary>
    public static async Task<DotNetResult> ExecuteAsync(string command, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A test host leaves properties of its own build behind, which are not those of the build under test.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new DotNetResult(process.ExitCode, await output + await error);
    }
}

internal sealed record DotNetResult(int ExitCode, string Output)
{
    public DotNetResult Succeeded()
    {
        ExitCode.ShouldBe(0, Output);
        return this;
    }
}
