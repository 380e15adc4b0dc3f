using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Reuse;

/// <summary>All that decides what a name means in a file of a compilation, apart from the file itself. It holds nothing of the compilation.</summary>
internal sealed class CompilationOutline
{
    private static readonly ConditionalWeakTable<Compilation, CompilationOutline> Known = new();

    // A reference may hold another compilation, so that something stands for it that does not.
    private static readonly ConditionalWeakTable<MetadataReference, object> Tokens = new();

    private readonly byte[] _trees;
    private readonly ImmutableArray<object> _references;
    private readonly CompilationOptions _options;
    private readonly string? _assembly;

    private CompilationOutline(Compilation compilation, CancellationToken cancellationToken)
    {
        _trees = Trees(compilation, cancellationToken);
        _references = [.. compilation.References.Select(static r => Tokens.GetValue(r, static _ => new object()))];
        _options = compilation.Options;
        _assembly = compilation.AssemblyName;
    }

    public static CompilationOutline Of(Compilation compilation, CancellationToken cancellationToken)
        => Known.TryGetValue(compilation, out var known) ? known : Known.GetValue(compilation, c => new CompilationOutline(c, cancellationToken));

    /// <summary>Whether names mean the same in a file that both compilations have.</summary>
    public bool IsLike(CompilationOutline other) => ReferenceEquals(this, other)
        || (ReferenceEquals(_options, other._options) && _assembly == other._assembly && _trees.SequenceEqual(other._trees) && _references.SequenceEqual(other._references));

    private static byte[] Trees(Compilation compilation, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var digest = TreeOutline.Of(tree, cancellationToken).Digest;
            hash.TransformBlock(digest, 0, digest.Length, null, 0);
        }

        hash.TransformFinalBlock([], 0, 0);
        return hash.Hash;
    }
}
