using OperatorKit.Models;

namespace OperatorKit.Benchmarks;

/// <summary>Keeps a ConfigMap for each note: one child and one status.</summary>
[Owns<V1ConfigMap>]
public sealed class NoteOperator : NoteHandler
{
    /// <inheritdoc/>
    public override Task<NoteStatus> OnCreateAsync(Note note, NoteContext context, CancellationToken cancellationToken) => EnsureAsync(note, context, cancellationToken);

    /// <inheritdoc/>
    public override Task<NoteStatus> OnUpdateAsync(Note note, NoteChange change, NoteContext context, CancellationToken cancellationToken) => EnsureAsync(note, context, cancellationToken);

    private static async Task<NoteStatus> EnsureAsync(Note note, NoteContext context, CancellationToken cancellationToken)
    {
        await context.ApplyAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = note.Metadata.Name }, Data = new Dictionary<string, string> { ["text"] = note.Spec.Text } },
            cancellationToken);
        return new NoteStatus();
    }
}
