using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Starts generated files and names what is in them.</summary>
internal static class EmittedFile
{
    /// <summary>Marks generated types, so that coverage and analyzers leave them alone.</summary>
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"OperatorKit\", \"0.1.0\")]";

    /// <summary>The other parameters of generated methods.</summary>
    private static readonly HashSet<string> Others = ["options", "context", "change", "cancellationToken"];

    public static SourceWriter Start(string space)
    {
        var writer = SourceWriter.File();
        if (space.Length > 0)
        {
            writer.Line($"namespace {space};");
            writer.Line();
        }

        return writer;
    }

    /// <summary>A name for a generated file, unique by namespace, type and content.</summary>
    public static string HintName(string space, string name, string content) => $"{(space.Length == 0 ? "" : space + ".")}{name}.{content}.g.cs";

    public static string Access(bool isPublic) => isPublic ? "public" : "internal";

    /// <summary>A type of the record's namespace, as C# spells it anywhere.</summary>
    public static string Beside(string space, string name) => space.Length == 0 ? "global::" + name : $"global::{space}.{name}";

    /// <summary>A parameter name for an object of the kind, as in <c>simpleApp</c>.</summary>
    public static string Parameter(string kind)
    {
        var name = Symbols.Naming.JsonName(kind);
        if (Others.Contains(name))
            return name + "Object";
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }
}
