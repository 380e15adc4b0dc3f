using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads validation attributes: DataAnnotations, and our own for what those cannot say.</summary>
internal sealed class ConstraintReader(TypeReader types, string member, Location? location)
{
    public const string ExternalDocsAttribute = "OperatorKit.ExternalDocsAttribute";

    private const string Annotations = "System.ComponentModel.DataAnnotations.";

    /// <summary>The constraints of a member and, from <c>[Items]</c>-like uses, of what it holds.</summary>
    public (Constraints Own, Constraints Items) Read(IReadOnlyList<AttributeData> attributes, TypeRef type)
    {
        var own = WithinType(type);
        foreach (var attribute in attributes)
            own = Apply(own, attribute, type);
        return (own with { Rules = RuleReader.Read(attributes).ToEquatableArray() }, type.Item is { } item ? Items(attributes, item) : Constraints.None);
    }

    public static ExternalDocs Docs(AttributeData attribute) => new(attribute.Argument(0) as string ?? "", attribute.Named("Description") as string);

    /// <summary>Whether a text is the whole address of something.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private Constraints Items(IReadOnlyList<AttributeData> attributes, TypeRef item)
    {
        var within = WithinType(item);
        if (attributes.FirstOrDefault(static a => a.AttributeClass.Is("OperatorKit.ItemsAttribute")) is not { } attribute)
            return within;
        return within with
        {
            MinLength = attribute.Named("MinLength") as int?,
            MaxLength = attribute.Named("MaxLength") as int?,
            Pattern = Checked(attribute, attribute.Named("Pattern") as string),
            Minimum = attribute.Named("Minimum") as long? ?? within.Minimum,
            Maximum = attribute.Named("Maximum") as long? ?? within.Maximum,
            Allowed = attribute.NamedArguments.Where(static a => a.Key == "Allowed").SelectMany(static a => a.Value.Values).Select(Literal).ToEquatableArray(),
        };
    }

    /// <summary>The range of C# integers that OpenAPI has no format for.</summary>
    private static Constraints WithinType(TypeRef type) => type.Shape switch
    {
        Shape.Byte => new Constraints { Minimum = byte.MinValue, Maximum = byte.MaxValue },
        Shape.SByte => new Constraints { Minimum = sbyte.MinValue, Maximum = sbyte.MaxValue },
        Shape.Int16 => new Constraints { Minimum = short.MinValue, Maximum = short.MaxValue },
        Shape.UInt16 => new Constraints { Minimum = ushort.MinValue, Maximum = ushort.MaxValue },
        Shape.UInt32 => new Constraints { Minimum = uint.MinValue, Maximum = uint.MaxValue },
        _ => Constraints.None,
    };

    private Constraints Apply(Constraints constraints, AttributeData attribute, TypeRef type)
    {
        switch (attribute.AttributeClass.FullName())
        {
            case Annotations + "RangeAttribute" when Fits(attribute, IsNumber(type)):
                return constraints with
                {
                    Minimum = Number(attribute.ConstructorArguments[attribute.ConstructorArguments.Length - 2]),
                    Maximum = Number(attribute.ConstructorArguments[attribute.ConstructorArguments.Length - 1]),
                    ExclusiveMinimum = attribute.Named("MinimumIsExclusive") is true,
                    ExclusiveMaximum = attribute.Named("MaximumIsExclusive") is true,
                };
            case "OperatorKit.MinimumAttribute" when Fits(attribute, IsNumber(type)):
                return constraints with { Minimum = Number(attribute.ConstructorArguments[0]), ExclusiveMinimum = attribute.Named("IsExclusive") is true };
            case "OperatorKit.MaximumAttribute" when Fits(attribute, IsNumber(type)):
                return constraints with { Maximum = Number(attribute.ConstructorArguments[0]), ExclusiveMaximum = attribute.Named("IsExclusive") is true };
            case "OperatorKit.MultipleOfAttribute" when Fits(attribute, IsNumber(type)):
                return constraints with { MultipleOf = Number(attribute.ConstructorArguments[0]) };
            case Annotations + "MinLengthAttribute" when Fits(attribute, HasLength(type)):
                return constraints with { MinLength = attribute.Argument(0) as int? };
            case Annotations + "MaxLengthAttribute" when Fits(attribute, HasLength(type)):
                return constraints with { MaxLength = attribute.Argument(0) as int? };
            case Annotations + "LengthAttribute" when Fits(attribute, HasLength(type)):
                return constraints with { MinLength = attribute.Argument(0) as int?, MaxLength = attribute.Argument(1) as int? };
            case Annotations + "StringLengthAttribute" when Fits(attribute, type.Shape == Shape.String):
                return constraints with { MinLength = attribute.Named("MinimumLength") as int? ?? constraints.MinLength, MaxLength = attribute.Argument(0) as int? };
            case Annotations + "RequiredAttribute" when type.Shape == Shape.String && attribute.Named("AllowEmptyStrings") is not true:
                return constraints with { MinLength = constraints.MinLength ?? 1 };
            case Annotations + "RegularExpressionAttribute" when Fits(attribute, IsText(type)):
                return constraints with { Pattern = Checked(attribute, attribute.Argument(0) as string) is { } pattern ? Patterns.Anchor(pattern) : null };
            case "OperatorKit.PatternAttribute" when Fits(attribute, IsText(type)):
                return constraints with { Pattern = Checked(attribute, attribute.Argument(0) as string) };
            case Annotations + "AllowedValuesAttribute" when Fits(attribute, type.Item is null && type.Shape != Shape.Record):
                return constraints with { Allowed = attribute.ArrayArgument().Select(Literal).ToEquatableArray() };
            case Annotations + "UrlAttribute":
                return constraints with { Format = "uri" };
            case Annotations + "EmailAddressAttribute":
                return constraints with { Format = "email" };
            case Annotations + "DisplayAttribute":
                return constraints with { Title = attribute.Named("Name") as string ?? constraints.Title };
            case "System.ComponentModel.DisplayNameAttribute":
                return constraints with { Title = attribute.Argument(0) as string };
            case "OperatorKit.FormatAttribute":
                return constraints with { Format = attribute.Argument(0) as string };
            case ExternalDocsAttribute when Fits(attribute, IsAddress(attribute.Argument(0) as string ?? "")):
                return constraints with { ExternalDocs = Docs(attribute) };
            case "OperatorKit.AtomicAttribute" when Fits(attribute, type.Shape is Shape.List or Shape.Dictionary or Shape.Record or Shape.Set):
                return constraints with { Atomic = true };
            case "OperatorKit.ImmutableAttribute":
                return constraints with { Immutable = true };
            case "OperatorKit.NullableValueAttribute":
                return constraints with { Nullable = true };
            case "OperatorKit.PreserveUnknownFieldsAttribute":
                return constraints with { PreserveUnknown = true };
            case "OperatorKit.EmbeddedResourceAttribute":
                return constraints with { EmbeddedResource = true, PreserveUnknown = true };
            default:
                return constraints;
        }
    }

    private bool Fits(AttributeData attribute, bool fits)
    {
        if (!fits)
        {
            var name = attribute.AttributeClass!.Name;
            types.Report(ValidationRule.Descriptor, attribute.Location() ?? location, name.Substring(0, name.Length - "Attribute".Length), member);
        }

        return fits;
    }

    /// <summary>A regular expression that the API server can run; null, and a report, for any other.</summary>
    private string? Checked(AttributeData attribute, string? pattern)
    {
        if (pattern is null || Patterns.Problem(pattern) is not { } problem)
            return pattern;
        types.Report(PatternRule.Descriptor, attribute.Location() ?? location, pattern, problem);
        return null;
    }

    private static bool IsNumber(TypeRef type)
        => type.Shape is Shape.Byte or Shape.SByte or Shape.Int16 or Shape.UInt16 or Shape.Int32 or Shape.UInt32 or Shape.Int64 or Shape.Single or Shape.Double;

    private static bool IsText(TypeRef type) => type.Shape is Shape.String or Shape.IntOrString or Shape.Quantity;

    private static bool HasLength(TypeRef type) => IsText(type) || type.Item is not null || type.Shape is Shape.Bytes or Shape.Uri or Shape.Record;

    /// <summary>A bound; infinite ones are no bound.</summary>
    private static decimal? Number(TypedConstant constant) => constant.Value switch
    {
        double value when double.IsInfinity(value) || double.IsNaN(value) || Math.Abs(value) > 7e28 => null,
        double value => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
        IConvertible value => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Node Literal(TypedConstant constant) => constant.Value switch
    {
        null => Node.Null,
        bool value => value,
        string value => value,
        _ when constant is { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type } => EnumText(type, constant.Value),
        IConvertible value => Node.Number(value.ToString(CultureInfo.InvariantCulture)),
        _ => Node.Null,
    };

    private static string EnumText(INamedTypeSymbol type, object value)
        => type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue && Equals(f.ConstantValue, value)).Select(TypeReader.EnumText).FirstOrDefault()
            ?? value.ToString();
}
