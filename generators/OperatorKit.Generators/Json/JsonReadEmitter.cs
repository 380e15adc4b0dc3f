using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Json;

/// <summary>Emits the method that reads a type: a loop over the members, told apart by length first and by bytes then.</summary>
internal static class JsonReadEmitter
{
    private const string ReaderType = "global::System.Text.Json.Utf8JsonReader";

    public static void Emit(SourceWriter writer, TypeModel type, string accessibility, string methodName)
    {
        writer.Open($"{accessibility} static {type.Name} {methodName}(ref {ReaderType} reader)");
        if (AssignsDirectly(type))
        {
            writer.Line(NeedsCreate(type) ? "var value = Create();" : $"var value = new {type.Name}();");
            EmitLoop(writer, type, property => $"value.{property.Name}");
            writer.Line("return value;");
        }
        else
        {
            foreach (var property in Read(type))
                writer.Line(Declare(property));
            EmitLoop(writer, type, Local);
            EmitConstruction(writer, type);
        }

        writer.Close();
    }

    /// <summary>Emits <c>Create</c>, and the instance that defaults are taken from, where reading needs them.</summary>
    public static void EmitDefaults(SourceWriter writer, TypeModel type)
    {
        if (!AssignsDirectly(type))
        {
            writer.Line($"private static readonly {type.Name} Defaults = Create();");
            writer.Line();
        }

        writer.Line("/// <summary>The object that an empty JSON object stands for.</summary>");
        writer.Line($"public static {type.Name} Create() => {Creation(type)};");
        writer.Line();
    }

    private static void EmitLoop(SourceWriter writer, TypeModel type, System.Func<PropertyModel, string> target)
    {
        writer.Line("global::OperatorKit.Serialization.ModelReader.StartObject(ref reader);");
        writer.Open("while (global::OperatorKit.Serialization.ModelReader.NextMember(ref reader, out var name))");
        writer.Open("switch (name.Length)");
        foreach (var property in Read(type).OrderBy(p => Encoding.UTF8.GetByteCount(p.JsonName)))
        {
            writer.Line($"case {Encoding.UTF8.GetByteCount(property.JsonName)} when global::System.MemoryExtensions.SequenceEqual(name, {Literals.Quote(property.JsonName)}u8):");
            writer.Indent();
            writer.Line("if (global::OperatorKit.Serialization.ModelReader.Value(ref reader))");
            writer.Line($"    {target(property)} = {ReadExpression(property)};");
            if (property is { HasDefault: true, Type.Nullable: true })
                writer.Line($"else\n    {target(property)} = null;");
            writer.Line("break;");
            writer.Outdent();
        }

        writer.Line("default:");
        writer.Line("    global::OperatorKit.Serialization.ModelReader.Skip(ref reader);");
        writer.Line("    break;");
        writer.Close();
        writer.Close();
        writer.Line();
    }

    private static void EmitConstruction(SourceWriter writer, TypeModel type)
    {
        var assigned = Read(type).Where(p => p.Setter != Setter.Constructor).ToList();
        var arguments = string.Join(", ", type.ConstructorArguments.Select(name => Value(Read(type).First(p => p.Name == name))));
        if (assigned.Count == 0)
        {
            writer.Line($"return new {type.Name}({arguments});");
            return;
        }

        writer.Open($"return new {type.Name}{(arguments.Length > 0 ? $"({arguments})" : "")}");
        foreach (var property in assigned)
            writer.Line($"{property.Name} = {Value(property)},");
        writer.Close(";");
    }

    private static string ReadExpression(PropertyModel property) => property.Constant is { } constant
        ? $"global::OperatorKit.Serialization.ModelReader.String(ref reader, {Literals.Quote(constant)})"
        : JsonExpressions.Read(property.Type);

    // A default that may change under its owner is made anew for each object that lacks the member.
    private static string Declare(PropertyModel property) => Shapes.IsImmutable(property.Type.Shape)
        ? $"var {Local(property)} = Defaults.{property.Name};"
        : $"{property.Type.Name}? {Local(property)} = null;";

    private static string Value(PropertyModel property)
    {
        if (Shapes.IsImmutable(property.Type.Shape) || (property.Type.Nullable && !property.HasDefault))
            return Local(property);
        return $"{Local(property)} ?? Create().{property.Name}";
    }

    private static string Creation(TypeModel type)
    {
        // Parameters with a default are the last ones, and have it when they are left out.
        var arguments = string.Join(", ", type.ConstructorArguments
            .Select(name => Read(type).First(p => p.Name == name))
            .TakeWhile(p => !p.HasDefault)
            .Select(p => JsonExpressions.Zero(p.Type)));
        var required = type.Properties.Where(p => p.IsRequired && p.Setter is Setter.Set or Setter.Init)
            .Select(p => $"{p.Name} = {JsonExpressions.Zero(p.Type)}");
        var initialiser = string.Join(", ", required);
        return $"new {type.Name}({arguments})" + (initialiser.Length > 0 ? $" {{ {initialiser} }}" : "");
    }

    private static bool AssignsDirectly(TypeModel type) => Read(type).All(p => p.Setter == Setter.Set);

    private static bool NeedsCreate(TypeModel type) => type.Properties.Any(p => p.IsRequired);

    private static IEnumerable<PropertyModel> Read(TypeModel type) => type.Properties.Where(p => p.Setter != Setter.None && !p.IsOptional);

    // A prefix keeps locals apart from keywords, parameters and each other.
    private static string Local(PropertyModel property) => "the" + property.Name;
}
