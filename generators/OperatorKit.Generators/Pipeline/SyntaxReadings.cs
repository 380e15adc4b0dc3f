using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Reuse;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Pipeline;

/// <summary>What is read of the user's declarations, and kept as long as nothing that was looked at changes.</summary>
internal static class SyntaxReadings
{
    // Of all projects that the compiler has open: what is read depends on nothing but what is read.
    private static readonly Readings<ReadResult> Resources = new();
    private static readonly Readings<HandlerModel?> Handlers = new();
    private static readonly Readings<WebhookModel?> Webhooks = new();
    private static readonly Readings<EquatableArray<UseModel>> Uses = new();

    public static ReadResult Resource(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        // Partial declarations may repeat the attribute, which the compiler reports; one model is enough.
        if (context.TargetSymbol is not INamedTypeSymbol record || context.Attributes.Length != 1)
            return new ReadResult(null, []);
        var compilation = context.SemanticModel.Compilation;
        return Resources.Read(context.TargetNode, compilation, Read, cancellationToken);

        (ReadResult Model, IEnumerable<SyntaxTree>? Reached) Read()
        {
            var problems = new List<Problem>();
            var types = new TypeReader(compilation, Note, cancellationToken);
            var model = ResourceReader.Read(record, types);
            var result = new ReadResult(problems.Count == 0 ? model : null, problems.ToEquatableArray());
            return (result, result.Model is null ? null : types.Trees);

            void Note(DiagnosticDescriptor rule, Location? location, object[] arguments)
            {
                if (rule.DefaultSeverity == DiagnosticSeverity.Error)
                    problems.Add(Problem.Of(rule, location is { IsInSource: true } ? location : record.Locations[0], arguments));
            }
        }
    }

    public static HandlerModel? Handler(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Handlers.Read(
        context.Node, context.SemanticModel.Compilation, () => (HandlerReader.Read((ClassDeclarationSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);

    public static WebhookModel? Webhook(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Webhooks.Read(
        context.Node, context.SemanticModel.Compilation, () => (WebhookReader.Read((ClassDeclarationSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);

    public static EquatableArray<UseModel> UsesIn(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Uses.Read(
        context.Node, context.SemanticModel.Compilation, () => (UseReader.Read((InvocationExpressionSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);
}

/// <summary>What came of a record: its model, or what is wrong with it.</summary>
internal sealed record ReadResult(ResourceModel? Model, EquatableArray<Problem> Problems);
