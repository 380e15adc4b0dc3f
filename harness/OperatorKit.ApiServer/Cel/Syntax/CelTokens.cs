using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>The tokens of an expression, taken one after the other, and cel-go's words where one is not what has to come.</summary>
internal sealed class CelTokens(IReadOnlyList<CelToken> tokens)
{
    private int _at;

    public CelToken Current => tokens[_at];

    public CelToken Take() => tokens[_at++];

    public bool TakeIf(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        _at++;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!TakeIf(symbol))
            throw Current.Kind == CelTokenKind.End ? Error($"Syntax error: missing '{symbol}' at '<EOF>'") : Mismatched($"expecting '{symbol}'");
    }

    /// <summary>What stands between commas, up to what closes it or to the first that no comma follows.</summary>
    public ImmutableArray<T> Separated<T>(string close, Func<T> item)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (!Current.Is(close))
        {
            items.Add(item());
            if (!TakeIf(","))
                break;
        }

        return items.ToImmutable();
    }

    public CelSyntaxException Mismatched(string expectation) => Error($"Syntax error: mismatched input '{Current.Text}' {expectation}");

    public CelSyntaxException Error(string message) => new(new CelIssue(Current.Position, message));
}
