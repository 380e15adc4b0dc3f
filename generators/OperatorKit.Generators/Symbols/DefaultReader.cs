using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>What a member is when nobody sets it.</summary>
/// <param name="Value">The <c>default</c> of the schema; null where there is none.</param>
/// <param name="IsOptional">Whether the member may be left out.</param>
internal readonly record struct DefaultValue(Node? Value, bool IsOptional);

/// <summary>Turns initialisers into schema defaults.</summary>
internal sealed class DefaultReader(TypeReader types)
{
    /// <summary>Reads the initialiser, or <c>[DefaultValue]</c> where there is none. What the schema cannot say is reported.</summary>
    public DefaultValue Read(IPropertySymbol property, TypeRef type, ExpressionSyntax? initializer, IReadOnlyList<AttributeData> attributes)
    {
        if (attributes.FirstOrDefault(static a => a.AttributeClass.Is("System.ComponentModel.DefaultValueAttribute")) is { } attribute)
            return new DefaultValue(Constant(attribute.Argument(attribute.ConstructorArguments.Length - 1), type, property.Type), true);
        if (initializer is null || Unwrap(initializer) is not { } expression)
            return default;
        if (expression.IsKind(SyntaxKind.NullLiteralExpression) || expression.IsKind(SyntaxKind.DefaultLiteralExpression) && !type.IsValueType)
            return new DefaultValue(null, type.Nullable);

        // An absent collection reads as the initialiser anyway, and an empty one in every object would only cost space.
        if (type.Item is not null && IsEmptyCollection(expression))
            return new DefaultValue(null, true);
        if (ReadValue(expression, type, property.Type) is { } value)
            return new DefaultValue(value, true);
        types.Report(DefaultRule.Descriptor, expression.GetLocation(), property.Name, expression.ToString());
        return new DefaultValue(null, true);
    }

    private Node? ReadValue(ExpressionSyntax expression, TypeRef type, ITypeSymbol symbol)
    {
        expression = Unwrap(expression);
        var model = types.Compilation.GetSemanticModel(expression.SyntaxTree);
        if (model.GetConstantValue(expression, types.CancellationToken) is { HasValue: true } constant)
            return Constant(constant.Value, type, symbol);
        return type.Shape switch
        {
            Shape.Record => ReadObject(expression, type),
            Shape.List or Shape.Set => ReadItems(expression, type, symbol),
            Shape.Dictionary => ReadEntries(expression, type, symbol),
            Shape.String when expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => "",
            Shape.Duration => ReadDuration(expression, model),
            Shape.Date => ReadDate(expression, model),
            _ => ReadFromText(expression, type, symbol, model),
        };
    }

    /// <summary><c>Quantity.Parse("1Gi")</c>, <c>new("1Gi")</c> and the like: a factory or constructor with one constant.</summary>
    private Node? ReadFromText(ExpressionSyntax expression, TypeRef type, ITypeSymbol symbol, SemanticModel model)
    {
        var arguments = expression switch
        {
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            InvocationExpressionSyntax invocation => invocation.ArgumentList,
            _ => null,
        };
        return type.Shape is Shape.Quantity or Shape.IntOrString or Shape.Uri or Shape.Guid or Shape.Time or Shape.TimeOffset
            && arguments is { Arguments.Count: >= 1 }
            && model.GetConstantValue(arguments.Arguments[0].Expression, types.CancellationToken) is { HasValue: true, Value: string or int } constant
                ? Constant(constant.Value, type, symbol)
                : null;
    }

    private Mapping? ReadObject(ExpressionSyntax expression, TypeRef type)
    {
        if (expression is not BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation)
            return null;
        var schema = types.Type(type.Name);
        if (schema.IsUnion)
            return ReadCase(creation, schema);
        var fields = new Fields();
        foreach (var item in creation.Initializer?.Expressions ?? default)
        {
            if (item is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment
                || schema.Members.FirstOrDefault(m => m.Name == name.Identifier.ValueText) is not { } member
                || types.Compilation.GetSemanticModel(expression.SyntaxTree).GetTypeInfo(assignment.Right).ConvertedType is not { } assigned
                || ReadValue(assignment.Right, member.Type, assigned) is not { } value)
            {
                return null;
            }

            fields.Add(member.JsonName, value);
        }

        return fields.ToMapping();
    }

    private Mapping? ReadCase(BaseObjectCreationExpressionSyntax creation, TypeSchema union)
    {
        var type = types.Compilation.GetSemanticModel(creation.SyntaxTree).GetTypeInfo(creation, types.CancellationToken).Type;
        var member = type is null ? null : union.Members.FirstOrDefault(m => m.Type.Name == TypeReader.CSharpName(type));
        return member is not null && ReadObject(creation, member.Type) is { } value ? new Fields { { member.JsonName, value } }.ToMapping() : null;
    }

    private Sequence? ReadItems(ExpressionSyntax expression, TypeRef type, ITypeSymbol symbol)
    {
        var items = expression switch
        {
            CollectionExpressionSyntax collection when collection.Elements.All(static e => e is ExpressionElementSyntax)
                => collection.Elements.Select(static e => ((ExpressionElementSyntax)e).Expression),
            ArrayCreationExpressionSyntax { Initializer: { } array } => array.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { } initializer } => initializer.Expressions,
            _ => Enumerable.Empty<ExpressionSyntax>(),
        };
        var itemSymbol = symbol is IArrayTypeSymbol arrayType ? arrayType.ElementType : ((INamedTypeSymbol)symbol).TypeArguments[0];
        var nodes = items.Select(i => ReadValue(i, type.Item!, itemSymbol)).ToList();
        return nodes.Count == 0 || nodes.Contains(null) ? null : new Sequence(nodes.Select(static n => n!).ToEquatableArray());
    }

    private Mapping? ReadEntries(ExpressionSyntax expression, TypeRef type, ITypeSymbol symbol)
    {
        if (expression is not BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { } initializer })
            return null;
        var model = types.Compilation.GetSemanticModel(expression.SyntaxTree);
        var fields = new Fields();
        foreach (var item in initializer.Expressions)
        {
            var (key, value) = item switch
            {
                AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [var index] } } assignment => (index.Expression, assignment.Right),
                InitializerExpressionSyntax { Expressions: [var first, var second] } => (first, second),
                _ => ((ExpressionSyntax?)null, (ExpressionSyntax?)null),
            };
            if (key is null
                || model.GetConstantValue(key, types.CancellationToken).Value is not string text
                || ReadValue(value!, type.Item!, ((INamedTypeSymbol)symbol).TypeArguments[1]) is not { } node)
            {
                return null;
            }

            fields.Add(text, node);
        }

        return fields.ToMapping();
    }

    private Node? ReadDuration(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" })
            return "0s";
        if (expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method } } call
            || call.ArgumentList.Arguments is not [var argument]
            || model.GetConstantValue(argument.Expression, types.CancellationToken).Value is not IConvertible number)
        {
            return null;
        }

        var ticks = method switch
        {
            "FromDays" => TimeSpan.TicksPerDay,
            "FromHours" => TimeSpan.TicksPerHour,
            "FromMinutes" => TimeSpan.TicksPerMinute,
            "FromSeconds" => TimeSpan.TicksPerSecond,
            "FromMilliseconds" => TimeSpan.TicksPerMillisecond,
            _ => 0,
        };
        return ticks == 0 ? null : (Node)GoDuration.Format(new TimeSpan((long)(number.ToDecimal(CultureInfo.InvariantCulture) * ticks)));
    }

    /// <summary><c>new(2026, 1, 31)</c> and <c>DateOnly.Parse("2026-01-31")</c>; null for a day that no calendar has.</summary>
    private Node? ReadDate(ExpressionSyntax expression, SemanticModel model)
    {
        var arguments = expression is BaseObjectCreationExpressionSyntax { Initializer: null } creation ? creation.ArgumentList : (expression as InvocationExpressionSyntax)?.ArgumentList;
        var values = arguments?.Arguments.Select(a => model.GetConstantValue(a.Expression, types.CancellationToken).Value).ToList();
        var text = values switch
        {
            [int year, int month, int day] => FormattableString.Invariant($"{year:0000}-{month:00}-{day:00}"),
            [string written, ..] => written,
            _ => null,
        };
        return DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text! : null;
    }

    private static Node? Constant(object? value, TypeRef type, ITypeSymbol symbol) => (type.Shape, value) switch
    {
        (_, null) => null,
        (Shape.Enum, string text) => text,
        (Shape.Enum, { } member) => EnumText(symbol, member),
        (_, bool flag) => flag,
        (_, string text) => text,
        (_, char letter) => letter.ToString(),
        (Shape.Single or Shape.Double, double or float) => Node.Number(((IConvertible)value).ToDouble(CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)),
        (_, IConvertible number) => Node.Number(number.ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static Node? EnumText(ITypeSymbol symbol, object value)
    {
        var type = symbol is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : symbol;
        return type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value)) is { } field
            ? (Node)TypeReader.EnumText(field)
            : null;
    }

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Unwrap(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => Unwrap(inner.Operand),
        _ => expression,
    };

    private static bool IsEmptyCollection(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        BaseObjectCreationExpressionSyntax creation => creation.Initializer is null or { Expressions.Count: 0 },
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "Empty",
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText == "Empty",
        _ => false,
    };
}
