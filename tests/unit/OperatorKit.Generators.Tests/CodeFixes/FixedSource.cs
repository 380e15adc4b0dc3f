using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests.CodeFixes;

/// <summary>Applies a code fix as an editor does: in a workspace, to the document of the diagnostic.</summary>
internal static class FixedSource
{
    private const string File = "Test.cs";

    /// <summary>The source after the fix of its first diagnostic; null where none is offered.</summary>
    public static async Task<string?> OfAsync(DiagnosticAnalyzer rule, CodeFixProvider fix, string source)
    {
        var token = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var project = Project(workspace, Analysis.Compile(source));
        var document = project.Documents.Single(static d => d.Name == File);
        var compilation = await project.GetCompilationAsync(token);
        var reported = await compilation!.WithAnalyzers([rule]).GetAnalyzerDiagnosticsAsync(token);
        var diagnostic = reported.Where(static d => d.Location.SourceTree?.FilePath == File).OrderBy(static d => d.Location.SourceSpan.Start).First();

        var offered = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), token));
        if (offered.Count == 0)
            return null;
        var operations = await offered.ShouldHaveSingleItem().GetOperationsAsync(token);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(token)).ToString();
    }

    private static Project Project(AdhocWorkspace workspace, Compilation compilation)
    {
        var id = ProjectId.CreateNewId();
        var documents = compilation.SyntaxTrees.Select(tree => DocumentInfo.Create(
            DocumentId.CreateNewId(id), tree.FilePath, loader: TextLoader.From(TextAndVersion.Create(tree.GetText(), VersionStamp.Create(), tree.FilePath)), filePath: tree.FilePath));
        return workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Create(), "Test", "Test", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options, documents: documents, metadataReferences: compilation.References));
    }
}
