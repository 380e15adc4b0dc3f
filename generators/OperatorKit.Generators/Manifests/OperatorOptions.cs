using System.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Manifests;

/// <summary>What the manifests say about the operator as a whole: MSBuild properties, with defaults from the assembly.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Name of the workload, its service account and roles (<c>OperatorKitName</c>). Default: the assembly's name as a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace that the operator runs in (<c>OperatorKitNamespace</c>). Default: the name and <c>-system</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>Container image with a tag (<c>OperatorKitImage</c>). Default: the name and the assembly's version.</summary>
    public required string Image { get; init; }

    /// <summary>The assembly, which is what the container runs.</summary>
    public required string AssemblyName { get; init; }

    public required string Version { get; init; }

    /// <summary>Whether the operator sees its own namespace only (<c>OperatorKitScope</c> = <c>Namespace</c>), so that roles do instead of cluster roles. Default: false.</summary>
    public bool IsNamespaced { get; init; }

    public static OperatorOptions Read(AnalyzerConfigOptions options, string assemblyName)
    {
        var name = Property("OperatorKitName") ?? Label(assemblyName);
        var version = Property("Version") ?? "1.0.0";
        return new OperatorOptions
        {
            Name = name,
            Namespace = Property("OperatorKitNamespace") ?? name + "-system",
            Image = Property("OperatorKitImage") ?? $"{name}:{Tag(version)}",
            AssemblyName = assemblyName,
            Version = version,
            IsNamespaced = Property("OperatorKitScope") is "Namespace",
        };

        string? Property(string property) => options.TryGetValue("build_property." + property, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary><c>SimpleApp.Operator</c> becomes <c>simple-app-operator</c>.</summary>
    private static string Label(string assemblyName)
    {
        var text = new StringBuilder();
        for (var i = 0; i < assemblyName.Length; i++)
        {
            var c = assemblyName[i];
            var startsWord = char.IsUpper(c) && i > 0 && (char.IsLower(assemblyName[i - 1]) || (i + 1 < assemblyName.Length && char.IsLower(assemblyName[i + 1])));
            if ((startsWord || !IsLetterOrDigit(c)) && text.Length > 0 && text[text.Length - 1] != '-')
                text.Append('-');
            if (IsLetterOrDigit(c))
                text.Append(char.ToLowerInvariant(c));
        }

        var label = text.ToString().Trim('-');
        if (label.Length == 0 || !char.IsLetter(label[0]))
            label = "operator-" + label;
        return (label.Length > 50 ? label.Substring(0, 50) : label).Trim('-');
    }

    private static bool IsLetterOrDigit(char c) => c < 128 && char.IsLetterOrDigit(c);

    /// <summary>Build metadata (<c>+</c>) cannot be part of a tag.</summary>
    private static string Tag(string version)
    {
        var plus = version.IndexOf('+');
        return plus < 0 ? version : version.Substring(0, plus);
    }
}
