using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Json;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the conversion between the versions of a kind: what is the same in two versions, around the methods of the user for the rest.</summary>
internal static class ConversionEmitter
{
    /// <summary>The class with the conversion of a kind, as C# spells it anywhere.</summary>
    public static string ClassOf(ResourceModel stored) => EmittedFile.Beside(stored.Namespace, stored.Name + "Conversion");

    public static string Emit(ConversionPlan plan, bool hasRuntime)
    {
        var stored = plan.Kind.Storage;
        var others = plan.Kind.Versions.Where(static v => !v.IsStorage).ToList();
        var writer = EmittedFile.Start(stored.Namespace);
        writer.Summary($"Converts objects of kind {stored.Kind} between their versions, by way of {stored.Version}, which is stored.");
        // A part of the class that the user has written says itself how visible it is.
        var access = plan.Methods.Any(m => m.Type == ClassOf(stored)) ? "" : EmittedFile.Access(plan.Kind.Versions.All(static v => v.IsPublic)) + " ";
        writer.Open($"{access}static partial class {stored.Name}Conversion");
        if (hasRuntime)
            EmitKind(writer, stored, others);
        // Versions may share types, and then the methods for them.
        var emitted = new HashSet<(string From, string Name)>();
        foreach (var versions in plan.Versions)
        {
            foreach (var pair in versions.Pairs.Where(p => emitted.Add((p.From.CSharp, p.Name))))
                EmitPair(writer, versions, pair, isResource: pair == versions.Pairs[0]);
        }

        foreach (var from in others)
        {
            foreach (var to in others.Where(o => o != from))
            {
                Summary(writer, from, to);
                writer.Line($"public static {to.CSharp} {ConversionPlan.MethodName(to)}({from.CSharp} from) => {ConversionPlan.MethodName(to)}({ConversionPlan.MethodName(stored)}(from));");
                writer.Line();
            }
        }

        writer.Close();
        return writer.ToString();
    }

    private static void EmitKind(SourceWriter writer, ResourceModel stored, IReadOnlyList<ResourceModel> others)
    {
        writer.Summary("The conversion between all versions, as an operator serves it and tests try it.");
        writer.Line($"public static global::OperatorKit.KindConversion Kind {{ get; }} = global::OperatorKit.KindConversion.Of<{stored.CSharp}>()");
        writer.Indent();
        foreach (var other in others)
        {
            var end = other == others[others.Count - 1] ? ";" : "";
            writer.Line($".Add<{other.CSharp}>({ConversionPlan.MethodName(stored)}, {ConversionPlan.MethodName(other)}){end}");
        }

        writer.Outdent();
        writer.Line();
        writer.Summary($"Has the operator convert objects of kind {stored.Kind} for the API server. The controller of the kind brings it along.");
        writer.Line("/// <param name=\"builder\">The operator.</param>");
        writer.Line($"public static global::OperatorKit.OperatorBuilder Add{stored.Name}Conversion(this global::OperatorKit.OperatorBuilder builder) => builder.AddConversion(Kind);");
        writer.Line();
    }

    private static void Summary(SourceWriter writer, ResourceModel from, ResourceModel to)
    {
        writer.Summary($"Converts from {from.Version} to {to.Version}.");
        writer.Line("/// <param name=\"from\">The object; the result shares its metadata and all that is the same.</param>");
    }

    private static void EmitPair(SourceWriter writer, VersionPair versions, TypePair pair, bool isResource)
    {
        if (isResource)
            Summary(writer, versions.From, versions.To);
        writer.Line($"{(isResource ? "public" : "private")} static {pair.To.CSharp} {pair.Name}({pair.From.CSharp} from) =>");
        writer.Indent();
        if (pair.IsWhole)
            writer.Line($"{pair.Method!.CSharp}(from);");
        else if (pair.From.IsEnum)
            EmitCases(writer, pair.From.Values.Where(v => !pair.LostValues.Contains(v)).Select(v => ($"{pair.From.CSharp}.{v.Name}", $"{pair.To.CSharp}.{pair.To.Values.First(to => to.Text == v.Text).Name}")));
        else if (pair.From.IsUnion)
            EmitCases(writer, pair.Members.Select(m => ($"{m.From.Type.Name} some", new ConversionExpressions(versions).Convert(m.From.Type with { Nullable = false }, m.To.Type with { Nullable = false }, "some"))));
        else if (pair.Method is { } method)
            EmitCreation(writer, versions, pair, method.CSharp + "(from, ", ")");
        else
            EmitCreation(writer, versions, pair, "", "");
        writer.Outdent();
        writer.Line();
    }

    private static void EmitCases(SourceWriter writer, IEnumerable<(string From, string To)> cases)
    {
        writer.Open("from switch");
        foreach (var (from, to) in cases)
            writer.Line($"{from} => {to},");
        writer.Line("_ => throw new global::System.Text.Json.JsonException($\"{from} has no counterpart in the other version\"),");
        writer.Close(";");
    }

    private static void EmitCreation(SourceWriter writer, VersionPair versions, TypePair pair, string before, string after)
    {
        var expressions = new ConversionExpressions(versions);
        var arguments = string.Join(", ", pair.To.Members.Where(m => m.Setter == Setter.Constructor && (!m.HasInitializer || Value(m) is not null)).Select(m => $"{m.Name}: {Value(m) ?? JsonExpressions.Zero(m.Type)}"));
        writer.Open($"{before}new {pair.To.CSharp}({arguments})");
        foreach (var member in pair.To.Members.Where(static m => m.Setter is Setter.Set or Setter.Init))
        {
            if ((Value(member) ?? (member.IsRequiredMember ? JsonExpressions.Zero(member.Type) : null)) is { } value)
                writer.Line($"{member.Name} = {value},");
        }

        writer.Close(after + ";");

        string? Value(MemberSchema member) => pair.Members.FirstOrDefault(m => m.To == member) is { } found
            ? expressions.Convert(found.From.Type, found.To.Type, $"from.{found.From.Name}")
            : null;
    }
}
