using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Compiles the expressions of one policy. A variable is known to everything that is compiled after it.</summary>
/// <param name="hasParameters">Whether the policy has a <c>paramKind</c>.</param>
/// <param name="hasVariables">Whether expressions other than match conditions see <c>variables</c> at all.</param>
internal sealed class PolicyCompiler(bool hasParameters, bool hasVariables)
{
    private readonly CelEnvironment _environment = hasParameters
        ? AdmissionTypes.Environment with { Variables = AdmissionTypes.Environment.Variables.Add("params", CelType.Dyn) }
        : AdmissionTypes.Environment;

    private ImmutableDictionary<string, CelType> _variables = ImmutableDictionary<string, CelType>.Empty;

    /// <summary>A match condition, which is asked before there are variables.</summary>
    public CelExpression Condition(string expression) => CelCompiler.Compile(expression, _environment);

    public CelExpression Variable(string name, string expression)
    {
        var compiled = Compile(expression);
        _variables = _variables.SetItem(name, compiled.Error is null ? compiled.Type : CelType.Dyn);
        return compiled;
    }

    /// <param name="makesPatch">Whether the expression makes a patch, and so knows the types for it.</param>
    public CelExpression Compile(string expression, bool makesPatch = false)
    {
        var variables = hasVariables ? _environment.Variables.Add("variables", AdmissionTypes.Variables(_variables)) : _environment.Variables;
        return CelCompiler.Compile(expression, new CelEnvironment(variables, makesPatch));
    }
}
