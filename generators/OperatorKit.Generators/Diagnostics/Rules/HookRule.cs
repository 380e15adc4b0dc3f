using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on the attributes that wire methods of handlers, which <see cref="HookReader"/> knows.</summary>
internal abstract class HookRule() : HandlerRule(SyntaxKind.ClassDeclaration)
{
    protected sealed override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        // A class in several parts is read with the first of them.
        if (HandlerReader.ResourceOf(handler) is not { } resource || handler.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken) != context.Node)
            return;
        var hooks = new HookReader(handler, resource, context.Compilation, Report, context.CancellationToken);
        _ = hooks.Hooks().Count() + hooks.Filters().Count();

        void Report(DiagnosticDescriptor rule, Location? location, object[] arguments)
        {
            if (rule == Rule)
                context.ReportDiagnostic(Diagnostic.Create(rule, location ?? ((ClassDeclarationSyntax)context.Node).Identifier.GetLocation(), arguments));
        }
    }
}
