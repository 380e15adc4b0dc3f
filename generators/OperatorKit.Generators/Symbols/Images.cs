using System;

namespace OperatorKit.Generators.Symbols;

/// <summary>Names of container images.</summary>
internal static class Images
{
    /// <summary>Whether an image may be another one tomorrow: without a tag or digest, or with the tag that moves.</summary>
    public static bool IsMoving(string image)
        => image.Length > 0 && image.IndexOf('@') < 0 && (image.LastIndexOf(':') < image.LastIndexOf('/') || image.LastIndexOf(':') < 0 || image.EndsWith(":latest", StringComparison.Ordinal));
}
