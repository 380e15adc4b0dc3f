using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the hooks of a registration: how the runtime calls the methods that attributes wire.</summary>
internal static class HookEmitter
{
    /// <summary>The list that the registration hands over.</summary>
    public static void EmitList(SourceWriter writer, HandlerModel handler, HandledKind kind)
    {
        writer.Line("[");
        writer.Indent();
        foreach (var filter in handler.Filters)
            writer.Line($"global::OperatorKit.Hook.When<{kind.CSharp}>(global::OperatorKit.HandlerMethods.{filter.Methods}, {Condition(filter.When)}),");
        foreach (var (hook, index) in handler.Hooks.Select(static (h, i) => (h, i)))
            EmitHook(writer, handler, kind, hook, index);
        writer.Outdent();
        writer.Line("]);");
    }

    /// <summary>The comparisons that the list refers to.</summary>
    public static void EmitChanges(SourceWriter writer, HandlerModel handler, HandledKind kind)
    {
        foreach (var (hook, index) in handler.Hooks.Select(static (h, i) => (h, i)))
        {
            if (hook.Field is not { } field)
                continue;
            writer.Line();
            writer.Line($"private static global::OperatorKit.FieldChange<{field.Type}> Change{index}({kind.CSharp}? previous, {kind.CSharp} current) =>");
            writer.Line($"    global::OperatorKit.FieldChange.Between<{kind.CSharp}, {field.Type}>(previous, current, static o => {field.Expression}{field.Comparison});");
        }
    }

    private static void EmitHook(SourceWriter writer, HandlerModel handler, HandledKind kind, HookModel hook, int index)
    {
        writer.Line($"global::OperatorKit.Hook.{hook.Factory}<{kind.CSharp}>(");
        writer.Indent();
        writer.Line(Literals.Quote(hook.Method) + ",");
        if (hook.Field is not null)
            writer.Line($"static (previous, current) => Change{index}(previous, current).Changed,");
        foreach (var ticks in hook.Ticks)
            writer.Line($"global::System.TimeSpan.FromTicks({ticks}),");
        var call = $"(({handler.CSharp})handler).{hook.Method}({string.Join(", ", hook.Arguments.Select(a => Argument(a, kind, index)))})";
        var end = hook.When is null ? ")," : ",";
        if (hook.ReturnsStatus)
        {
            writer.Line("static async (handler, scope, cancellationToken) =>");
            writer.Line($"    await {call}{end}");
        }
        else
        {
            writer.Line("static async (handler, scope, cancellationToken) =>");
            writer.Line("{");
            writer.Line($"    await {call};");
            writer.Line("    return null;");
            writer.Line("}" + end);
        }

        if (hook.When is not null)
            writer.Line(Condition(hook.When) + "),");
        writer.Outdent();
    }

    private static string Condition(string when) => $"static (previous, current) => {when}";

    private static string Argument(string argument, HandledKind kind, int index) => argument switch
    {
        HookArgument.Resource => "scope.Resource",
        HookArgument.Change => $"Change{index}(scope.Previous, scope.Resource)",
        HookArgument.Context => $"new {kind.CSharp}Context(scope)",
        _ => "cancellationToken",
    };
}
