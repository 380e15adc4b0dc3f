using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Conversions;

/// <summary>How the versions of a kind become each other: each by way of the stored one.</summary>
internal sealed class ConversionPlan
{
    private readonly HashSet<(string From, string To, string Name)> _names = [];

    private ConversionPlan(KindModel kind, IReadOnlyList<ConversionMethod> methods)
    {
        (Kind, Methods) = (kind, methods);
        var (stored, others) = (kind.Storage, kind.Versions.Where(v => !v.IsStorage).ToList());
        Versions = [.. others.Select(other => Between(other, stored)), .. others.Select(other => Between(stored, other))];
    }

    public KindModel Kind { get; }

    /// <summary>The methods of the user, for whatever types.</summary>
    public IReadOnlyList<ConversionMethod> Methods { get; }

    /// <summary>From each version to the stored one, and back.</summary>
    public IReadOnlyList<VersionPair> Versions { get; }

    /// <summary>
    /// Whether somebody has to convert: without a method of the user the versions are the same but for their names, which the API server
    /// changes by itself.
    /// </summary>
    public bool NeedsWebhook => Versions.Any(static v => v.Pairs.Any(static p => p.Method is not null));

    public static ConversionPlan Of(KindModel kind, IReadOnlyList<ConversionMethod> methods) => new(kind, methods);

    /// <summary>The generated method that converts to a version.</summary>
    public static string MethodName(ResourceModel to) => "To" + char.ToUpperInvariant(to.Version[0]) + to.Version.Substring(1).Replace('-', '_');

    private VersionPair Between(ResourceModel from, ResourceModel to)
    {
        var pairs = new List<TypePair>();
        Pair(Whole(from), Whole(to));
        return new VersionPair(from, to, pairs);

        TypePair Pair(TypeSchema old, TypeSchema now)
        {
            if (pairs.Find(p => p.From.CSharp == old.CSharp && p.To.CSharp == now.CSharp) is { } known)
                return known;
            var pair = new TypePair(old, now, NameOf(old, now, to))
            {
                Method = Methods.FirstOrDefault(m => m.From == old.CSharp && m.To == now.CSharp),
            };
            pairs.Add(pair);
            if (pair.IsWhole)
                return pair;
            if (old.IsEnum)
                pair.LostValues.AddRange(old.Values.Where(value => now.Values.All(v => v.Text != value.Text)));
            else
                PairMembers(pair);
            return pair;
        }

        void PairMembers(TypePair pair)
        {
            foreach (var target in pair.To.Members)
            {
                var source = pair.From.Members.FirstOrDefault(m => m.JsonName == target.JsonName);
                if (source is not null && Converts(source.Type, target.Type))
                    pair.Members.Add(new MemberPair(source, target));
                else if (source is not null || target.IsRequired || target.IsRequiredMember)
                    pair.Missing.Add(target);
            }

            pair.Lost.AddRange(pair.From.Members.Where(m => pair.Members.All(p => p.From != m)));
        }

        bool Converts(TypeRef old, TypeRef now)
        {
            if (old.Shape != now.Shape || (old.Nullable && !now.Nullable))
                return false;
            if (old.Name == now.Name && (old.Item is null || old.Item.Declaration == now.Item?.Declaration))
                return true;
            if (old.Item is not null)
                return now.Item is not null && Converts(old.Item, now.Item);
            if (old.Shape is not (Shape.Record or Shape.Enum))
                return false;
            var (oldType, nowType) = (Find(from, old.Name), Find(to, now.Name));
            if (oldType is null || nowType is null || oldType.IsJsonModel || nowType.IsJsonModel || oldType.IsUnion != nowType.IsUnion)
                return false;
            Pair(oldType, nowType);
            return true;
        }
    }

    /// <summary>Overloads tell the types apart that are converted; what becomes two things in one version has two names.</summary>
    private string NameOf(TypeSchema old, TypeSchema now, ResourceModel to)
    {
        for (var number = 1; ; number++)
        {
            var name = MethodName(to) + (number == 1 ? "" : $"_{number}");
            if (_names.Any(n => n.From == old.CSharp && n.Name == name && n.To != now.CSharp))
                continue;
            _names.Add((old.CSharp, now.CSharp, name));
            return name;
        }
    }

    private static TypeSchema? Find(ResourceModel model, string type) => model.Types.FirstOrDefault(t => t.CSharp == type);

    /// <summary>The resource as a type with members.</summary>
    private static TypeSchema Whole(ResourceModel model)
    {
        var members = new List<MemberSchema>
        {
            new() { Name = "Metadata", JsonName = "metadata", Type = TypeRef.Record("global::OperatorKit.Models.V1ObjectMeta", "global::OperatorKit.Models.V1ObjectMeta"), Setter = Setter.Init, HasInitializer = true },
            new() { Name = "Spec", JsonName = "spec", Type = TypeRef.Record(model.Spec, model.Spec), Setter = Setter.Init, IsRequiredMember = true, IsRequired = true },
        };
        if (model.Status is { } status)
            members.Add(new() { Name = "Status", JsonName = "status", Type = TypeRef.Record(status, status, nullable: true), Setter = Setter.Init });
        return new TypeSchema { CSharp = model.CSharp, Name = model.Name, Namespace = model.Namespace, IsPublic = model.IsPublic, Members = members.ToEquatableArray() };
    }
}
