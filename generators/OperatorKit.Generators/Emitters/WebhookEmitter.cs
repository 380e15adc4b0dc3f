using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits how an admission webhook is added to an operator.</summary>
internal static class WebhookEmitter
{
    public static string Emit(WebhookModel webhook)
    {
        var writer = EmittedFile.Start(webhook.Namespace);
        writer.Summary($"Adds <see cref=\"{webhook.CSharp}\"/> to an operator.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(webhook.IsPublic)} static class {webhook.Name}Registration");
        writer.Summary($"Adds <see cref=\"{webhook.CSharp}\"/>, which the API server asks about objects of kind <see cref=\"{webhook.Resource.CSharp}\"/>.");
        writer.Line("/// <param name=\"builder\">The operator.</param>");
        writer.Line($"public static global::OperatorKit.OperatorBuilder Add{webhook.Name}(this global::OperatorKit.OperatorBuilder builder) =>");
        writer.Indent();
        writer.Line($"builder.AddWebhook<{webhook.Resource.CSharp}>(");
        writer.Indent();
        writer.Line(Settings(webhook.Validating) + ",");
        writer.Line(Settings(webhook.Mutating) + ",");
        writer.Line($"static services => new {webhook.CSharp}({string.Join(", ", webhook.Services.Select(RegistrationEmitter.Service))}));");
        writer.Outdent();
        writer.Outdent();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Only what differs from the defaults.</summary>
    private static string Settings(WebhookCall? call)
    {
        if (call is null)
            return "null";
        var standard = new WebhookCall();
        var members = new List<string>();
        if (call.Operations != standard.Operations)
            members.Add($"Operations = (global::OperatorKit.AdmissionOperations){call.Operations}");
        if (call.FailurePolicy != standard.FailurePolicy)
            members.Add($"FailurePolicy = global::OperatorKit.FailurePolicy.{call.FailurePolicy}");
        if (call.MatchPolicy != standard.MatchPolicy)
            members.Add($"MatchPolicy = global::OperatorKit.MatchPolicy.{call.MatchPolicy}");
        if (call.SideEffects != standard.SideEffects)
            members.Add($"SideEffects = global::OperatorKit.SideEffects.{call.SideEffects}");
        if (call.TimeoutSeconds != standard.TimeoutSeconds)
            members.Add($"TimeoutSeconds = {call.TimeoutSeconds}");
        if (call.Reinvoke)
            members.Add("Reinvoke = true");
        if (call.Subresources.Count > 0)
            members.Add($"Subresources = [{string.Join(", ", call.Subresources.Select(Literals.Quote))}]");
        if (SelectorManifest.Of(call.NamespaceSelector) is { } namespaces)
            members.Add($"NamespaceSelector = {Literals.Quote(JsonText.Write(namespaces))}");
        if (SelectorManifest.Of(call.ObjectSelector) is { } objects)
            members.Add($"ObjectSelector = {Literals.Quote(JsonText.Write(objects))}");
        if (call.MatchConditions.Count > 0)
            members.Add($"MatchConditions = [{string.Join(", ", call.MatchConditions.Select(static c => $"new({Literals.Quote(c.Key)}, {Literals.Quote(c.Value)})"))}]");
        return members.Count == 0 ? "new global::OperatorKit.WebhookSettings()" : $"new global::OperatorKit.WebhookSettings {{ {string.Join(", ", members)} }}";
    }
}
