using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>What is known of an expression before it is evaluated: the values of its constant parts, which then cost nothing, and what its calls come to.</summary>
internal sealed class CelPlan
{
    private static readonly FrozenSet<string> Conversions = ["bool", "bytes", "double", "dyn", "duration", "int", "string", "timestamp", "type", "uint"];

    private readonly Dictionary<CelNode, object> _constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelFunction> _overloads = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<CelNode> _dynamicKeys = new(ReferenceEqualityComparer.Instance);

    private CelPlan()
    {
    }

    /// <summary>The plan of an expression of which nothing is known.</summary>
    public static CelPlan None { get; } = new();

    public static CelPlan Of(CelNode root, CelTyping typing)
    {
        var plan = new CelPlan();
        foreach (var (call, resolved) in typing.Calls)
        {
            if (resolved.Overloads is [var only])
                plan._overloads[call] = only;
        }

        plan._dynamicKeys.UnionWith(typing.Types.Keys.OfType<CelMacro>().Where(macro => typing.Types.GetValueOrDefault(macro.Body, CelType.Dyn).Kind == CelTypeKind.Dyn));
        plan.Keep(root, plan.Find(root, typing));
        return plan;
    }

    /// <summary>The value of a part that is made of constants; null for what is no such thing.</summary>
    public object? Constant(CelNode node) => _constants.GetValueOrDefault(node);

    /// <summary>Whether a node is written out, so that it costs nothing.</summary>
    public bool IsConstant(CelNode node) => node is CelLiteral || _constants.ContainsKey(node);

    /// <summary>What a call comes to; null where that is only known at run time.</summary>
    public CelFunction? Overload(CelCall call) => _overloads.GetValueOrDefault(call);

    /// <summary>Whether a macro sorts by keys whose type is only known at run time.</summary>
    public bool HasDynamicKeys(CelMacro macro) => _dynamicKeys.Contains(macro);

    /// <summary>The value of a constant node; null for one that is none, of which the constant parts are kept.</summary>
    private object? Find(CelNode node, CelTyping typing)
    {
        if (node is CelLiteral literal)
            return literal.Value;
        if (node is CelIdentifier identifier)
            return typing.Types.GetValueOrDefault(node)?.Kind == CelTypeKind.Type ? CelChecker.TypeNamed(identifier.Name) : null;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return null;
        var isConstant = CanBeConstant(node);
        foreach (var part in node.Parts)
        {
            var value = Find(part, typing);
            Keep(part, value);
            isConstant &= value is not null;
        }

        if (node is CelCall { Function: "@in", Operands: [_, CelListLiteral { Items.IsEmpty: true }] })
            return false;
        return isConstant && new CelEvaluator(this, new CelBudget()).Evaluate(node, null) is var constant and not CelError ? constant : null;
    }

    private static bool CanBeConstant(CelNode node) => node is CelListLiteral or CelMapLiteral
        || (node is CelCall { Target: null, Arguments.Length: 1 } call && Conversions.Contains(call.Function));

    private void Keep(CelNode node, object? constant)
    {
        if (constant is not null && node is not CelLiteral)
            _constants[node] = constant;
    }
}
