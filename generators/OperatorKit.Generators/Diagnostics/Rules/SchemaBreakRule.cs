using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on one kind of break between the schema of the baseline and that of the record.</summary>
internal abstract class SchemaBreakRule(BreakKind kind) : BaselineRule
{
    protected sealed override IEnumerable<BreakingChange> Problems(Mapping definition, Mapping? before, RecordReading record)
        => before is null ? [] : record.BreaksSince(before).Where(c => c.Kind == kind);
}
