using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on one kind of break between the schema of the baseline and that of the record.</summary>
internal abstract class SchemaBreakRule(BreakKind kind) : BaselineRule
{
    protected sealed override IEnumerable<(string Path, string Text)> Problems(Mapping definition, Mapping? before, ResourceModel after)
        => SchemaComparison.Compare((before?["schema"] as Mapping)?["openAPIV3Schema"], new OpenApiSchema(after).Root())
            .Where(c => c.Kind == kind)
            .Select(static c => (c.Path, c.Text));
}
