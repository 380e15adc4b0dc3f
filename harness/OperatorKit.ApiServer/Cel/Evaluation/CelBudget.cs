namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>How much work evaluations may still do. It bounds their time, whatever the expression and the data.</summary>
internal sealed class CelBudget(long remaining)
{
    /// <summary>What the rules of one object may take together.</summary>
    public const long PerObject = 10_000_000;

    /// <summary>What one rule may take.</summary>
    public const long PerRule = 1_000_000;

    public long Remaining { get; private set; } = remaining;

    /// <exception cref="CelBudgetException">Nothing is left.</exception>
    public void Charge(long cost)
    {
        Remaining -= cost;
        if (Remaining < 0)
            throw new CelBudgetException();
    }
}

/// <summary>An evaluation that took too much work.</summary>
internal sealed class CelBudgetException() : Exception("the cost limit of the expression is exceeded");
