using System.Linq;
using System.Text;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the JSON of a closed hierarchy: an object with one member, whose name says which case it is.</summary>
internal static class UnionJsonEmitter
{
    private const string Reader = "global::OperatorKit.Serialization.ModelReader";

    public static void Emit(SourceWriter writer, TypeSchema type)
    {
        var names = string.Join(", ", type.Members.Select(static m => m.JsonName));
        writer.Summary($"The JSON of <see cref=\"{type.CSharp}\"/>: one of {names}.");
        writer.Open($"internal static class {type.Name}Json");
        writer.Summary("No case is one that an empty JSON object stands for; what is null is not written.");
        writer.Line($"public static {type.CSharp} Create() => null!;");
        writer.Line();
        writer.Open($"public static {type.CSharp} ReadJson(ref global::System.Text.Json.Utf8JsonReader reader)");
        writer.Line($"{type.CSharp}? value = null;");
        writer.Line($"{Reader}.StartObject(ref reader);");
        writer.Open($"while ({Reader}.NextMember(ref reader, out var name))");
        writer.Open("switch (name.Length)");
        foreach (var member in type.Members)
        {
            writer.Line($"case {Encoding.UTF8.GetByteCount(member.JsonName)} when global::System.MemoryExtensions.SequenceEqual(name, {Literals.Quote(member.JsonName)}u8):");
            writer.Line($"    if ({Reader}.Value(ref reader))");
            writer.Line($"        value = {member.Type.Json}.ReadJson(ref reader);");
            writer.Line("    break;");
        }

        writer.Line("default:");
        writer.Line($"    {Reader}.Skip(ref reader);");
        writer.Line("    break;");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line($"return value ?? throw new global::System.Text.Json.JsonException({Literals.Quote($"none of {names} is set")});");
        writer.Close();
        writer.Line();
        writer.Open($"public static void WriteJson(global::System.Text.Json.Utf8JsonWriter writer, {type.CSharp} value)");
        writer.Line("writer.WriteStartObject();");
        writer.Open("switch (value)");
        foreach (var member in type.Members)
        {
            writer.Line($"case {member.Type.Name} the{member.Name}:");
            writer.Line($"    writer.WritePropertyName({Literals.Quote(member.JsonName)}u8);");
            writer.Line($"    {member.Type.Json}.WriteJson(writer, the{member.Name});");
            writer.Line("    break;");
        }

        writer.Close();
        writer.Line();
        writer.Line("writer.WriteEndObject();");
        writer.Close();
        writer.Close();
    }
}
