using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>Schemas as the JSON emitter wants them.</summary>
internal static class JsonModels
{
    /// <summary>A record or class of the user.</summary>
    public static TypeModel Of(TypeSchema type) => new(type.Namespace, type.CSharp, type.Name + "Json", type.Members.Select(Of).ToEquatableArray())
    {
        IsValueType = type.IsValueType,
        ConstructorArguments = type.Members.Where(static m => m.Setter == Setter.Constructor).Select(static m => m.Name).ToEquatableArray(),
    };

    public static EnumModel OfEnum(TypeSchema type)
        => new(type.Namespace, type.CSharp, type.Name + "Json", type.Values.Select(static v => new EnumMember(v.Name, v.Text)).ToEquatableArray());

    /// <summary>The resource record itself.</summary>
    public static TypeModel Of(ResourceModel model)
    {
        var properties = new List<PropertyModel>
        {
            new("ApiVersion", "apiVersion", TypeRef.Scalar(Shape.String)) { Setter = Setter.None },
            new("Kind", "kind", TypeRef.Scalar(Shape.String)) { Setter = Setter.None },
            new("Metadata", "metadata", Record("global::OperatorKit.Models.V1ObjectMeta", null)) { Setter = Setter.Init, HasDefault = true },
            new("Spec", "spec", Record(model.Spec, model.SpecType)) { Setter = Setter.Init, IsRequired = true },
        };
        if (model.StatusType is { } status)
            properties.Add(new("Status", "status", Record(status.CSharp, status) with { Nullable = true }) { Setter = Setter.Init });
        return new TypeModel(model.Namespace, model.CSharp, model.Name + "Json", properties.ToEquatableArray()) { IsKind = true };
    }

    /// <summary>The static class with the JSON of a type, or the type itself where it brings its own.</summary>
    public static string JsonClass(TypeSchema type) => type.IsJsonModel ? type.CSharp : EmittedFile.Beside(type.Namespace, type.Name + "Json");

    private static TypeRef Record(string csharp, TypeSchema? type) => TypeRef.Record(csharp, type is null ? csharp : JsonClass(type));

    private static PropertyModel Of(MemberSchema member) => new(member.Name, member.JsonName, member.Type)
    {
        Setter = member.Setter,
        IsRequired = member.IsRequiredMember,
        HasDefault = member.HasInitializer,
    };
}
