using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Compiles the expressions of one policy. A variable is known to everything that is compiled after it.</summary>
/// <param name="hasParameters">Whether the policy has a <c>paramKind</c>.</param>
/// <param name="hasVariables">Whether expressions other than match conditions see <c>variables</c> at all.</param>
internal sealed class PolicyCompiler(bool hasParameters, bool hasVariables)
{
    private readonly ImmutableDictionary<string, CelType> _known = hasParameters ? AdmissionTypes.Request.Add("params", CelType.Dyn) : AdmissionTypes.Request;

    private ImmutableDictionary<string, CelType> _variables = ImmutableDictionary<string, CelType>.Empty;

    /// <summary>A match condition, which is asked before there are variables.</summary>
    public CelExpression Condition(string expression) => CelCompiler.Compile(expression, new CelEnvironment(_known.AddRange(AdmissionTypes.Authorizer)));

    public CelExpression Variable(string name, string expression)
    {
        var compiled = Compile(expression);
        _variables = _variables.SetItem(name, compiled.Error is null ? AdmissionTypes.OfVariable(compiled.Type) : CelType.Dyn);
        return compiled;
    }

    public CelExpression Compile(string expression, PolicyExpressionUse use = PolicyExpressionUse.Decision)
    {
        var known = use == PolicyExpressionUse.Message ? _known : _known.AddRange(AdmissionTypes.Authorizer);
        if (hasVariables)
            known = known.Add("variables", AdmissionTypes.Variables(_variables));
        return CelCompiler.Compile(expression, new CelEnvironment(known, use == PolicyExpressionUse.Patch));
    }
}
