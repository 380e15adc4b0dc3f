using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Pipeline;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators;

/// <summary>Makes everything that follows from records with <c>[KubernetesResource]</c> and from the handlers of their kinds.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ResourceGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.KubernetesResource, static (node, _) => node is TypeDeclarationSyntax, SyntaxReadings.Resource);
        var isEditor = context.AnalyzerConfigOptionsProvider.Select(static (o, _) => IsEditor(o.GlobalOptions));
        context.RegisterSourceOutput(read.SelectMany(static (r, _) => r.Problems).Combine(isEditor), static (c, pair) =>
        {
            if (!pair.Right)
                c.ReportDiagnostic(pair.Left.ToDiagnostic());
        });
        var resources = read
            .Where(static r => r.Model is not null).Select(static (r, _) => r.Model!)
            .WithTrackingName(TrackingNames.Resources);
        var handlers = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => HandlerReader.MayBeHandler(node), SyntaxReadings.Handler)
            .Where(static h => h is not null).Select(static (h, _) => h!)
            .WithTrackingName(TrackingNames.Handlers);
        var webhooks = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => WebhookReader.MayBeWebhook(node), SyntaxReadings.Webhook)
            .Where(static w => w is not null).Select(static (w, _) => w!)
            .WithTrackingName(TrackingNames.Webhooks);
        var conversions = context.SyntaxProvider
            .ForAttributeWithMetadataName(ConversionMethod.Attribute, static (node, _) => node is MethodDeclarationSyntax, static (c, _) => ConversionMethod.Read((IMethodSymbol)c.TargetSymbol))
            .Where(static m => m is not null).Select(static (m, _) => m!)
            .Collect().Select(static (m, _) => m.OrderBy(static x => x.CSharp, System.StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(TrackingNames.Conversions);
        var references = context.CompilationProvider.Select(static (c, _) => References.Of(c)).WithTrackingName(TrackingNames.References);
        var options = context.AnalyzerConfigOptionsProvider.Combine(context.CompilationProvider.Select(static (c, _) => c.AssemblyName ?? "operator"))
            .Select(static (o, _) => OperatorOptions.Read(o.Left.GlobalOptions, o.Right))
            .WithTrackingName(TrackingNames.Options);

        // In an order that does not depend on that of the files.
        var all = resources.Collect().Select(static (r, _) => r.OrderBy(static x => x.CSharp, StringComparer.Ordinal).ToEquatableArray());
        EmitResources(context, resources, references);
        EmitTypes(context, all);
        var wanted = all.SelectMany(static (r, _) => SpecTypes(r)).WithTrackingName(TrackingNames.SpecTypes);
        context.RegisterSourceOutput(wanted, static (c, type) => c.AddSource(EmittedFile.HintName(type.Namespace, type.Name, "Apply"), ApplyEmitter.Emit(ApplyModel.Of(type))));
        var kinds = all.SelectMany(static (r, _) => KindModel.Group(r)).WithTrackingName(TrackingNames.Kinds);
        context.RegisterSourceOutput(kinds, static (c, kind) =>
            c.AddSource(EmittedFile.HintName(kind.Storage.Namespace, kind.Storage.Name, "Definition"), ManifestEmitter.EmitTexts(kind)));
        var plans = kinds.Where(static k => k.Versions.Count > 1).Combine(conversions).Select(static (pair, _) => ConversionPlan.Of(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Plans);
        EmitDefinitions(context, kinds, plans, references, options);
        context.RegisterSourceOutput(all.SelectMany(static (r, _) => KindModel.WithoutDefinition(r)), static (c, r) =>
            c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Definition"), ManifestEmitter.EmitNoTexts(r)));
        context.RegisterSourceOutput(all, static (c, r) =>
        {
            if (r.Count > 0)
                c.AddSource("ResourceJsonResolver.g.cs", ResolverEmitter.Emit(r, DistinctTypes(r).ToList()));
        });
        var imports = ImportPipeline.Emit(context, references);
        context.RegisterSourceOutput(webhooks, static (c, w) => c.AddSource(EmittedFile.HintName(w.Namespace, w.Name, "Registration"), WebhookEmitter.Emit(w)));
        var converted = plans.Where(static p => p.NeedsWebhook).Select(static (p, _) => new ConvertedKind(p.Kind.Storage.QualifiedName, ConversionEmitter.ClassOf(p.Kind.Storage)))
            .Collect().Select(static (c, _) => c.ToEquatableArray());
        var operators = handlers.Collect().Combine(webhooks.Collect()).Combine(converted)
            .Select(static (o, _) => new OperatorCode(o.Left.Left.ToEquatableArray(), o.Left.Right.OrderBy(static w => w.CSharp, StringComparer.Ordinal).ToEquatableArray(), o.Right));
        OperatorPipeline.Emit(context, all, operators, imports, AccessPipeline.Of(context, imports), options);
    }

    /// <summary>The definition of each kind as a manifest, and the conversion between its versions.</summary>
    private static void EmitDefinitions(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<KindModel> kinds,
        IncrementalValuesProvider<ConversionPlan> plans,
        IncrementalValueProvider<References> references,
        IncrementalValueProvider<OperatorOptions> options)
    {
        context.RegisterSourceOutput(kinds.Where(static k => k.Versions.Count == 1), static (c, kind) =>
            c.AddSource(EmittedFile.HintName(kind.Storage.Namespace, kind.Storage.Name, "Manifest"), ManifestEmitter.EmitDefinition(kind, null)));
        context.RegisterSourceOutput(plans.Combine(references).Combine(options), static (c, all) =>
        {
            var ((plan, referenced), options) = all;
            var kind = plan.Kind;
            var (space, name) = (kind.Storage.Namespace, kind.Storage.Name);
            c.AddSource(EmittedFile.HintName(space, name, "Manifest"), ManifestEmitter.EmitDefinition(kind, plan.NeedsWebhook ? options : null));
            c.AddSource(EmittedFile.HintName(space, name, "Conversion"), ConversionEmitter.Emit(plan, referenced.Runtime));
        });
    }

    private static void EmitResources(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ResourceModel> resources, IncrementalValueProvider<References> references)
    {
        context.RegisterSourceOutput(resources, static (c, r) => c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Resource"), ResourceEmitter.Emit(r)));
        context.RegisterSourceOutput(resources, static (c, r) => c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Apply"), ApplyEmitter.Emit(ClientModel.Of(r))));
        var referenced = resources.Combine(references);
        context.RegisterSourceOutput(referenced, static (c, pair) =>
        {
            var (r, referenced) = pair;
            if (referenced.Client)
                c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Client"), ClientEmitter.Emit(ClientModel.Of(r)));
            if (!referenced.Runtime)
                return;
            c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Change"), ChangeEmitter.Emit(r));
            c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Context"), HandlerEmitter.EmitContext(r));
            c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Handler"), HandlerEmitter.EmitHandler(r));
        });
    }

    /// <summary>A type that several resources reach gets its JSON once.</summary>
    private static void EmitTypes(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ResourceModel>> resources)
    {
        var types = resources.SelectMany(static (r, _) => DistinctTypes(r)).WithTrackingName(TrackingNames.Types);
        context.RegisterSourceOutput(types, static (c, type) =>
        {
            if (TrimmingEmitter.IsNeeded(type))
                c.AddSource(EmittedFile.HintName(type.Namespace, type.Name, "Trimming"), TrimmingEmitter.Emit(type));
            if (type.IsJsonModel)
                return;
            c.AddSource(EmittedFile.HintName(type.Namespace, type.Name, "Json"), TypeJsonEmitter.Emit(type));
        });
    }

    /// <summary>An editor runs the analyzers whatever else is wrong, so that errors need not be said here a second time.</summary>
    private static bool IsEditor(AnalyzerConfigOptions options)
        => options.TryGetValue("build_property.DesignTimeBuild", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<TypeSchema> DistinctTypes(IEnumerable<ResourceModel> resources)
        => resources.SelectMany(static r => r.Types).GroupBy(static t => t.CSharp).Select(static g => g.First());

    /// <summary>The objects that somebody may ask for: what specs reach, and statuses do not.</summary>
    private static IEnumerable<TypeSchema> SpecTypes(IEnumerable<ResourceModel> resources)
        => resources.SelectMany(static r => r.Reachable(r.Spec)).Where(static t => !t.IsEnum && !t.IsJsonModel).GroupBy(static t => t.CSharp).Select(static g => g.First());
}
