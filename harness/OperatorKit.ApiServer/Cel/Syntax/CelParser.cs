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

    private readonly CelTokens _tokens;
    private int _depth;

    private CelParser(CelTokens tokens) => _tokens = tokens;

    private CelToken Current => _tokens.Current;

    /// <exception cref="CelSyntaxException">The text is not CEL.</exception>
    public static CelNode Parse(string source)
    {
        if (source.Length > MaximumLength)
            throw new CelSyntaxException(new CelIssue(0, $"expression code point size exceeds limit: size: {source.Length}, limit {MaximumLength}"));
        var tokens = new CelTokens(CelLexer.Read(source));
        var node = new CelParser(tokens).Expression();
        return tokens.Current.Kind == CelTokenKind.End ? node : throw tokens.Mismatched("expecting <EOF>");
    }

    private CelNode Expression()
    {
        Descend();
        var node = Binary(0);
        if (Current.Is("?"))
        {
            var position = _tokens.Take().Position;
            var whenTrue = Binary(0);
            _tokens.Expect(":");
            node = new CelCall(position, "_?_:_", null, [node, whenTrue, Expression()]);
        }

        _depth--;
        return node;
    }

    private void Descend()
    {
        if (++_depth > MaximumDepth)
            throw _tokens.Error($"expression recursion limit exceeded: {MaximumDepth}");
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

            var operation = _tokens.Take();
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
            positions.Add(_tokens.Take().Position);
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
            return Members(Primary());
        var operation = _tokens.Take();
        if (operation.Text == "-" && Current is { Kind: CelTokenKind.Literal, Value: long or double or CelIntegerOverflow } number)
        {
            _tokens.Take();
            return Members(new CelLiteral(operation.Position, Negated(number)));
        }

        Descend();
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

    private CelNode Members(CelNode node)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                var dot = _tokens.Take();
                var optional = _tokens.TakeIf("?");
                var name = Current.Kind is CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier || Current.Is("in")
                    ? _tokens.Take()
                    : throw _tokens.Error($"Syntax error: no viable alternative at input '.{(Current.Kind == CelTokenKind.End ? "" : Current.Text)}'");
                if (Current.Is("(") && !optional && name.Kind == CelTokenKind.Identifier)
                    node = Invocation(name.Text, node);
                else
                    node = new CelSelect(dot.Position, node, name.Text, optional);
            }
            else if (Current.Is("["))
            {
                var open = _tokens.Take().Position;
                var optional = _tokens.TakeIf("?");
                var index = Expression();
                _tokens.Expect("]");
                node = new CelCall(open, optional ? "_[?_]" : "_[_]", null, [node, index]);
            }
            else if (Current.Is("{") && TypeName(node) is { } type)
            {
                node = Message(_tokens.Take().Position, type);
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
        var fields = _tokens.Separated("}", MessageField);
        if (!Current.Is("}") && Current.Kind != CelTokenKind.End)
            throw _tokens.Mismatched("expecting {'}', ','}");
        _tokens.Expect("}");
        return new CelMessageLiteral(position, type, fields);
    }

    private CelMessageField MessageField()
    {
        var optional = _tokens.TakeIf("?");
        var name = Current.Kind is CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier
            ? _tokens.Take()
            : throw _tokens.Mismatched("expecting {'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}");
        var colon = Current.Position;
        _tokens.Expect(":");
        return new CelMessageField(colon, name.Text, Expression(), optional);
    }

    private CelNode Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Literal:
                _tokens.Take();
                return token.Value is CelIntegerOverflow ? throw new CelSyntaxException(new CelIssue(token.Position, "invalid int literal")) : new CelLiteral(token.Position, token.Value!);
            case CelTokenKind.Identifier:
                return Identifier(_tokens.Take());
        }

        if (token.Is("."))
        {
            _tokens.Take();
            return Current.Kind == CelTokenKind.Identifier ? Identifier(_tokens.Take()) : throw _tokens.Mismatched("expecting IDENTIFIER");
        }

        if (token.Is("("))
        {
            _tokens.Take();
            var node = Expression();
            _tokens.Expect(")");
            return node;
        }

        if (token.Is("["))
            return List(_tokens.Take().Position);
        return token.Is("{") ? Map(_tokens.Take().Position) : throw _tokens.Mismatched(ExpectedOperand);
    }

    private CelNode Identifier(CelToken name)
    {
        if (Reserved.Contains(name.Text))
            throw new CelSyntaxException(new CelIssue(name.Position, $"reserved identifier: {name.Text}"));
        return Current.Is("(") ? Invocation(name.Text, null) : new CelIdentifier(name.Position, name.Text);
    }

    private CelNode Invocation(string function, CelNode? target)
    {
        var open = _tokens.Take().Position;
        var arguments = _tokens.Separated(")", Expression);
        _tokens.Expect(")");
        return CelMacros.Expand(open, function, target, arguments) ?? new CelCall(open, function, target, arguments);
    }

    private CelListLiteral List(int position)
    {
        var items = _tokens.Separated("]", () =>
        {
            var optional = _tokens.TakeIf("?");
            return (Expression(), optional);
        });
        _tokens.Expect("]");
        return new CelListLiteral(position, items);
    }

    private CelMapLiteral Map(int position)
    {
        var entries = _tokens.Separated("}", () =>
        {
            var optional = _tokens.TakeIf("?");
            var key = Expression();
            _tokens.Expect(":");
            return (key, Expression(), optional);
        });
        _tokens.Expect("}");
        return new CelMapLiteral(position, entries);
    }
}
