namespace OperatorKit.Build.Tests;

/// <summary>
/// One compiler for all projects of the tests, which takes less time than one for each, whatever the machine's settings say of such servers.
/// It ends with the tests: it has a name that nobody else knows.
/// </summary>
internal sealed class CompilerServer(string anyProject)
{
    private readonly string _name = $"operatorkit-{Guid.NewGuid():n}";

    /// <summary>What a build is told to use it.</summary>
    public IReadOnlyList<string> Arguments => ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={_name}"];

    public async Task StopAsync()
    {
        var folder = Path.GetDirectoryName(anyProject)!;
        var compilers = (await DotNet.RunAsync(folder, "msbuild", anyProject, "-getProperty:RoslynTargetsPath")).Succeeded().Output.Trim();
        await DotNet.RunAsync(folder, Path.Combine(compilers, "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{_name}");
    }
}
