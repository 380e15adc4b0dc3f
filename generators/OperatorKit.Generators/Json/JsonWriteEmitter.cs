using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Json;

/// <summary>Emits the method that writes a type. Members that are null are left out; members that are an unset <c>Optional</c> too.</summary>
internal static class JsonWriteEmitter
{
    private const string WriterType = "global::System.Text.Json.Utf8JsonWriter";

    public static void Emit(SourceWriter writer, TypeModel type)
    {
        writer.Open($"public static void WriteJson({WriterType} writer, {type.Name} value)");
        writer.Line("writer.WriteStartObject();");
        foreach (var property in type.Properties)
            EmitMember(writer, property);
        writer.Line("writer.WriteEndObject();");
        writer.Close();
    }

    /// <summary>Emits the statements that write one member with its name.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="property">The member.</param>
    /// <param name="owner">The expression for the object that has it.</param>
    public static void EmitMember(SourceWriter writer, PropertyModel property, string owner = "value")
    {
        var member = $"{owner}.{property.Name}";
        var name = Literals.Quote(property.JsonName) + "u8";
        if (property.IsOptional)
        {
            writer.Open($"if ({member}.IsSet)");
            writer.Line($"writer.WritePropertyName({name});");
            EmitValue(writer, property, $"{member}.Value");
            writer.Close();
        }
        else if (property.Type is { Shape: Shape.Enum or Shape.Record, Nullable: false, IsValueType: true })
        {
            writer.Line($"writer.WritePropertyName({name});");
            writer.Line(JsonExpressions.Write(property.Type, member) + ";");
        }
        else if (property.Type is { Shape: Shape.Enum or Shape.Record } or { Shape: Shape.List, IsValueType: true, Nullable: true })
        {
            writer.Open($"if ({member} is {{ }} the{property.Name})");
            writer.Line($"writer.WritePropertyName({name});");
            writer.Line(JsonExpressions.Write(property.Type, $"the{property.Name}") + ";");
            writer.Close();
        }
        else
        {
            writer.Line(JsonExpressions.WriteMember(property.Type, name, member));
        }
    }

    private static void EmitValue(SourceWriter writer, PropertyModel property, string value)
    {
        if (property.Type is { IsValueType: true, Nullable: false })
        {
            writer.Line(JsonExpressions.Write(property.Type, value) + ";");
            return;
        }

        writer.Line($"if ({value} is {{ }} the{property.Name})");
        writer.Line($"    {JsonExpressions.Write(property.Type with { Nullable = false }, "the" + property.Name)};");
        writer.Line("else");
        writer.Line("    writer.WriteNullValue();");
    }
}
