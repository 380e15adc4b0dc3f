using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>A record as the rules see it: what is wrong with it, its model, and where its members are. Read once a compilation however many rules ask.</summary>
internal sealed class RecordReading
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, RecordReading> Known = new();

    private readonly ConditionalWeakTable<Mapping, IReadOnlyList<BreakingChange>> _breaks = new();
    private readonly TypeReader _types;
    private readonly Location _location;

    private RecordReading(ResourceModel? model, IReadOnlyList<Diagnostic> problems, TypeReader types, Location location)
    {
        Model = model;
        Problems = problems;
        _types = types;
        _location = location;
    }

    /// <summary>The model; null where too little of the record is right.</summary>
    public ResourceModel? Model { get; }

    public IReadOnlyList<Diagnostic> Problems { get; }

    public static RecordReading Of(INamedTypeSymbol record, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(record, out var known))
            return known;
        var problems = new List<Diagnostic>();
        var types = new TypeReader(compilation, Add, cancellationToken);
        var model = ResourceReader.Read(record, types);
        var reading = new RecordReading(model, problems, types, record.Locations[0]);
        return Known.GetValue(record, _ => reading);

        // A place in another assembly cannot be shown, so that the record itself is named.
        void Add(DiagnosticDescriptor rule, Location? location, object[] arguments)
        {
            var place = location is { IsInSource: true } && compilation.ContainsSyntaxTree(location.SourceTree!) ? location : record.Locations[0];
            problems.Add(Diagnostic.Create(rule, place, arguments));
        }
    }

    /// <summary>What breaks users of a version as the baseline has it. Compared once, however many rules ask.</summary>
    public IReadOnlyList<BreakingChange> BreaksSince(Mapping version) => Model is not { } model
        ? []
        : _breaks.GetValue(version, before => [.. SchemaComparison.Compare((before["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(model).Root())]);

    /// <summary>Where a member of a type is declared, or the type itself for an empty name; the record where that is not known.</summary>
    public Location LocationOf(string type, string member) => _types.Locations.TryGetValue((type, member), out var found) && found is { IsInSource: true } ? found : _location;

    /// <summary>Where the member of a path such as <c>.spec.ports[].name</c> is declared, as far as the path leads.</summary>
    public Location LocationOf(string path)
    {
        var place = _location;
        var names = path.Split(['.'], System.StringSplitOptions.RemoveEmptyEntries).Select(static n => n.TrimEnd('[', ']', '{', '}')).ToList();
        var type = Model is null || names.Count == 0 ? null : names[0] == "spec" ? Model.SpecType : names[0] == "status" ? Model.StatusType : null;
        foreach (var name in names.Skip(1))
        {
            if (type?.Members.FirstOrDefault(m => m.JsonName == name) is not { } member)
                return place;
            if (_types.Locations.TryGetValue((type.CSharp, member.Name), out var found) && found is { IsInSource: true })
                place = found;
            var value = member.Type;
            while (value.Item is not null)
                value = value.Item;
            type = Model!.Types.FirstOrDefault(t => t.CSharp == value.Name);
        }

        return place;
    }
}
