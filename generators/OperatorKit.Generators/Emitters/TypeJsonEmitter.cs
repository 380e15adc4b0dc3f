using OperatorKit.Generators.Json;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the JSON of one type that a spec or status reaches.</summary>
internal static class TypeJsonEmitter
{
    public static string Emit(TypeSchema type)
    {
        var writer = EmittedFile.Start(type.Namespace);
        if (type.IsUnion)
            UnionJsonEmitter.Emit(writer, type);
        else if (type.IsEnum)
            JsonEmitter.EmitEnumClass(writer, JsonModels.OfEnum(type));
        else
            JsonEmitter.EmitClass(writer, JsonModels.Of(type));
        return writer.ToString();
    }
}
