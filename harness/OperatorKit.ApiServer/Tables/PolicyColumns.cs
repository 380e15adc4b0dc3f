using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of admission policies, flow control, certificates, devices and addresses.</summary>
internal static class PolicyColumns
{
    public static TableLayout ValidatingPolicy { get; } = Policy("Validations", "How many rules it has.", "validations");

    public static TableLayout MutatingPolicy { get; } = Policy("Mutations", "How many changes it makes.", "mutations");

    public static TableLayout PolicyBinding { get; } = new(
        Cells.Name,
        Cells.Text("PolicyName", "The policy that it binds.", static obj => obj.StringAt("spec", "policyName")),
        Cells.Text("ParamRef", "What the policy gets as its parameters.", Parameters),
        Cells.Age);

    public static TableLayout FlowSchema { get; } = new(
        Cells.Name,
        Cells.Text("PriorityLevel", "The level of its requests.", static obj => obj.StringAt("spec", "priorityLevelConfiguration", "name")),
        Cells.Count("MatchingPrecedence", "Which schema goes first.", static obj => obj.LongAt("spec", "matchingPrecedence") ?? 0),
        Cells.Text("DistinguisherMethod", "How flows are told apart.", static obj => obj.StringAt("spec", "distinguisherMethod", "type").Or(Cells.None)),
        Cells.Age,
        Cells.Text("MissingPL", "Whether its level is missing.", static obj => obj.Objects("status", "conditions").FirstOrDefault(static condition => condition.StringAt("type") == "Dangling")?.StringAt("status") ?? "?"));

    public static TableLayout PriorityLevel { get; } = new(
        Cells.Name,
        Cells.Text("Type", "Whether it is limited.", static obj => obj.StringAt("spec", "type")),
        Limit("NominalConcurrencyShares", "Its share of the server.", "nominalConcurrencyShares"),
        Limit("Queues", "How many queues it has.", "limitResponse", "queuing", "queues"),
        Limit("HandSize", "How many queues a flow may use.", "limitResponse", "queuing", "handSize"),
        Limit("QueueLengthLimit", "How long a queue may get.", "limitResponse", "queuing", "queueLengthLimit"),
        Cells.Age);

    public static TableLayout SigningRequest { get; } = new(
        Cells.Name,
        Cells.Age,
        Cells.Text("SignerName", "Who is to sign.", static obj => obj.StringAt("spec", "signerName").Or(Cells.None)),
        Cells.Text("Requestor", "Who asks.", static obj => obj.StringAt("spec", "username")),
        Cells.Text("RequestedDuration", "How long it shall be good.", static obj => obj.LongAt("spec", "expirationSeconds") is { } seconds ? HumanDuration.Of(TimeSpan.FromSeconds(seconds)) : Cells.None),
        Cells.Text("Condition", "What became of it.", Signed));

    public static TableLayout Address { get; } = new(Cells.Name, Cells.Text("ParentRef", "What the address belongs to.", Parent), Cells.Age);

    public static TableLayout ServiceCidr { get; } = new(Cells.Name, Cells.Text("CIDRs", "The ranges that services get addresses from.", static obj => string.Join(',', obj.Texts("spec", "cidrs"))), Cells.Age);

    public static TableLayout ResourceClaim { get; } = new(Cells.Name, Cells.Text("State", "How far the claim is.", ClaimState), Cells.Age);

    public static TableLayout ResourceSlice { get; } = new(
        Cells.Name,
        Cells.Text("Node", "The node that has the devices.", static obj => obj.StringAt("spec", "nodeName")),
        Cells.Text("Driver", "The driver of the devices.", static obj => obj.StringAt("spec", "driver")),
        Cells.Text("Pool", "The pool that they belong to.", static obj => obj.StringAt("spec", "pool", "name")),
        Cells.Age);

    private static TableLayout Policy(string column, string description, string field) => new(
        Cells.Name,
        new TableColumn(column, "integer", description, 0, (obj, _) => obj.Objects("spec", field).Count()),
        Cells.Text("ParamKind", "The kind of its parameters.", static obj => obj.ObjectAt("spec", "paramKind") is { } kind ? $"{kind.StringAt("apiVersion")}/{kind.StringAt("kind")}" : Cells.Unset),
        Cells.Age);

    private static string Parameters(JsonObject binding) => binding.ObjectAt("spec", "paramRef") switch
    {
        { } reference when reference.StringAt("name") is { Length: > 0 } name => $"{reference.StringAt("namespace").Or("*")}/{name}",
        { } reference when reference.ObjectAt("selector") is { } selector => Cells.LabelSelector(selector),
        _ => Cells.Unset,
    };

    private static TableColumn Limit(string name, string description, params string[] path) => new(
        name, "string", description, 0, (obj, _) => obj.ObjectAt("spec", "limited")?.At(path) ?? Cells.None);

    private static string Signed(JsonObject request)
    {
        var conditions = request.Objects("status", "conditions").Select(static condition => condition.StringAt("type")).ToArray();
        return (conditions.Contains("Denied") ? "Denied" : conditions.Contains("Approved") ? "Approved" : "Pending")
            + (conditions.Contains("Failed") ? ",Failed" : "")
            + (request.StringAt("status", "certificate") is { Length: > 0 } ? ",Issued" : "");
    }

    private static string Parent(JsonObject address)
    {
        if (address.ObjectAt("spec", "parentRef") is not { } parent)
            return Cells.None;
        var (group, ns) = (parent.StringAt("group").Or(""), parent.StringAt("namespace").Or(""));
        return $"{parent.StringAt("resource")}{(group.Length > 0 ? "." + group : "")}".ToLowerInvariant() + (ns.Length > 0 ? "/" + ns : "") + "/" + parent.StringAt("name");
    }

    private static string ClaimState(JsonObject claim)
    {
        var isGoing = claim.At("metadata", "deletionTimestamp") is not null;
        string[] states = claim.ObjectAt("status", "allocation") is null
            ? [isGoing ? "deleted" : "pending"]
            : [.. isGoing ? (string[])["deleted"] : [], "allocated", .. claim.Objects("status", "reservedFor").Any() ? (string[])["reserved"] : []];
        return string.Join(',', states);
    }
}
