namespace OperatorKit.Conditions;

/// <summary>Where a controller notes on an object how far it has come, so that several controllers of one kind do not mistake each other's notes for their own.</summary>
/// <param name="Condition">The type of its condition.</param>
/// <param name="Others">The types of the other controllers' conditions, which it leaves alone.</param>
/// <param name="Annotation">The annotation with the generation that it dealt with last; null where that is <c>status.observedGeneration</c>.</param>
internal sealed record ProgressPlace(string Condition, IReadOnlyList<string> Others, string? Annotation)
{
    /// <summary>Whether other controllers of the operator write to the same status.</summary>
    public bool IsShared => Others.Count > 0;

    /// <summary>The place of a controller.</summary>
    /// <param name="name">The controller.</param>
    /// <param name="options">What its user asks for.</param>
    /// <param name="definition">The kind.</param>
    /// <param name="siblings">The controllers of the kind, this one included, in order.</param>
    public static ProgressPlace Of(string name, ControllerOptions options, ResourceDefinition definition, IReadOnlyList<(string Name, ControllerOptions Options)> siblings)
    {
        var main = siblings.Select(static sibling => sibling.Name).FirstOrDefault(sibling => string.Equals(sibling, definition.Kind, StringComparison.OrdinalIgnoreCase)) ?? siblings[0].Name;
        var others = siblings.Where(sibling => sibling.Name != name).Select(sibling => ConditionOf(sibling.Name, sibling.Options, main)).ToArray();
        var annotation = options.ProgressAnnotation ?? (name == main ? null : $"{definition.Group}/{name}-observed-generation");
        return new ProgressPlace(ConditionOf(name, options, main), others, annotation);
    }

    private static string ConditionOf(string name, ControllerOptions options, string main) =>
        options.Condition ?? (name == main ? ReadyCondition.Type : string.Concat(name.Split('-', '.').Select(Capital)) + ReadyCondition.Type);

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
