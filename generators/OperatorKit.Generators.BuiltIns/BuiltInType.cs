using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>A record to emit for a definition of the Kubernetes API.</summary>
/// <param name="Name">The C# name without a namespace.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Type">Its members.</param>
internal sealed record BuiltInType(string Name, string Summary, TypeModel Type)
{
    /// <summary>Whether it has metadata as objects have.</summary>
    public bool IsObject { get; init; }

    /// <summary>The resource that serves it; null for types that are parts of others.</summary>
    public BuiltInResource? Resource { get; init; }
}

/// <summary>Where the API serves a kind.</summary>
internal sealed record BuiltInResource(string Group, string Version, string Kind, string Plural, bool IsNamespaced, bool HasStatus, bool HasScale);
