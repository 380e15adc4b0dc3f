using System.Collections.Frozen;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Evaluates expressions that have a budget in common, and the variables that they use the first time that one does.</summary>
internal sealed class AdmissionEvaluation
{
    private readonly CelScope _scope;
    private readonly FrozenDictionary<string, CelExpression> _variables;

    /// <param name="budget">What the evaluation may cost in all.</param>
    public AdmissionEvaluation(CelScope scope, long budget, FrozenDictionary<string, CelExpression>? variables = null)
    {
        _variables = variables ?? FrozenDictionary<string, CelExpression>.Empty;
        _scope = new CelScope("variables", new CelLazyMap(Variable), scope);
        Left = budget;
    }

    /// <summary>What is left of the budget.</summary>
    public long Left { get; private set; }

    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    /// <exception cref="CelBudgetException">The budget is used up.</exception>
    public object Evaluate(CelExpression expression)
    {
        var value = Value(expression);
        return Left >= 0 ? value : throw new CelBudgetException(CelBudget.Exhausted);
    }

    private object? Variable(string name)
    {
        if (!_variables.TryGetValue(name, out var expression))
            return null;
        return Value(expression) is var value && value is CelError error ? new CelError($"composited variable \"{name}\" fails to evaluate: {error.Message}") : value;
    }

    private object Value(CelExpression expression)
    {
        if (expression.Error is { } error)
            return new CelError(error);
        var budget = new CelBudget();
        try
        {
            return expression.Evaluate(_scope, budget);
        }
        catch (CelBudgetException exceeded)
        {
            return new CelError(exceeded.Message);
        }
        finally
        {
            Left -= budget.Spent;
        }
    }
}
