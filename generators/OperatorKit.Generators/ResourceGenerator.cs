using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Reuse;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators;

/// <summary>Makes everything that follows from records with <c>[KubernetesResource]</c> and from the handlers of their kinds.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ResourceGenerator : IIncrementalGenerator
{
    // Of all projects that the compiler has open: what is read depends on nothing but what is read.
    private static readonly Readings<ReadResult> Resources = new();
    private static readonly Readings<HandlerModel?> Handlers = new();
    private static readonly Readings<WebhookModel?> Webhooks = new();
    private static readonly Readings<EquatableArray<UseModel>> Uses = new();

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attributes.KubernetesResource, static (node, _) => node is TypeDeclarationSyntax, ReadResource);
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
            .CreateSyntaxProvider(static (node, _) => HandlerReader.MayBeHandler(node), ReadHandler)
            .Where(static h => h is not null).Select(static (h, _) => h!)
            .WithTrackingName(TrackingNames.Handlers);
        var webhooks = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => WebhookReader.MayBeWebhook(node), ReadWebhook)
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
        EmitDefinitions(context, kinds, conversions, references, options);
        context.RegisterSourceOutput(all.SelectMany(static (r, _) => KindModel.WithoutDefinition(r)), static (c, r) =>
            c.AddSource(EmittedFile.HintName(r.Namespace, r.Name, "Definition"), ManifestEmitter.EmitNoTexts(r)));
        context.RegisterSourceOutput(all, static (c, r) =>
        {
            if (r.Count > 0)
                c.AddSource("ResourceJsonResolver.g.cs", ResolverEmitter.Emit(r, DistinctTypes(r).ToList()));
        });
        var imports = EmitImports(context, references);
        context.RegisterSourceOutput(webhooks, static (c, w) => c.AddSource(EmittedFile.HintName(w.Namespace, w.Name, "Registration"), WebhookEmitter.Emit(w)));
        var operators = handlers.Collect().Combine(webhooks.Collect()).Combine(conversions)
            .Select(static (o, _) => new OperatorCode(o.Left.Left.ToEquatableArray(), o.Left.Right.OrderBy(static w => w.CSharp, StringComparer.Ordinal).ToEquatableArray(), o.Right));
        EmitOperator(context, all, operators, imports, AccessOf(context, imports), options);
    }

    /// <summary>The definition of each kind as a manifest, and the conversion between its versions.</summary>
    private static void EmitDefinitions(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<KindModel> kinds,
        IncrementalValueProvider<EquatableArray<ConversionMethod>> conversions,
        IncrementalValueProvider<References> references,
        IncrementalValueProvider<OperatorOptions> options)
    {
        context.RegisterSourceOutput(kinds.Where(static k => k.Versions.Count == 1), static (c, kind) =>
            c.AddSource(EmittedFile.HintName(kind.Storage.Namespace, kind.Storage.Name, "Manifest"), ManifestEmitter.EmitDefinition(kind, null)));
        context.RegisterSourceOutput(kinds.Where(static k => k.Versions.Count > 1).Combine(conversions).Combine(references).Combine(options), static (c, all) =>
        {
            var (((kind, methods), referenced), options) = all;
            var plan = ConversionPlan.Of(kind, methods);
            var (space, name) = (kind.Storage.Namespace, kind.Storage.Name);
            c.AddSource(EmittedFile.HintName(space, name, "Manifest"), ManifestEmitter.EmitDefinition(kind, plan.NeedsWebhook ? options : null));
            c.AddSource(EmittedFile.HintName(space, name, "Conversion"), ConversionEmitter.Emit(plan, methods, referenced.Runtime));
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

    private static void EmitOperator(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<ResourceModel>> resources,
        IncrementalValueProvider<OperatorCode> operators,
        IncrementalValueProvider<EquatableArray<ImportedKind>> imports,
        IncrementalValueProvider<AccessModel> access,
        IncrementalValueProvider<OperatorOptions> options)
    {
        var wired = operators.Combine(imports)
            .Select(static (pair, _) => pair.Left with { Handlers = pair.Left.Handlers.GroupBy(static x => x.CSharp).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(g => Imported(g.First(), pair.Right)).ToEquatableArray() });
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
        Converted = KindModel.Group(model.Resources).Where(k => ConversionPlan.Of(k, code.Conversions).NeedsWebhook).Select(static k => k.Storage.QualifiedName).ToEquatableArray(),
    };

    /// <summary>What the code of the whole assembly does to the cluster, and what it says that it does; in an order that does not depend on that of the files.</summary>
    private static IncrementalValueProvider<AccessModel> AccessOf(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ImportedKind>> imports)
    {
        var uses = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => ClientCalls.MayNeedRight(node), ReadUses)
            .SelectMany(static (u, _) => u).WithTrackingName(TrackingNames.Uses);
        var rights = context.SyntaxProvider
            .ForAttributeWithMetadataName(RightReader.FullName, static (_, _) => true, static (c, _) => c.Attributes.Select(RightReader.Read).ToEquatableArray())
            .SelectMany(static (r, _) => r).WithTrackingName(TrackingNames.Rights);
        return uses.Collect().Combine(imports).Combine(rights.Collect())
            .Select(static (all, _) => new AccessModel(
                all.Left.Left.Select(u => Imported(u, all.Left.Right)).Distinct().OrderBy(static u => u.ToString(), StringComparer.Ordinal).ToEquatableArray(),
                all.Right.Distinct().OrderBy(static r => r.ToString(), StringComparer.Ordinal).ToEquatableArray()))
            .WithTrackingName(TrackingNames.Access);
    }

    /// <summary>Kinds of other people's definitions: their records, and their names for the handlers that own them.</summary>
    private static IncrementalValueProvider<EquatableArray<ImportedKind>> EmitImports(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<References> references)
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

    /// <summary>Fills in what the API calls imported kinds, which have no symbols yet.</summary>
    private static HandlerModel Imported(HandlerModel handler, EquatableArray<ImportedKind> kinds)
        => handler with { Owns = handler.Owns.Select(o => Imported(o, kinds)).Where(static o => o.IsKnown).ToEquatableArray() };

    private static UseModel Imported(UseModel use, EquatableArray<ImportedKind> kinds)
    {
        if (use.Target.Kind is { } kind)
            return use with { Target = use.Target with { Kind = Imported(kind, kinds) } };
        return kinds.FirstOrDefault(k => use.Target.Name == k.ClientName || use.Target.Name == Naming.PluralName(k.Name)) is { } imported
            ? use with { Target = new UseTarget(Known(imported), "") }
            : use;
    }

    private static OwnedModel Imported(OwnedModel owned, EquatableArray<ImportedKind> kinds)
        => !owned.IsKnown && kinds.FirstOrDefault(k => k.Name == owned.CSharp) is { } kind ? Known(kind) : owned;

    private static OwnedModel Known(ImportedKind kind) => new(kind.CSharp, kind.Group, kind.Plural, kind.IsClusterScoped);

    /// <summary>An editor runs the analyzers whatever else is wrong, so that errors need not be said here a second time.</summary>
    private static bool IsEditor(AnalyzerConfigOptions options)
        => options.TryGetValue("build_property.DesignTimeBuild", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static ReadResult ReadResource(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
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

    private static HandlerModel? ReadHandler(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Handlers.Read(
        context.Node, context.SemanticModel.Compilation, () => (HandlerReader.Read((ClassDeclarationSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);

    private static WebhookModel? ReadWebhook(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Webhooks.Read(
        context.Node, context.SemanticModel.Compilation, () => (WebhookReader.Read((ClassDeclarationSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);

    private static EquatableArray<UseModel> ReadUses(GeneratorSyntaxContext context, CancellationToken cancellationToken) => Uses.Read(
        context.Node, context.SemanticModel.Compilation, () => (UseReader.Read((InvocationExpressionSyntax)context.Node, context.SemanticModel, cancellationToken), []), cancellationToken);

    private static IEnumerable<TypeSchema> DistinctTypes(IEnumerable<ResourceModel> resources)
        => resources.SelectMany(static r => r.Types).GroupBy(static t => t.CSharp).Select(static g => g.First());

    /// <summary>The objects that somebody may ask for: what specs reach, and statuses do not.</summary>
    private static IEnumerable<TypeSchema> SpecTypes(IEnumerable<ResourceModel> resources)
        => resources.SelectMany(static r => r.Reachable(r.Spec)).Where(static t => !t.IsEnum && !t.IsJsonModel).GroupBy(static t => t.CSharp).Select(static g => g.First());

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
        string? ConversionOf(ResourceModel resource) =>
            KindModel.Group(resources.Where(r => r.QualifiedName == resource.QualifiedName)).FirstOrDefault() is { Versions.Count: > 1 } kind && ConversionPlan.Of(kind, code.Conversions).NeedsWebhook
                ? ConversionEmitter.ClassOf(kind.Storage)
                : null;
    }
}

/// <summary>What came of a record: its model, or what is wrong with it.</summary>
internal sealed record ReadResult(ResourceModel? Model, EquatableArray<Problem> Problems);

/// <summary>A handler and the kind that it handles.</summary>
internal sealed record Registration(HandlerModel Handler, HandledKind Resource)
{
    /// <summary>The class that converts between the versions of the kind; null where nobody has to.</summary>
    public string? Conversion { get; init; }
}

/// <summary>What the user has written for an operator to do.</summary>
internal sealed record OperatorCode(EquatableArray<HandlerModel> Handlers, EquatableArray<WebhookModel> Webhooks, EquatableArray<ConversionMethod> Conversions);

/// <summary>Which assemblies of ours the project sees; a library of records may see the models alone.</summary>
internal sealed record References(bool Client, bool Runtime)
{
    public static References Of(Compilation compilation)
    {
        var (client, runtime) = (false, false);
        foreach (var name in compilation.ReferencedAssemblyNames)
        {
            client |= name.Name == "OperatorKit.Client";
            runtime |= name.Name == "OperatorKit";
        }

        return new References(client, runtime);
    }
}
