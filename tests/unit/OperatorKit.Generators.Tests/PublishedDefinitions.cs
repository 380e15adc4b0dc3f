using System.Runtime.CompilerServices;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>Definitions as others write them: they compile, and objects of their kinds come back as they were.</summary>
public sealed class PublishedDefinitions
{
    private const string Variable = "OPERATORKIT_DEFINITIONS";

    [Theory]
    [InlineData("certificates.yaml", 1, 1)]
    [InlineData("routes.yaml", 3, 3)]
    [InlineData("monitors.yaml", 1, 2)]
    public void Definitions_in_the_style_of_well_known_projects_compile_and_their_examples_survive(string file, int kinds, int objects)
    {
        var survived = ImportedExamples.RoundTrip([Path.Combine(Folder(), file)]);
        survived.Kinds.Count.ShouldBe(kinds);
        survived.Objects.ShouldBe(objects);
    }

    [Fact]
    public void Definitions_of_different_projects_live_in_one_assembly()
        => ImportedExamples.RoundTrip(Directory.GetFiles(Folder(), "*.yaml")).Kinds.Count.ShouldBe(5);

    /// <summary>For the definitions of others themselves, which are too large to keep: a folder with one folder for each project, of YAML files.</summary>
    [Fact]
    public void Definitions_of_others_compile_and_their_examples_survive()
    {
        var root = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"{Variable} names no folder.");
        foreach (var project in Directory.GetDirectories(root!))
        {
            var (kinds, objects) = ImportedExamples.RoundTrip(Directory.GetFiles(project, "*.yaml", SearchOption.AllDirectories));
            kinds.ShouldNotBeEmpty(project);
            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(project)}: {kinds.Count} kinds, {objects} objects");
        }
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "Definitions");
}
