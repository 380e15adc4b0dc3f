using System;

namespace OperatorKit.Generators.Manifests;

/// <summary>YAML that cannot be read: what is wrong, and in which line.</summary>
internal sealed class YamlException(string message, int line) : Exception(message)
{
    /// <summary>The line, from zero.</summary>
    public int Line { get; } = line;
}
