using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>The apply record of a type inside a kind.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="Twin">The type whose members it may set, as C# spells it anywhere.</param>
/// <param name="IsPublic">Whether code outside the assembly may name it.</param>
/// <param name="Members">Its members.</param>
internal sealed record ApplyModel(string Namespace, string Name, string Twin, bool IsPublic, EquatableArray<ApplyMember> Members)
{
    public static ApplyModel Of(TypeSchema type) => new(type.Namespace, ApplyTypes.Name(type), type.CSharp, type.IsPublic, type.Members.Select(Member).ToEquatableArray());

    private static ApplyMember Member(MemberSchema member) => new(ApplyTypes.Property(member.Name, member.JsonName, member.Type), Literals.Xml(member.Description ?? $"See <see cref=\"{member.Name}\"/>."));
}

/// <summary>A member of an apply record.</summary>
/// <param name="Property">Its name, type and JSON.</param>
/// <param name="Summary">Its documentation, as XML.</param>
internal sealed record ApplyMember(PropertyModel Property, string Summary);
