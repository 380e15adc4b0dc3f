using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>The type of a value at run time.</summary>
internal static class CelRuntimeType
{
    private static readonly CelType AnyList = CelType.List(CelType.Dyn);
    private static readonly CelType AnyMap = CelType.Map(CelType.Dyn, CelType.Dyn);
    private static readonly CelType AnyOptional = CelType.Optional(CelType.Dyn);

    public static CelType Of(object value) => value switch
    {
        bool => CelType.Bool,
        long or CelIntegerOverflow => CelType.Int,
        ulong => CelType.Uint,
        double => CelType.Double,
        string => CelType.String,
        CelNull => CelType.Null,
        CelBytes => CelType.Bytes,
        DateTimeOffset => CelType.Timestamp,
        TimeSpan => CelType.Duration,
        CelType => CelType.Type,
        CelList => AnyList,
        CelMap => AnyMap,
        CelObject obj => CelType.Object(obj.Shape),
        CelMessage message => message.Type,
        CelOptional => AnyOptional,
        ICelOpaque opaque => CelType.Opaque(opaque.TypeName),
        _ => CelType.Dyn,
    };

    /// <summary>Whether a function that takes a type takes the value.</summary>
    public static bool Fits(CelType wanted, object value) => wanted.Kind switch
    {
        CelTypeKind.Dyn or CelTypeKind.Parameter => true,
        CelTypeKind.List => value is CelList,
        CelTypeKind.Map => value is CelMap,
        CelTypeKind.Opaque => wanted.IsOptional ? value is CelOptional : value is ICelOpaque opaque && opaque.TypeName == wanted.Name,
        _ => Of(value).Kind == wanted.Kind,
    };
}
