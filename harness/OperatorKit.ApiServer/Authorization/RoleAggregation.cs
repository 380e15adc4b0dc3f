using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Workloads;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>Fills aggregated cluster roles with the rules of the roles that they select.</summary>
internal sealed class RoleAggregation : IController
{
    public string Name => "clusterrole-aggregation-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) => change.Key.Resource != WellKnown.ClusterRoles
        ? []
        : view.All(WellKnown.ClusterRoles).Where(static role => role["aggregationRule"] is JsonObject).Select(static role => new ObjectKey(WellKnown.ClusterRoles, "", role.Name));

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } role || role.ArrayAt("aggregationRule", "clusterRoleSelectors") is not { } selectors)
            return Decision.Nothing;
        var rules = Rules(role, selectors, view.All(WellKnown.ClusterRoles));
        return rules.Equals(role.ArrayAt("rules") ?? JsonArray.Empty) ? Decision.Nothing : new Replace(key, role.With("rules", rules));
    }

    public static JsonArray Rules(JsonObject role, JsonArray selectors, IEnumerable<JsonObject> roles) => JsonArray.Of(roles
        .Where(other => other.Name != role.Name && selectors.Items.OfType<JsonObject>().Any(selector => LabelMatching.Matches(selector, other.Labels)))
        .SelectMany(static other => (other.ArrayAt("rules") ?? JsonArray.Empty).Items)
        .Distinct());
}
