using System.Text.RegularExpressions;
using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What is wrong with the expressions of policies and webhook configurations.</summary>
internal static partial class PolicyExpressionRules
{
    private const int MostConditions = 64;

    private static readonly HashSet<string> Reserved =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    ];

    /// <summary>The <c>matchConditions</c> of a webhook or of the spec of a policy.</summary>
    public static IEnumerable<FieldError> Conditions(JsonObject owner, string path, bool hasParameters)
    {
        var compiler = new PolicyCompiler(hasParameters, hasVariables: false);
        var (conditions, at) = (owner.Objects("matchConditions").ToList(), $"{path}.matchConditions");
        if (conditions.Count > MostConditions)
            yield return FieldError.TooMany(at, conditions.Count, MostConditions);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var (condition, place) = (conditions[i], Checks.At(at, i));
            foreach (var error in Expression(condition, "expression", place, "", text => compiler.Condition(text.Trim()), trimmed: true, CelType.Bool))
                yield return error;
            var name = condition.StringAt("name") ?? "";
            foreach (var error in name.Length == 0 ? [FieldError.Required($"{place}.name")] : Checks.Formatted(name, $"{place}.name", NameFormat.QualifiedName))
                yield return error;
            if (name.Length > 0 && !names.Add(name))
                yield return FieldError.Duplicate($"{place}.name", name);
        }
    }

    /// <summary>The <c>variables</c> of a policy, each of which is known to what the compiler sees after it.</summary>
    public static IEnumerable<FieldError> Variables(JsonObject spec, string path, PolicyCompiler compiler)
    {
        var i = 0;
        foreach (var variable in spec.Objects("variables"))
        {
            var (place, name) = (Checks.At($"{path}.variables", i++), variable.StringAt("name") ?? "");
            if (string.IsNullOrWhiteSpace(name))
                yield return FieldError.Required($"{place}.name", "name is not specified");
            else if (!Identifier().IsMatch(name) || Reserved.Contains(name))
                yield return FieldError.Invalid($"{place}.name", name, "must be a valid CEL identifier");
            foreach (var error in Expression(variable, "expression", place, "expression is not specified", text => compiler.Variable(name, text), trimmed: false))
                yield return error;
        }
    }

    /// <summary>One expression that has to be there.</summary>
    /// <param name="missing">What is said where it is not.</param>
    /// <param name="trimmed">Whether the text at fault is shown without the space around it.</param>
    /// <param name="types">The types of which its value has to be one; none for any.</param>
    public static IEnumerable<FieldError> Expression(JsonObject owner, string field, string path, string missing, Func<string, CelExpression> compile, bool trimmed, params CelType[] types)
    {
        var (text, place) = (owner.StringAt(field) ?? "", $"{path}.{field}");
        if (string.IsNullOrWhiteSpace(text))
            return [FieldError.Required(place, missing)];
        return Problem(compile(text), types) is { } problem ? [FieldError.Invalid(place, trimmed ? text.Trim() : text, problem)] : [];
    }

    /// <summary>What is wrong with an expression, or null.</summary>
    private static string? Problem(CelExpression expression, CelType[] types)
    {
        if (expression.Error is { } error)
            return $"compilation failed: {error}";
        if (types.Length == 0 || types.Any(expression.Type.Same))
            return null;
        return types is [var only]
            ? $"must evaluate to {Named(only)} but got {Named(expression.Type)}"
            : $"must evaluate to one of [{string.Join(' ', types.Select(Named))}] but got {Named(expression.Type)}";
    }

    // cel-go has two ways to write some types, and admission shows the other one.
    private static string Named(CelType type) => type.Kind switch
    {
        CelTypeKind.Null => "null_type",
        CelTypeKind.Timestamp => "google.protobuf.Timestamp",
        CelTypeKind.Duration => "google.protobuf.Duration",
        _ => type.ToString(),
    };

    [GeneratedRegex("^[_a-zA-Z][_a-zA-Z0-9]*$")]
    private static partial Regex Identifier();
}
