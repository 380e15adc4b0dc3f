using System;
using System.Collections.Generic;

namespace OperatorKit.Generators.Cel;

/// <summary>Parses CEL expressions by the precedence of their operators.</summary>
internal sealed class CelParser
{
    /// <summary>The API server nests no deeper either.</summary>
    private const int DeepestNesting = 100;

    private static readonly string[][] Operators = [["||"], ["&&"], ["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly IReadOnlyList<CelToken> _tokens;
    private int _next;
    private int _depth;

    private CelParser(IReadOnlyList<CelToken> tokens) => _tokens = tokens;

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FormatException">The text is no expression.</exception>
    public static CelNode Parse(string text)
    {
        var parser = new CelParser(CelLexer.Read(text));
        var expression = parser.Expression();
        return parser.Peek.Kind == CelTokenKind.End ? expression : throw parser.Unexpected("the end");
    }

    private CelToken Peek => _tokens[_next];

    private CelNode Expression()
    {
        if (++_depth > DeepestNesting)
            throw new FormatException("it is nested too deep");
        var condition = Binary(0);
        if (Accept("?"))
        {
            var yes = Binary(0);
            Expect(":");
            condition = new CelCall("_?_:_", null, [condition, yes, Expression()]);
        }

        _depth--;
        return condition;
    }

    private CelNode Binary(int level)
    {
        if (level == Operators.Length)
            return Unary();
        var left = Binary(level + 1);
        while (Array.Find(Operators[level], IsNext) is { } symbol)
        {
            _next++;
            left = new CelCall($"_{symbol}_", null, [left, Binary(level + 1)]);
        }

        return left;
    }

    private bool IsNext(string symbol) => Peek.Text == symbol && Peek.Kind == (symbol == "in" ? CelTokenKind.Identifier : CelTokenKind.Symbol);

    private CelNode Unary()
    {
        var negations = new Stack<string>();
        while (Peek is { Kind: CelTokenKind.Symbol, Text: "!" or "-" })
            negations.Push(_tokens[_next++].Text);
        var operand = Member();
        foreach (var negation in negations)
            operand = new CelCall(negation + "_", null, [operand]);
        return operand;
    }

    private CelNode Member()
    {
        var operand = Primary();
        while (true)
        {
            if (Accept(".?"))
            {
                operand = new CelSelect(operand, Name());
            }
            else if (Accept("."))
            {
                var name = Name();
                operand = Accept("(") ? new CelCall(name, operand, List(")")) : new CelSelect(operand, name);
            }
            else if (Accept("[") || Accept("[?"))
            {
                operand = new CelCall("_[_]", null, [operand, Expression()]);
                Expect("]");
            }
            else if (Peek is { Kind: CelTokenKind.Symbol, Text: "{" } && operand is CelIdentifier or CelSelect)
            {
                _next++;
                operand = Entries();
            }
            else
            {
                return operand;
            }
        }
    }

    private CelNode Primary()
    {
        var token = Peek;
        _next++;
        switch (token.Kind)
        {
            case CelTokenKind.Number:
                return new CelLiteral(CelKind.Number, 1);
            case CelTokenKind.Text:
                return new CelLiteral(CelKind.Text, token.Text.Length);
            case CelTokenKind.Bytes:
                return new CelLiteral(CelKind.Bytes, token.Text.Length);
            case CelTokenKind.Identifier when token.Text is "true" or "false" or "null":
                return new CelLiteral(CelKind.Scalar, 1);
            case CelTokenKind.Identifier when token.Text != "in":
                return Accept("(") ? new CelCall(token.Text, null, List(")")) : new CelIdentifier(token.Text);
            case CelTokenKind.Symbol when token.Text == "(":
                var inner = Expression();
                Expect(")");
                return inner;
            case CelTokenKind.Symbol when token.Text == "[":
                return new CelList(List("]"));
            case CelTokenKind.Symbol when token.Text == "{":
                return Entries();
            case CelTokenKind.Symbol when token.Text == ".":
                return Primary();
        }

        _next--;
        throw Unexpected("a value");
    }

    private List<CelNode> List(string end)
    {
        var items = new List<CelNode>();
        while (!Accept(end))
        {
            Accept("?");
            items.Add(Expression());
            if (!Accept(","))
            {
                Expect(end);
                break;
            }
        }

        return items;
    }

    private CelMap Entries()
    {
        var entries = new List<CelNode>();
        while (!Accept("}"))
        {
            Accept("?");
            entries.Add(Expression());
            Expect(":");
            entries.Add(Expression());
            if (!Accept(","))
            {
                Expect("}");
                break;
            }
        }

        return new CelMap(entries);
    }

    private string Name()
    {
        if (Peek.Kind != CelTokenKind.Identifier)
            throw Unexpected("a name");
        return _tokens[_next++].Text;
    }

    private bool Accept(string symbol)
    {
        if (Peek.Kind != CelTokenKind.Symbol || Peek.Text != symbol)
            return false;
        _next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
            throw Unexpected($"\"{symbol}\"");
    }

    private FormatException Unexpected(string wanted)
        => new(Peek.Kind == CelTokenKind.End ? $"it ends where {wanted} should be" : $"\"{Peek.Text}\" is where {wanted} should be");
}
