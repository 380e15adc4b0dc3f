using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OperatorKit.Generators.Reuse;

/// <summary>
/// What a file says to the others: all of its text but the bodies of its members. No body can change what a name in another file
/// means, nor a type, an attribute or a constant there.
/// </summary>
internal sealed class TreeOutline
{
    private const int ChunkLength = 2048;

    private static readonly ConditionalWeakTable<SyntaxTree, TreeOutline> Known = new();

    private readonly WeakReference<SyntaxTree> _tree;

    private TreeOutline(SyntaxTree tree, byte[] digest)
    {
        _tree = new WeakReference<SyntaxTree>(tree);
        Digest = digest;
    }

    /// <summary>The same for two trees that say the same to others.</summary>
    public byte[] Digest { get; }

    public static TreeOutline Of(SyntaxTree tree, CancellationToken cancellationToken)
        => Known.TryGetValue(tree, out var known) ? known : Known.GetValue(tree, t => new TreeOutline(t, Hash(t, cancellationToken)));

    /// <summary>Whether a compilation has this very tree, bodies and all.</summary>
    public bool IsIn(Compilation compilation) => _tree.TryGetTarget(out var tree) && compilation.ContainsSyntaxTree(tree);

    private static byte[] Hash(SyntaxTree tree, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        var (text, start) = (tree.GetText(cancellationToken), 0);
        var (characters, bytes) = (new char[ChunkLength], new byte[ChunkLength * sizeof(char)]);
        var path = Encoding.Unicode.GetBytes(tree.FilePath + "\0");
        hash.TransformBlock(path, 0, path.Length, null, 0);
        foreach (var body in Bodies(((CompilationUnitSyntax)tree.GetRoot(cancellationToken)).Members))
        {
            // The first character of a body stays, so that one that comes or goes is seen.
            Add(body.Start + 1);
            start = body.End;
        }

        Add(text.Length);
        hash.TransformFinalBlock([], 0, 0);
        return hash.Hash;

        void Add(int end)
        {
            while (start < end)
            {
                var length = Math.Min(ChunkLength, end - start);
                text.CopyTo(start, characters, 0, length);
                Buffer.BlockCopy(characters, 0, bytes, 0, length * sizeof(char));
                hash.TransformBlock(bytes, 0, length * sizeof(char), null, 0);
                start += length;
            }
        }
    }

    /// <summary>In the order of the text.</summary>
    private static IEnumerable<TextSpan> Bodies(IEnumerable<MemberDeclarationSyntax> members) => members.SelectMany(static member => member switch
    {
        BaseNamespaceDeclarationSyntax space => Bodies(space.Members),
        TypeDeclarationSyntax type => Bodies(type.Members),
        GlobalStatementSyntax statement => [statement.Span],
        BaseMethodDeclarationSyntax method => Body(method.Body, method.ExpressionBody),
        PropertyDeclarationSyntax { ExpressionBody: { } body } => [body.Span],
        IndexerDeclarationSyntax { ExpressionBody: { } body } => [body.Span],
        BasePropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.SelectMany(static a => Body(a.Body, a.ExpressionBody)),
        _ => Enumerable.Empty<TextSpan>(),
    });

    private static IEnumerable<TextSpan> Body(BlockSyntax? block, ArrowExpressionClauseSyntax? expression)
        => (block ?? (SyntaxNode?)expression) is { } body ? [body.Span] : [];
}
