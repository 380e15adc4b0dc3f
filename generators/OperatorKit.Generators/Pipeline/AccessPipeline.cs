using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Imports;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Pipeline;

/// <summary>From calls of the API and declared rights to the rights of the operator.</summary>
internal static class AccessPipeline
{
    /// <summary>What the code of the whole assembly does to the cluster, and what it says that it does; in an order that does not depend on that of the files.</summary>
    public static IncrementalValueProvider<AccessModel> Of(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<ImportedKind>> imports)
    {
        var uses = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => ClientCalls.MayNeedRight(node), SyntaxReadings.UsesIn)
            .SelectMany(static (u, _) => u).WithTrackingName(TrackingNames.Uses);
        var rights = context.SyntaxProvider
            .ForAttributeWithMetadataName(RightReader.FullName, static (_, _) => true, static (c, _) => c.Attributes.Select(RightReader.Read).ToEquatableArray())
            .SelectMany(static (r, _) => r).WithTrackingName(TrackingNames.Rights);
        return uses.Collect().Combine(imports).Combine(rights.Collect())
            .Select(static (all, _) => new AccessModel(
                all.Left.Left.Select(u => ImportedCalls.Resolve(u, all.Left.Right)).Distinct().OrderBy(static u => u.ToString(), StringComparer.Ordinal).ToEquatableArray(),
                all.Right.Distinct().OrderBy(static r => r.ToString(), StringComparer.Ordinal).ToEquatableArray()))
            .WithTrackingName(TrackingNames.Access);
    }
}
