using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads <c>[PrinterColumn]</c>; what an attribute leaves open stays empty.</summary>
internal static class ColumnReader
{
    public const string FullName = "OperatorKit.PrinterColumnAttribute";

    public static IEnumerable<PrinterColumn> Read(IEnumerable<AttributeData> attributes)
        => attributes.Where(static a => a.AttributeClass.Is(FullName)).Select(Read);

    public static PrinterColumn Read(AttributeData attribute) => new(
        attribute.Argument(0) as string ?? "",
        attribute.Named("Type") as string ?? "",
        attribute.Named("JsonPath") as string ?? "",
        attribute.Named("Priority") as int? ?? 0,
        attribute.Named("Format") as string,
        attribute.Named("Description") as string);
}
