using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace OperatorKit.Architecture.Tests;

/// <summary>
/// Holds the public surface of each package against a checked-in listing, so that a change to it is seen in review.
/// <c>UPDATE_GOLDEN=1</c> rewrites the listings.
/// </summary>
public class PublicSurface
{
    public static TheoryData<string> Packages => ["OperatorKit.Models", "OperatorKit.Client", "OperatorKit", "OperatorKit.ApiServer", "OperatorKit.Testing"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_one_that_is_checked_in(string package)
    {
        var actual = Describe(Assembly.Load(package));
        var listing = Path.Combine(RepositoryRoot.Path, "tests", "unit", "OperatorKit.Architecture.Tests", "Golden", package + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(listing)!);
            File.WriteAllText(listing, actual);
        }

        File.Exists(listing).ShouldBeTrue($"there is no {listing}: run the test once with UPDATE_GOLDEN=1 and check the listing in");
        actual.ShouldBe(File.ReadAllText(listing), "the public surface changed: if that is meant, run the test with UPDATE_GOLDEN=1");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type).Append('\n');
            if (IsBuiltInKind(type))
                continue;
            foreach (var member in Members(type))
                text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The built-in kinds follow from the schema data; their names are enough.</summary>
    private static bool IsBuiltInKind(Type type) => type.Namespace == "OperatorKit.Models";

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(IsVisible)
        .Select(member => $"{member.MemberType} {member}")
        .Order(StringComparer.Ordinal);

    private static bool IsVisible(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.StartsWith("get_", StringComparison.Ordinal) && !method.Name.StartsWith("set_", StringComparison.Ordinal),
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => IsVisible(property.GetMethod ?? property.SetMethod!) || property.GetMethod is { IsPublic: true } or { IsFamily: true },
        Type => false,
        _ => true,
    };
}
