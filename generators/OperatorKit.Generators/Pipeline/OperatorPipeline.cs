using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Pipeline;

/// <summary>From handlers and webhooks to their registrations and the manifests of the operator.</summary>
internal static class OperatorPipeline
{
    public static void Emit(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<ResourceModel>> resources,
        IncrementalValueProvider<OperatorCode> operators,
        IncrementalValueProvider<EquatableArray<ImportedKind>> imports,
        IncrementalValueProvider<AccessModel> access,
        IncrementalValueProvider<OperatorOptions> options)
    {
        var wired = operators.Combine(imports)
            .Select(static (pair, _) => pair.Left with { Handlers = pair.Left.Handlers.GroupBy(static x => x.CSharp).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(g => ImportedCalls.Resolve(g.First(), pair.Right)).ToEquatableArray() });
        var registrations = wired.Combine(resources).SelectMany(static (pair, _) => Registrations(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Registrations);
        context.RegisterSourceOutput(registrations, static (c, r) =>
            c.AddSource(EmittedFile.HintName(r.Handler.Namespace, r.Handler.Name, "Registration"), RegistrationEmitter.Emit(r)));
        var whole = registrations.Collect().Select(static (r, _) => r.ToEquatableArray()).Combine(resources).Combine(access).Combine(options).Combine(operators)
            .Select(static (all, _) => Whole(all.Right, new OperatorModel(all.Left.Right, all.Left.Left.Left.Left, all.Left.Left.Left.Right, all.Left.Left.Right.Uses, all.Left.Left.Right.Rights)))
            .WithTrackingName(TrackingNames.Operator);
        context.RegisterSourceOutput(whole, static (c, model) =>
        {
            if (model.Registrations.Count + model.Webhooks.Count > 0)
                c.AddSource("Manifests.g.cs", ManifestEmitter.EmitOperator(model));
        });
    }

    /// <summary>With what the API server asks of the operator.</summary>
    private static OperatorModel Whole(OperatorCode code, OperatorModel model) => model with
    {
        Webhooks = code.Webhooks,
        Converted = code.Converted.Select(static k => k.QualifiedName).ToEquatableArray(),
    };

    /// <summary>Pairs handlers with their kinds: by name, in the same namespace where several kinds have the name.</summary>
    private static IEnumerable<Registration> Registrations(OperatorCode code, EquatableArray<ResourceModel> resources)
    {
        foreach (var handler in code.Handlers)
        {
            var matches = resources.Where(r => r.Name + "Handler" == handler.Handler).ToList();
            if (handler.Handles is { } foreign)
                yield return new Registration(handler, foreign);
            else if ((matches.Find(r => r.Namespace == handler.Namespace) ?? matches.FirstOrDefault()) is { } resource)
                yield return new Registration(handler, new HandledKind(resource.CSharp, resource.Group, resource.Plural, resource.IsClusterScoped, resource.Status is not null)) { Conversion = ConversionOf(resource) };
        }

        // The conversion of the kind comes with its controller, where the API server has to ask for it.
        string? ConversionOf(ResourceModel resource) => code.Converted.FirstOrDefault(k => k.QualifiedName == resource.QualifiedName)?.Class;
    }
}

/// <summary>What the user has written for an operator to do.</summary>
internal sealed record OperatorCode(EquatableArray<HandlerModel> Handlers, EquatableArray<WebhookModel> Webhooks, EquatableArray<ConvertedKind> Converted);

/// <summary>A kind whose versions somebody has to convert.</summary>
/// <param name="QualifiedName">The kind, as <c>plural.group</c>.</param>
/// <param name="Class">The generated class that converts.</param>
internal sealed record ConvertedKind(string QualifiedName, string Class);
