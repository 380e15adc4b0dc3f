using OperatorKit.ApiServer.Json;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>The operator under test and what is known of it.</summary>
internal sealed class Subject
{
    public Subject(Action<OperatorBuilder> configure, SimulationOptions options)
    {
        Configure = configure;
        Options = options;
        var builder = new OperatorBuilder(new OperatorOptions());
        configure(builder);
        Kinds = [.. builder.Controllers.Select(registration => new HandledKind(registration, options.SpecGenerators))];
        if (Kinds.Count == 0)
            throw new InvalidOperationException("The operator has no controllers. Add one, as in: operators => operators.AddSimpleAppOperator().");
        Definitions =
        [
            .. Kinds.Select(static kind => kind.Definition)
                .Concat(options.Definitions.Select(static definition => (JsonObject)JsonParser.Parse(definition.Span).Value))
                .DistinctBy(static definition => definition.StringAt("metadata", "name")),
        ];
    }

    public Action<OperatorBuilder> Configure { get; }

    public SimulationOptions Options { get; }

    /// <summary>What the operator handles, one entry a controller.</summary>
    public IReadOnlyList<HandledKind> Kinds { get; }

    /// <summary>The CustomResourceDefinitions that the operator needs.</summary>
    public IReadOnlyList<JsonObject> Definitions { get; }
}
