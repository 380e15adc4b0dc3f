using System.Linq;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits how an operator is added to a host.</summary>
internal static class RegistrationEmitter
{
    public static string Emit(Registration registration)
    {
        var (handler, model) = registration;
        var writer = EmittedFile.Start(handler.Namespace);
        writer.Summary($"Adds <see cref=\"{handler.CSharp}\"/> to an operator.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(handler.IsPublic)} static class {handler.Name}Registration");
        writer.Summary($"Adds <see cref=\"{handler.CSharp}\"/>, which handles objects of kind <see cref=\"{model.CSharp}\"/>.");
        writer.Line("/// <param name=\"builder\">The operator.</param>");
        writer.Line("/// <param name=\"configure\">Changes the defaults.</param>");
        writer.Line($"public static global::OperatorKit.OperatorBuilder Add{handler.Name}(this global::OperatorKit.OperatorBuilder builder, global::System.Action<global::OperatorKit.ControllerOptions>? configure = null) =>");
        writer.Indent();
        var conversion = registration.Conversion is { } type ? $"AddConversion({type}.Kind)." : "";
        writer.Line($"builder.{conversion}AddController<{model.CSharp}, {handler.CSharp}>(");
        writer.Indent();
        writer.Line(Methods(handler) + ",");
        writer.Line($"[{string.Join(", ", handler.Owns.Select(static o => $"global::OperatorKit.OwnedKind.Of<{o.CSharp}>()"))}],");
        if (handler.Services.Count > 0)
        {
            writer.Line($"static services => new {handler.CSharp}(");
            writer.Line("    " + string.Join(",\n    ", handler.Services.Select(Service)) + "),");
        }

        if (handler.Hooks.Count + handler.Filters.Count > 0)
        {
            writer.Line("configure,");
            HookEmitter.EmitList(writer, handler, model);
        }
        else
        {
            writer.Line("configure);");
        }

        writer.Outdent();
        writer.Outdent();
        HookEmitter.EmitChanges(writer, handler, model);
        writer.Close();
        return writer.ToString();
    }

    private static string Methods(HandlerModel handler) => handler.Overrides.Count == 0
        ? "global::OperatorKit.HandlerMethods.None"
        : string.Join(" | ", handler.Overrides.Select(static m => "global::OperatorKit.HandlerMethods." + m));

    /// <summary>An expression for a constructor argument of the type.</summary>
    public static string Service(string type) => type == "global::System.IServiceProvider"
        ? "services"
        : $"global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<{type}>(services)";
}
