namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>Decides whether types fit together, and what a call's type parameters come to stand for.</summary>
internal sealed class CelUnification
{
    private readonly Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);

    /// <summary>Whether a value of a type can be given where another is wanted.</summary>
    public bool Accepts(CelType wanted, CelType given)
    {
        if (wanted.Kind == CelTypeKind.Parameter)
            return Bind(wanted.Name, given);
        if (wanted.Kind == CelTypeKind.Dyn || given.Kind == CelTypeKind.Dyn)
            return true;
        if (given.Kind == CelTypeKind.Null && wanted.Kind is CelTypeKind.Timestamp or CelTypeKind.Duration or CelTypeKind.Object or CelTypeKind.Opaque)
            return true;
        if (wanted.Kind != given.Kind || wanted.Name != given.Name || wanted.Parameters.Length != given.Parameters.Length)
            return false;
        if (wanted.Kind == CelTypeKind.Object)
            return wanted.Same(given);
        for (var i = 0; i < wanted.Parameters.Length; i++)
        {
            if (!Accepts(wanted.Parameters[i], given.Parameters[i]))
                return false;
        }

        return true;
    }

    /// <summary>The type with its parameters replaced by what they stand for; an undetermined one is dynamic.</summary>
    public CelType Resolve(CelType type) => type.Kind switch
    {
        CelTypeKind.Parameter => _bound.GetValueOrDefault(type.Name, CelType.Dyn),
        CelTypeKind.List => CelType.List(Resolve(type.Parameters[0])),
        CelTypeKind.Map => CelType.Map(Resolve(type.Parameters[0]), Resolve(type.Parameters[1])),
        CelTypeKind.Opaque when type.IsOptional => CelType.Optional(Resolve(type.Parameters[0])),
        _ => type,
    };

    private bool Bind(string name, CelType given)
    {
        if (!_bound.TryGetValue(name, out var earlier))
        {
            _bound[name] = given;
            return true;
        }

        if (Accepts(earlier, given))
        {
            _bound[name] = given.Kind == CelTypeKind.Dyn && !ReferenceEquals(given, CelType.Undetermined) || earlier.Kind == CelTypeKind.Null ? given : earlier.Determined(given);
            return true;
        }

        if (!Accepts(given, earlier))
            return false;
        _bound[name] = given;
        return true;
    }
}
