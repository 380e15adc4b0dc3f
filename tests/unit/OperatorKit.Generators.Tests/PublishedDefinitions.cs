using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>Definitions that others publish; runs where OPERATORKIT_CRDS names a folder with their files.</summary>
public sealed class PublishedDefinitions
{
    [Fact]
    public void All_of_them_become_records_that_compile()
    {
        var folder = Environment.GetEnvironmentVariable("OPERATORKIT_CRDS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "OPERATORKIT_CRDS names no folder");
        foreach (var path in Directory.GetFiles(folder!, "*.yaml", SearchOption.AllDirectories))
        {
            var file = new InMemoryFile(Path.GetFileName(path), File.ReadAllText(path), ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", ""));
            var run = GeneratorRun.WithFiles("", file);
            run.Diagnostics.ShouldBeEmpty(path);
            run.Result.GeneratedSources.ShouldNotBeEmpty(path);
            run.Warnings().ShouldBeEmpty(path);
        }
    }
}
