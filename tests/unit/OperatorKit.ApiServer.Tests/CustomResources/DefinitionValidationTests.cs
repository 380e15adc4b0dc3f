using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.CustomResources;

public sealed class DefinitionValidationTests
{
    private const string Label = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{'deprecationWarning':'x'}", "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions")]
    [InlineData("{'deprecated':true,'deprecationWarning':'x'}", "")]
    [InlineData("{'subresources':{'scale':{'specReplicasPath':'x','statusReplicasPath':'.spec.a'}}}",
        "spec.subresources.scale.specReplicasPath: Invalid value: \"x\": must be a simple json path starting with . | spec.subresources.scale.statusReplicasPath: Invalid value: \".spec.a\": should be a json path under .status")]
    [InlineData("{'subresources':{'scale':{'specReplicasPath':'.spec.a','statusReplicasPath':'.status.a','labelSelectorPath':'.x'}}}",
        "spec.subresources.scale.labelSelectorPath: Invalid value: \".x\": should be a json path under either .spec or .status")]
    [InlineData("{'additionalPrinterColumns':[{'name':'','type':'string','jsonPath':'.spec.a'}]}", "spec.additionalPrinterColumns[0].name: Required value")]
    public void A_version_is_judged_in_the_words_of_the_real_server(string version, string problems) => Validate("{}", version).ShouldBe(problems);

    [Theory]
    [InlineData("{'shortNames':['a','B_']}", "spec.names.shortNames[1]: Invalid value: \"B_\": " + Label)]
    [InlineData("{'categories':['All']}", "spec.names.categories[0]: Invalid value: \"All\": " + Label)]
    public void Short_names_and_categories_are_labels(string names, string problems) => Validate(names, "{}").ShouldBe(problems);

    private static string Validate(string names, string version)
    {
        var definition = Document.Object("""
            {"metadata":{"name":"gizmos.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gizmos","singular":"gizmo","kind":"Gizmo","listKind":"GizmoList"}},
             "status":{"storedVersions":["v1"]}}
            """);
        definition = definition
            .WithAt(["spec", "names"], Merged(definition.ObjectAt("spec", "names")!, names))
            .WithAt(["spec", "versions"], JsonArray.Of(Merged(Document.Object("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}"), version)));
        return string.Join(" | ", DefinitionValidation.Validate(definition, null));
    }

    private static JsonObject Merged(JsonObject target, string more) => Document.Object(more).Aggregate(target, static (merged, member) => merged.With(member.Key, member.Value));
}
