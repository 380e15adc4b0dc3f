using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.CustomResources;

public sealed class DefinitionPlanTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_definition_is_named_first_and_established_second()
    {
        var named = Step<DefinitionStep.WriteStatus>(Definition("gizmos", "Gizmo")).Definition;
        Conditions.IsTrue(named, "NamesAccepted").ShouldBeTrue();
        Conditions.Find(named, "Established")!.StringAt("reason").ShouldBe("Installing");

        var established = Step<DefinitionStep.WriteStatus>(named).Definition;
        Conditions.IsTrue(established, "Established").ShouldBeTrue();

        Step<DefinitionStep.None>(established);
    }

    [Fact]
    public void A_kind_that_another_holds_is_not_accepted()
    {
        var holder = Definition("gadgets", "Gizmo").WithAt(["status", "acceptedNames"], Document.Object("{'plural':'gadgets','kind':'Gizmo','listKind':'GizmoList'}"));

        var named = Step<DefinitionStep.WriteStatus>(Definition("gizmos", "Gizmo"), holder).Definition;

        Conditions.Find(named, "NamesAccepted")!.StringAt("reason").ShouldBe("ListKindConflict");
        Conditions.Find(named, "Established")!.StringAt("reason").ShouldBe("NotAccepted");
        named.StringAt("status", "acceptedNames", "plural").ShouldBe("gizmos");
        named.StringAt("status", "acceptedNames", "kind").ShouldBeNull();
    }

    [Fact]
    public void A_deleted_definition_takes_its_objects_with_it()
    {
        var deleted = Definition("gizmos", "Gizmo")
            .WithAt(["metadata", "deletionTimestamp"], "2030-01-01T00:00:00Z")
            .WithAt(["metadata", "finalizers"], JsonArray.Of(DefinitionPlan.CleanupFinalizer));

        var terminating = ((DefinitionStep.WriteStatus)DefinitionPlan.Next(deleted, [], hasObjects: true, Now)).Definition;
        Conditions.IsTrue(terminating, "Terminating").ShouldBeTrue();
        DefinitionPlan.Next(terminating, [], hasObjects: true, Now).ShouldBeOfType<DefinitionStep.DeleteObjects>();
        DefinitionPlan.Next(terminating, [], hasObjects: false, Now).ShouldBeOfType<DefinitionStep.Release>();
    }

    private static T Step<T>(JsonObject definition, params JsonObject[] others)
        where T : DefinitionStep =>
        DefinitionPlan.Next(definition, others, hasObjects: false, Now).ShouldBeOfType<T>();

    private static JsonObject Definition(string plural, string kind) => Document.Object(
        $"{{'metadata':{{'name':'{plural}.example.com'}},'spec':{{'group':'example.com','names':{{'plural':'{plural}','singular':'{plural}-one','kind':'{kind}','listKind':'{kind}List'}}}}}}");
}
