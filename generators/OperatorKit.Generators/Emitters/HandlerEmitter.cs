using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the handler stub that an operator derives from, and its context.</summary>
internal static class HandlerEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task";
    private const string Token = "global::System.Threading.CancellationToken";

    public static string EmitContext(ResourceModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        var name = model.Name + "Context";
        writer.Summary($"What a handler can do for its <see cref=\"{model.CSharp}\"/>: children, events, another run later.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed class {name} : global::OperatorKit.ReconcileContext<{model.CSharp}>");
        writer.Summary("Wraps one run. Called by generated code.");
        writer.Line("/// <param name=\"scope\">The run.</param>");
        writer.Line($"public {name}(global::OperatorKit.ReconcileScope<{model.CSharp}> scope)");
        writer.Line("    : base(scope)");
        writer.Open();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    public static string EmitHandler(ResourceModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        writer.Line($"""
            /// <summary>
            /// Handles objects of kind <see cref="{model.CSharp}"/>. Derive from it and override what you need: methods that are not overridden
            /// are not wired. One object is never handled twice at the same time; every method may run again for the same state and has to cope.
            /// </summary>
            """);
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} abstract class {model.Name}Handler : global::OperatorKit.IResourceHandler<{model.CSharp}>");
        EmitMethods(writer, model);
        EmitDispatch(writer, model);
        writer.Close();
        return writer.ToString();
    }

    private static void EmitMethods(SourceWriter writer, ResourceModel model)
    {
        var parameter = EmittedFile.Parameter(model.Name);
        var before = $"{model.CSharp} {parameter}, ";
        var after = $"{model.Name}Context context, {Token} cancellationToken";
        Method("The operator meets the object for the first time.", "OnCreateAsync", before + after, hasChange: false);
        Method("The spec has changed since it was handled last.", "OnUpdateAsync", $"{before}{model.Name}Change change, {after}", hasChange: true);
        Method("Anything else has happened: a child changed, a requeue came due. Takes the place of the others where they are not overridden.", "OnReconcileAsync", before + after, hasChange: false);

        Method("The operator has started and meets an object that was handled before and has not changed since.", "OnResumeAsync", before + after, hasChange: false);

        writer.Line("""
            /// <summary>The object is being deleted. Only an operator that overrides this puts a finalizer on its objects, which is taken off when the method returns.</summary>
            """);
        Parameters(hasChange: false);
        writer.Line($"public virtual {Task} OnDeleteAsync({before}{after}) => {Task}.CompletedTask;");
        writer.Line();

        void Method(string summary, string name, string parameters, bool hasChange)
        {
            writer.Summary(summary);
            Parameters(hasChange);
            if (model.StatusType is { } status)
            {
                writer.Line("/// <returns>The status to write. <c>observedGeneration</c>, and the condition <c>Ready</c> where it is missing, are added.</returns>");
                writer.Line($"public virtual {Task}<{status.CSharp}> {name}({parameters}) =>");
                writer.Line($"    {Task}.FromResult({parameter}.Status ?? {Json(status)}.Create());");
            }
            else
            {
                writer.Line($"public virtual {Task} {name}({parameters}) => {Task}.CompletedTask;");
            }

            writer.Line();
        }

        void Parameters(bool hasChange)
        {
            writer.Line($"/// <param name=\"{parameter.TrimStart('@')}\">The object, as the cache has it.</param>");
            if (hasChange)
                writer.Line("/// <param name=\"change\">What changed in the spec.</param>");
            writer.Line("/// <param name=\"context\">Access to the children of the object, and to its events.</param>");
            writer.Line("/// <param name=\"cancellationToken\">Cancelled on time-out, on shutdown and when leadership is lost.</param>");
        }
    }

    private static string Json(TypeSchema status) => JsonModels.JsonClass(status);

    private static void EmitDispatch(SourceWriter writer, ResourceModel model)
    {
        var type = model.CSharp;
        var result = model.Status is null ? "" : "return ";
        writer.Open($"async {Task}<global::OperatorKit.ResourceStatus?> global::OperatorKit.IResourceHandler<{type}>.ReconcileAsync(global::OperatorKit.ReconcileScope<{type}> scope, {Token} cancellationToken)");
        writer.Line($"var context = new {model.Name}Context(scope);");
        writer.Open("switch (scope.Method)");
        Case("case global::OperatorKit.HandlerMethods.Create:", "OnCreateAsync(scope.Resource, context, cancellationToken)");
        Case("case global::OperatorKit.HandlerMethods.Update:", $"OnUpdateAsync(scope.Resource, new {model.Name}Change(scope.Previous, scope.Resource), context, cancellationToken)");
        Case("case global::OperatorKit.HandlerMethods.Resume:", "OnResumeAsync(scope.Resource, context, cancellationToken)");
        Case("default:", "OnReconcileAsync(scope.Resource, context, cancellationToken)");
        writer.Close();
        if (model.Status is null)
        {
            writer.Line();
            writer.Line("return null;");
        }

        writer.Close();
        writer.Line();
        writer.Line($"{Task} global::OperatorKit.IResourceHandler<{type}>.DeleteAsync(global::OperatorKit.ReconcileScope<{type}> scope, {Token} cancellationToken) =>");
        writer.Line($"    OnDeleteAsync(scope.Resource, new {model.Name}Context(scope), cancellationToken);");

        void Case(string label, string call)
        {
            writer.Line(label);
            writer.Line($"    {result}await {call};");
            if (model.Status is null)
                writer.Line("    break;");
        }
    }
}
