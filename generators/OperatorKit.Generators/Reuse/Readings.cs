using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OperatorKit.Generators.Reuse;

/// <summary>
/// What was read of nodes, for as long as it would be read again just so. The compiler asks for every node after every edit, since
/// any file may change what a name means; hardly any edit does.
/// </summary>
/// <typeparam name="T">A model, which holds no symbol.</typeparam>
internal sealed class Readings<T>
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<TextSpan, Reading>> _trees = new();

    /// <summary>Reads a node, or gives what was read of it before.</summary>
    /// <param name="node">The node.</param>
    /// <param name="compilation">The compilation that it is in.</param>
    /// <param name="read">
    /// Reads it: the model, and the files of which that holds what they do not say to others (see <see cref="TreeOutline"/>), or null
    /// for a model that is not to be kept. The file of the node need not be named.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public T Read(SyntaxNode node, Compilation compilation, Func<(T Model, IEnumerable<SyntaxTree>? Reached)> read, CancellationToken cancellationToken)
    {
        var outline = CompilationOutline.Of(compilation, cancellationToken);
        var known = _trees.GetOrCreateValue(node.SyntaxTree);
        if (known.TryGetValue(node.Span, out var former) && former.Outline.IsLike(outline) && former.Reached.All(r => r.IsIn(compilation)))
        {
            former.Outline = outline;
            return former.Model;
        }

        var (model, reached) = read();
        if (reached is not null)
            known[node.Span] = new Reading(model, [.. reached.Select(t => TreeOutline.Of(t, cancellationToken))], outline);
        return model;
    }

    private sealed class Reading(T model, ImmutableArray<TreeOutline> reached, CompilationOutline outline)
    {
        public T Model => model;

        public ImmutableArray<TreeOutline> Reached => reached;

        public CompilationOutline Outline { get; set; } = outline;
    }
}
