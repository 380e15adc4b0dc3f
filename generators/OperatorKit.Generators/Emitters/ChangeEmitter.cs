using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the change record: old and new value of each member of the spec.</summary>
internal static class ChangeEmitter
{
    public static string Emit(ResourceModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        var name = model.Name + "Change";
        writer.Summary($"What changed in the spec of a <see cref=\"{model.CSharp}\"/> since the operator dealt with it last.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed class {name} : global::OperatorKit.ResourceChange<{model.CSharp}>");
        writer.Summary("Compares two states of one object.");
        writer.Line("/// <param name=\"previous\">The object as it was handled last; null where that is not known.</param>");
        writer.Line("/// <param name=\"current\">The object now.</param>");
        writer.Line($"public {name}({model.CSharp}? previous, {model.CSharp} current)");
        writer.Line("    : base(previous, current)");
        writer.Open();
        writer.Close();
        foreach (var member in model.SpecType.Members)
        {
            writer.Line();
            writer.Summary(Literals.Xml(member.Description ?? "Before and now."));
            writer.Line($"public global::OperatorKit.FieldChange<{member.Type.Declaration}> {PropertyName(member.Name, name)} => Field(static o => o.Spec.{member.Name}{Comparer(member.Type)});");
        }

        EmitChangedMembers(writer, model, name);
        writer.Close();
        return writer.ToString();
    }

    private static void EmitChangedMembers(SourceWriter writer, ResourceModel model, string name)
    {
        writer.Line();
        writer.Summary("The JSON names of the members that changed.");
        writer.Open("public global::System.Collections.Generic.IEnumerable<string> ChangedMembers");
        writer.Open("get");
        foreach (var member in model.SpecType.Members)
        {
            writer.Line($"if ({PropertyName(member.Name, name)}.Changed)");
            writer.Line($"    yield return {Literals.Quote(member.JsonName)};");
        }

        if (model.SpecType.Members.Count == 0)
            writer.Line("yield break;");
        writer.Close();
        writer.Close();
    }

    /// <summary>The name of a member in the change record, which has members of its own.</summary>
    public static string PropertyName(string name, string type)
        => name is "Previous" or "Current" or "Field" or "ChangedMembers" || name == type ? name + "Value" : name;

    /// <summary>A further argument for records and collections: they are compared by content, which is what their JSON says.</summary>
    public static string Comparer(TypeRef type) => type.Shape switch
    {
        Shape.Record or Shape.List or Shape.Set or Shape.Dictionary or Shape.Bytes or Shape.JsonNode or Shape.JsonObject or Shape.RawJson
            => $", global::OperatorKit.Serialization.JsonComparer.Of<{type.Declaration}>(static (writer, value) => {Json.JsonExpressions.Write(type, Unwrapped(type))})",
        _ => "",
    };

    private static string Unwrapped(TypeRef type) => type.IsNullableValue ? "value!.Value" : type.Nullable ? "value!" : "value";
}
