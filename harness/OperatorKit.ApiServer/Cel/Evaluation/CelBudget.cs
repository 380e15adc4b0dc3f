namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>What one evaluation has cost, in the units of cel-go, and the most that it may cost.</summary>
internal sealed class CelBudget(long limit = CelBudget.PerCall)
{
    /// <summary>What one expression may cost.</summary>
    public const long PerCall = 1_000_000;

    /// <summary>What all rules of one object, or all expressions of one policy, may cost together.</summary>
    public const long PerObject = 10 * PerCall;

    /// <summary>What is said where <see cref="PerObject"/> is used up.</summary>
    public const string Exhausted = "validation failed due to running out of cost budget, no further validation rules will be run";

    // Some of what cel-go counts as one unit takes long or makes much: no server may hang on it.
    private const long MostSteps = 10 * PerCall;

    private long _steps;

    public long Spent { get; private set; }

    /// <exception cref="CelBudgetException">It is too much.</exception>
    public void Charge(long cost)
    {
        Spent += cost;
        if (Spent > limit)
            throw Exceeded();
    }

    /// <summary>Counts what has to be done, whatever it costs.</summary>
    /// <exception cref="CelBudgetException">It is too much.</exception>
    public void Work(long steps)
    {
        _steps += steps;
        if (_steps > MostSteps)
            throw Exceeded();
    }

    private static CelBudgetException Exceeded() => new("operation cancelled: actual cost limit exceeded");
}

/// <summary>An evaluation that costs too much. The message is the one of cel-go or kube-apiserver.</summary>
internal sealed class CelBudgetException(string message) : Exception(message);
