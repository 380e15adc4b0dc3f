using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Pipeline;

/// <summary>From other people's definitions to records of their kinds.</summary>
internal static class ImportPipeline
{
    /// <summary>Kinds of other people's definitions: their records, and their names for the handlers that own them.</summary>
    public static IncrementalValueProvider<EquatableArray<ImportedKind>> Emit(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<References> references)
    {
        var files = ImportedFiles.Of(context);
        context.RegisterSourceOutput(files.Where(static f => f.Problem is not null), static (c, file) => c.ReportDiagnostic(ImportedFiles.ProblemOf(file)));
        context.RegisterSourceOutput(files.Collect().SelectMany(static (f, _) => ImportedKinds.Duplicates(f)), static (c, file) => c.ReportDiagnostic(ImportedFiles.ProblemOf(file)));
        var kinds = files.Collect().SelectMany(static (f, _) => ImportedKinds.Of(f)).WithTrackingName(TrackingNames.ImportedKinds);
        context.RegisterSourceOutput(kinds, static (c, kind) =>
        {
            c.AddSource(EmittedFile.HintName(kind.Namespace, kind.Name, "Imported"), ImportedKindEmitter.Emit(kind));
            c.AddSource(EmittedFile.HintName(kind.Namespace, kind.Name, "ImportedApply"), ImportedKindEmitter.EmitApply(kind));
        });
        context.RegisterSourceOutput(kinds.Combine(references), static (c, pair) =>
        {
            if (pair.Right.Client)
                c.AddSource(EmittedFile.HintName(pair.Left.Namespace, pair.Left.Name, "ImportedClient"), ClientEmitter.Emit(pair.Left.Client));
        });
        return kinds.Select(static (k, _) => k with { Types = [] }).Collect().Select(static (k, _) => k.ToEquatableArray());
    }
}
