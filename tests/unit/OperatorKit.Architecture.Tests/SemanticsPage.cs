using System.Text.RegularExpressions;

namespace OperatorKit.Architecture.Tests;

/// <summary>docs/semantics.md promises, and names the test that holds each promise: those tests must be there.</summary>
public partial class SemanticsPage
{
    private static string Page => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "semantics.md"));

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToLookup(static path => Path.GetFileNameWithoutExtension(path), File.ReadAllText, StringComparer.Ordinal);

        var missing = TestName().Matches(Page)
            .Where(name => !sources[name.Groups["class"].Value].Any(source =>
                !name.Groups["method"].Success || source.Contains($" {name.Groups["method"].Value}(", StringComparison.Ordinal)))
            .Select(static name => name.Value)
            .ToList();

        missing.ShouldBeEmpty("docs/semantics.md names tests that are not there: write them, or say what is true");
    }

    [Fact]
    public void Every_promise_names_a_test()
    {
        var promises = Page.Split("## Guarantees")[1].Split("\n## ")[0].Split("\n\n").Where(static paragraph => paragraph.StartsWith("**", StringComparison.Ordinal)).ToList();

        promises.Count.ShouldBeGreaterThan(10);
        promises.Where(static promise => !TestName().IsMatch(promise)).ShouldBeEmpty("a promise without a test is a hope");
    }

    [Fact]
    public void Every_defect_of_others_names_a_test()
    {
        var rows = Page.Split("## Where other runtimes lose")[1].Split("\n## ")[0].Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();

        rows.Count.ShouldBeGreaterThan(10);
        rows.Where(static row => !TestName().IsMatch(row)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"`(\w+/)?(?<class>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex TestName();
}
