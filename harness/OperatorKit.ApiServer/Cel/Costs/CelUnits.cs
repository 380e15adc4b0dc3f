namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>What cel-go and Kubernetes charge for, in cost units: the same before an expression is evaluated and while it is.</summary>
internal static class CelUnits
{
    /// <summary>Looking at one character.</summary>
    public const double Traversal = 0.1;

    /// <summary>One character of a pattern.</summary>
    public const double Pattern = 0.25;

    /// <summary>Making a list.</summary>
    public const int List = 10;

    /// <summary>Making a map.</summary>
    public const int Map = 30;

    /// <summary>Making a message.</summary>
    public const int Message = 40;

    /// <summary>Asking the authorizer: few enough of a call's budget that an expression can ask twice.</summary>
    public const int Check = 350_000;
}
