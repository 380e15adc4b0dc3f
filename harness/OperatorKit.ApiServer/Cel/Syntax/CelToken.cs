namespace OperatorKit.ApiServer.Cel.Syntax;

internal enum CelTokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Literal,
    Symbol,
}

/// <summary>A token; <see cref="Value"/> is there for literals only.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int Position, object? Value = null)
{
    public bool Is(string symbol) => Kind == CelTokenKind.Symbol && Text == symbol;
}
