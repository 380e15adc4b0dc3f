using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Follows the members that CEL rules name through the schema: one that does not exist, or a loop over a collection without
/// a bound, would be refused only when the definition is applied.
/// </summary>
internal sealed class RuleCheck
{
    private static readonly Regex Literals = new("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.CultureInvariant);
    private static readonly Regex Paths = new(@"(?<![\w.])(?:self|oldSelf)((?:\.\??[A-Za-z_]\w*)*)(\()?", RegexOptions.CultureInvariant);

    private readonly ResourceModel _model;
    private readonly TypeReader _types;

    private RuleCheck(ResourceModel model, TypeReader types)
    {
        _model = model;
        _types = types;
    }

    public static void Run(ResourceModel model, TypeReader types, Location? recordLocation)
    {
        var check = new RuleCheck(model, types);
        foreach (var type in model.Types.Where(static t => !t.IsJsonModel))
        {
            foreach (var rule in type.Rules)
                check.Check(rule, TypeRef.Record(type.CSharp, ""), null, types.Locations.TryGetValue((type.CSharp, ""), out var place) ? place : recordLocation);
            foreach (var member in type.Members)
            {
                foreach (var rule in member.Constraints.Rules)
                    check.Check(rule, member.Type, member, types.Locations.TryGetValue((type.CSharp, member.Name), out var place) ? place : recordLocation);
            }
        }
    }

    private void Check(Rule rule, TypeRef self, MemberSchema? owner, Location? location)
    {
        foreach (Match match in Paths.Matches(Literals.Replace(rule.Expression, "''")))
        {
            var names = match.Groups[1].Value.Split(['.'], System.StringSplitOptions.RemoveEmptyEntries).Select(Unescape).ToList();
            var function = "";
            if (match.Groups[2].Success && names.Count > 0)
            {
                function = names[names.Count - 1];
                names.RemoveAt(names.Count - 1);
            }

            var type = self;
            var member = owner;
            foreach (var name in names)
            {
                if (type.Shape != Shape.Record || type.Name == "global::OperatorKit.Models.V1ObjectMeta" || _model.Type(type.Name) is not { PreservesUnknown: false } schema)
                {
                    if (Shapes.IsImmutable(type.Shape) && type.Shape is not (Shape.RawJson or Shape.IntOrString or Shape.Quantity))
                        _types.Report(CelNameRule.Descriptor, location, rule.Expression, name, "a scalar, which has no members");
                    member = null;
                    break;
                }

                member = schema.Members.FirstOrDefault(m => m.JsonName == name);
                if (member is null)
                {
                    _types.Report(CelNameRule.Descriptor, location, rule.Expression, name, schema.Name);
                    break;
                }

                type = member.Type;
            }

            if (function is "all" or "exists" or "exists_one" or "map" or "filter" && member is { Type.Item: not null, Constraints.MaxLength: null })
                _types.Report(CelBoundRule.Descriptor, location, rule.Expression, member.Name);
        }
    }

    /// <summary>CEL spells characters and words that it cannot have in names with underscores.</summary>
    private static string Unescape(string name)
    {
        name = name.TrimStart('?').Replace("__dash__", "-").Replace("__dot__", ".").Replace("__slash__", "/");
        return name.Length > 4 && name.StartsWith("__") && name.EndsWith("__") ? name.Substring(2, name.Length - 4) : name.Replace("__underscores__", "__");
    }
}
