using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>Parses CEL by operator precedence. Depth and size are bounded, so that no expression can exhaust the stack.</summary>
internal sealed class CelParser
{
    private const int MaximumDepth = 250;
    private const int MaximumLength = 100_000;
    private const string ExpectedOperand = "expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ];

    private readonly List<CelToken> _tokens;
    private int _at;
    private int _depth;

    private CelParser(List<CelToken> tokens) => _tokens = tokens;

    private CelToken Current => _tokens[_at];

    /// <exception cref="CelSyntaxException">The text is not CEL.</exception>
    public static CelNode Parse(string source)
    {
        if (source.Length > MaximumLength)
            throw new CelSyntaxException(new CelIssue(0, $"expression code point size exceeds limit: size: {source.Length}, limit {MaximumLength}"));
        var parser = new CelParser(CelLexer.Read(source));
        var node = parser.Expression();
        return parser.Current.Kind == CelTokenKind.End ? node : throw parser.Error($"Syntax error: mismatched input '{parser.Current.Text}' expecting <EOF>");
    }

    private CelNode Expression()
    {
        if (++_depth > MaximumDepth)
            throw Error($"expression recursion limit exceeded: {MaximumDepth}");
        var node = Binary(0);
        if (Current.Is("?"))
        {
            var position = Take().Position;
            var whenTrue = Binary(0);
            Expect(":");
            node = new CelCall(position, "_?_:_", null, [node, whenTrue, Expression()]);
        }

        _depth--;
        return node;
    }

    private CelNode Binary(int minimum)
    {
        var left = Unary();
        while (Current.Kind == CelTokenKind.Symbol && Precedence(Current.Text) is { } precedence && precedence >= minimum)
        {
            if (Current.Text is "&&" or "||")
            {
                left = Logic(left, Current.Text, precedence);
                continue;
            }

            var operation = Take();
            var right = Binary(precedence + 1);
            left = new CelCall(operation.Position, operation.Text == "in" ? "@in" : $"_{operation.Text}_", null, [left, right]);
        }

        return left;
    }

    /// <summary>A chain of one logical operator, as a tree whose depth grows with the logarithm of its length.</summary>
    private CelNode Logic(CelNode first, string symbol, int precedence)
    {
        List<CelNode> terms = [first];
        List<int> positions = [];
        while (Current.Is(symbol))
        {
            positions.Add(Take().Position);
            terms.Add(Binary(precedence + 1));
        }

        return Balanced(0, terms.Count);

        CelNode Balanced(int start, int end)
        {
            if (end - start == 1)
                return terms[start];
            var middle = (start + end + 1) / 2;
            return new CelCall(positions[middle - 1], $"_{symbol}_", null, [Balanced(start, middle), Balanced(middle, end)]);
        }
    }

    private static int? Precedence(string symbol) => symbol switch
    {
        "||" => 1,
        "&&" => 2,
        "<" or "<=" or ">" or ">=" or "==" or "!=" or "in" => 3,
        "+" or "-" => 4,
        "*" or "/" or "%" => 5,
        _ => null,
    };

    private CelNode Unary()
    {
        if (!Current.Is("!") && !Current.Is("-"))
            return Member();
        var operation = Take();
        if (operation.Text == "-" && Current is { Kind: CelTokenKind.Literal, Value: long or double or CelIntegerOverflow } number)
        {
            Take();
            return Members(new CelLiteral(operation.Position, Negated(number)));
        }

        if (++_depth > MaximumDepth)
            throw Error($"expression recursion limit exceeded: {MaximumDepth}");
        var operand = Unary();
        _depth--;
        return new CelCall(operation.Position, operation.Text == "-" ? "-_" : "!_", null, [operand]);
    }

    private static object Negated(CelToken number) => number.Value switch
    {
        long integer => (object)-integer,
        double real => (object)-real,
        CelIntegerOverflow { Magnitude: 9223372036854775808 } => (object)long.MinValue,
        _ => throw new CelSyntaxException(new CelIssue(number.Position, "invalid int literal")),
    };

    private CelNode Member() => Members(Primary());

    private CelNode Members(CelNode node)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                var dot = Take();
                var optional = Current.Is("?");
                if (optional)
                    Take();
                var name = Current.Kind is CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier || Current.Is("in")
                    ? Take()
                    : throw Error($"Syntax error: no viable alternative at input '.{(Current.Kind == CelTokenKind.End ? "" : Current.Text)}'");
                if (Current.Is("(") && !optional && name.Kind == CelTokenKind.Identifier)
                {
                    var open = Take().Position;
                    var arguments = Arguments(")");
                    node = CelMacros.Expand(open, name.Text, node, arguments) ?? new CelCall(open, name.Text, node, arguments);
                }
                else
                {
                    node = new CelSelect(dot.Position, node, name.Text, optional);
                }
            }
            else if (Current.Is("["))
            {
                var open = Take().Position;
                var optional = Current.Is("?");
                if (optional)
                    Take();
                var index = Expression();
                Expect("]");
                node = new CelCall(open, optional ? "_[?_]" : "_[_]", null, [node, index]);
            }
            else if (Current.Is("{") && TypeName(node) is { } type)
            {
                node = Message(Take().Position, type);
            }
            else
            {
                return node;
            }
        }
    }

    /// <summary>The name that a chain of selections spells; null where the node is anything else.</summary>
    private static string? TypeName(CelNode node) => node switch
    {
        CelIdentifier identifier => identifier.Name,
        CelSelect { Optional: false } select when TypeName(select.Operand) is { } outer => $"{outer}.{select.Field}",
        _ => null,
    };

    private CelMessageLiteral Message(int position, string type)
    {
        var fields = ImmutableArray.CreateBuilder<CelMessageField>();
        while (!Current.Is("}"))
        {
            var optional = TakeOptional();
            var name = Current.Kind is CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier
                ? Take()
                : throw Error($"Syntax error: mismatched input '{Current.Text}' expecting {{'}}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}}");
            var colon = Current.Position;
            Expect(":");
            fields.Add(new CelMessageField(colon, name.Text, Expression(), optional));
            if (!Current.Is(","))
                break;
            Take();
        }

        if (!Current.Is("}") && Current.Kind != CelTokenKind.End)
            throw Error($"Syntax error: mismatched input '{Current.Text}' expecting {{'}}', ','}}");
        Expect("}");
        return new CelMessageLiteral(position, type, fields.ToImmutable());
    }

    private CelNode Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Literal:
                Take();
                return token.Value is CelIntegerOverflow ? throw new CelSyntaxException(new CelIssue(token.Position, "invalid int literal")) : new CelLiteral(token.Position, token.Value!);
            case CelTokenKind.Identifier:
                return Identifier(Take());
        }

        if (token.Is("."))
        {
            Take();
            return Current.Kind == CelTokenKind.Identifier ? Identifier(Take()) : throw Error($"Syntax error: mismatched input '{Current.Text}' expecting IDENTIFIER");
        }

        if (token.Is("("))
        {
            Take();
            var node = Expression();
            Expect(")");
            return node;
        }

        if (token.Is("["))
            return List(Take().Position);
        return token.Is("{") ? Map(Take().Position) : throw Error($"Syntax error: mismatched input '{token.Text}' {ExpectedOperand}");
    }

    private CelNode Identifier(CelToken name)
    {
        if (Reserved.Contains(name.Text))
            throw new CelSyntaxException(new CelIssue(name.Position, $"reserved identifier: {name.Text}"));
        if (!Current.Is("("))
            return new CelIdentifier(name.Position, name.Text);
        var open = Take().Position;
        var arguments = Arguments(")");
        return CelMacros.Expand(open, name.Text, null, arguments) ?? new CelCall(open, name.Text, null, arguments);
    }

    private ImmutableArray<CelNode> Arguments(string close)
    {
        var arguments = ImmutableArray.CreateBuilder<CelNode>();
        while (!Current.Is(close))
        {
            arguments.Add(Expression());
            if (!Current.Is(","))
                break;
            Take();
        }

        Expect(close);
        return arguments.ToImmutable();
    }

    private CelListLiteral List(int position)
    {
        var items = ImmutableArray.CreateBuilder<(CelNode, bool)>();
        while (!Current.Is("]"))
        {
            var optional = TakeOptional();
            items.Add((Expression(), optional));
            if (!Current.Is(","))
                break;
            Take();
        }

        Expect("]");
        return new CelListLiteral(position, items.ToImmutable());
    }

    private CelMapLiteral Map(int position)
    {
        var entries = ImmutableArray.CreateBuilder<(CelNode, CelNode, bool)>();
        while (!Current.Is("}"))
        {
            var optional = TakeOptional();
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression(), optional));
            if (!Current.Is(","))
                break;
            Take();
        }

        Expect("}");
        return new CelMapLiteral(position, entries.ToImmutable());
    }

    private bool TakeOptional()
    {
        if (!Current.Is("?"))
            return false;
        Take();
        return true;
    }

    private CelToken Take() => _tokens[_at++];

    private void Expect(string symbol)
    {
        if (!Current.Is(symbol))
            throw Error(Current.Kind == CelTokenKind.End ? $"Syntax error: missing '{symbol}' at '<EOF>'" : $"Syntax error: mismatched input '{Current.Text}' expecting '{symbol}'");
        _at++;
    }

    private CelSyntaxException Error(string message) => new(new CelIssue(Current.Position, message));
}
