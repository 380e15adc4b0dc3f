namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>A variable and those around it; an inner one hides an outer one of its name.</summary>
internal sealed record CelScope(string Name, object Value, CelScope? Outer)
{
    public static object? Find(CelScope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (string.Equals(scope.Name, name, StringComparison.Ordinal))
                return scope.Value;
        }

        return null;
    }
}
