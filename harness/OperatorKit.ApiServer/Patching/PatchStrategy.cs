using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Patching;

/// <summary>How strategic merge patch treats one field.</summary>
internal readonly record struct PatchStrategy(bool Merges, bool Replaces, string? MergeKey)
{
    public static PatchStrategy Of(StructuralSchema? schema)
    {
        var strategies = schema?.PatchStrategy?.Split(',') ?? [];
        return new PatchStrategy(strategies.Contains(PatchDirective.Merge), strategies.Contains(PatchDirective.Replace), schema?.PatchMergeKey);
    }
}
