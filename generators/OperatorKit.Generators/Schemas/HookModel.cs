using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>A method of a handler that an attribute wires.</summary>
internal sealed record HookModel
{
    /// <summary>The factory of the runtime that makes it: <c>OnChange</c>, <c>Timer</c> or <c>Daemon</c>.</summary>
    public required string Factory { get; init; }

    public required string Method { get; init; }

    /// <summary>What the method takes, in its order: names of <see cref="HookArgument"/>.</summary>
    public required EquatableArray<string> Arguments { get; init; }

    /// <summary>Whether the method returns a status.</summary>
    public required bool ReturnsStatus { get; init; }

    /// <summary>For a field handler, the member.</summary>
    public FieldModel? Field { get; init; }

    /// <summary>For a timer, interval, initial delay and idle time in ticks.</summary>
    public EquatableArray<long> Ticks { get; init; } = [];

    /// <summary>A C# condition on <c>previous</c> and <c>current</c>; null where the method concerns all objects.</summary>
    public string? When { get; init; }
}

/// <summary>A member of a spec that a method follows.</summary>
/// <param name="Type">Its type, as C# spells it anywhere.</param>
/// <param name="Expression">The body of a lambda that reads it from <c>o</c>.</param>
/// <param name="Comparison">A further argument that says how its values are compared, or nothing.</param>
internal sealed record FieldModel(string Type, string Expression, string Comparison);

/// <summary>A restriction of overridden methods.</summary>
/// <param name="Methods">A name of <c>HandlerMethods</c>.</param>
/// <param name="When">A C# condition on <c>previous</c> and <c>current</c>.</param>
internal sealed record FilterModel(string Methods, string When);

/// <summary>What a wired method may take.</summary>
internal static class HookArgument
{
    public const string Resource = nameof(Resource);
    public const string Change = nameof(Change);
    public const string Context = nameof(Context);
    public const string Token = nameof(Token);
}
