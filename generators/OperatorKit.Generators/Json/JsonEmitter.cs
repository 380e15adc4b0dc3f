using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Json;

/// <summary>Emits the JSON of a type: inside the type itself where it is partial, else in a static class beside it.</summary>
internal static class JsonEmitter
{
    /// <summary>Emits <c>ReadJson</c> and <c>WriteJson</c> into the open body of a type of our own, all of whose members have setters.</summary>
    public static void EmitMembers(SourceWriter writer, TypeModel type)
    {
        writer.Line("/// <inheritdoc/>");
        if (type.IsKind)
        {
            writer.Line($"public static {type.Name} ReadJson(ref global::System.Text.Json.Utf8JsonReader reader) =>");
            writer.Line("    global::OperatorKit.Serialization.ModelReader.Document(ref reader, ReadMembers);");
            writer.Line();
        }

        JsonReadEmitter.Emit(writer, type, type.IsKind ? "private" : "public", type.IsKind ? "ReadMembers" : "ReadJson");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        JsonWriteEmitter.Emit(writer, type);
    }

    /// <summary>Emits <c>ReadJson</c> and <c>WriteJson</c> into the open body of a partial type whose JSON is in a static class beside it.</summary>
    public static void EmitForwarders(SourceWriter writer, TypeModel type)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {type.Name} ReadJson(ref global::System.Text.Json.Utf8JsonReader reader) =>");
        writer.Line($"    global::OperatorKit.Serialization.ModelReader.Document(ref reader, {type.JsonClass}.ReadJson);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static void WriteJson(global::System.Text.Json.Utf8JsonWriter writer, {type.Name} value) => {type.JsonClass}.WriteJson(writer, value);");
    }

    /// <summary>Emits a static class with <c>Create</c>, <c>ReadJson</c> and <c>WriteJson</c>.</summary>
    public static void EmitClass(SourceWriter writer, TypeModel type)
    {
        writer.Summary($"The JSON of <see cref=\"{type.Name}\"/>.");
        writer.Open($"internal static class {type.JsonClass}");
        JsonReadEmitter.EmitDefaults(writer, type);
        JsonReadEmitter.Emit(writer, type, "public", "ReadJson");
        writer.Line();
        JsonWriteEmitter.Emit(writer, type);
        writer.Close();
    }

    /// <summary>Emits a static class with <c>WriteJson</c> only: for types that are sent and never received.</summary>
    public static void EmitWriteClass(SourceWriter writer, TypeModel type)
    {
        writer.Summary($"The JSON of <see cref=\"{type.Name}\"/>.");
        writer.Open($"internal static class {type.JsonClass}");
        JsonWriteEmitter.Emit(writer, type);
        writer.Close();
    }

    /// <summary>Emits the static class with the JSON of an enum.</summary>
    public static void EmitEnumClass(SourceWriter writer, EnumModel type)
    {
        writer.Summary($"The JSON of <see cref=\"{type.Name}\"/>.");
        writer.Open($"internal static class {type.JsonClass}");
        writer.Open($"public static {type.Name} ReadJson(ref global::System.Text.Json.Utf8JsonReader reader)");
        writer.Line("global::OperatorKit.Serialization.ModelReader.ExpectString(ref reader);");
        foreach (var member in type.Members)
        {
            writer.Line($"if (reader.ValueTextEquals({Literals.Quote(member.Json)}u8))");
            writer.Line($"    return {type.Name}.{member.Name};");
        }

        var allowed = Literals.Quote(string.Join(", ", System.Linq.Enumerable.Select(type.Members, m => m.Json)));
        writer.Line($"throw global::OperatorKit.Serialization.ModelReader.UnknownValue(ref reader, {allowed});");
        writer.Close();
        writer.Line();
        writer.Line($"public static void WriteJson(global::System.Text.Json.Utf8JsonWriter writer, {type.Name} value) =>");
        writer.Line("    writer.WriteStringValue(ToJson(value));");
        writer.Line();
        writer.Line($"public static global::System.ReadOnlySpan<byte> ToJson({type.Name} value) => value switch");
        writer.Line("{");
        writer.Indent();
        foreach (var member in type.Members)
            writer.Line($"{type.Name}.{member.Name} => {Literals.Quote(member.Json)}u8,");
        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(value), value, null),");
        writer.Outdent();
        writer.Line("};");
        writer.Close();
    }
}
