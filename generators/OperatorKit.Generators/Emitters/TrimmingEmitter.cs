using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>
/// Tells the trimmer that validation attributes of a schema's members are safe. Their constructors are marked for what happens when
/// somebody validates with them; here only the generator reads them.
/// </summary>
internal static class TrimmingEmitter
{
    /// <summary>Whether the trimmer would warn of the type.</summary>
    public static bool IsNeeded(TypeSchema type) => type.Members.Any(static m => m.TrimmerTarget is not null);

    public static string Emit(TypeSchema type)
    {
        var writer = SourceWriter.File();
        foreach (var target in type.Members.Select(static m => m.TrimmerTarget).OfType<string>().Distinct())
        {
            writer.Line(
                $"""[assembly: global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Scope = "member", Target = {Literals.Quote(target)}, Justification = "The attribute is part of the schema; nothing calls it.")]""");
        }

        return writer.ToString();
    }
}
