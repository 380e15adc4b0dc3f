using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Tests;

/// <summary>The cases of controller-tools' own test of its role generator (pkg/rbac/testdata), so that roles of both compare equal.</summary>
public sealed class PolicyRuleTests
{
    [Fact]
    public void Rules_are_normalised_as_controller_gen_does()
    {
        PolicyRule[] rules =
        [
            Rule("batch.io", "cronjobs", "get;watch;create"),
            Rule("batch.io", "cronjobs/status", "get;update;patch"),
            Rule("art", "jobs", "get"),
            Rule("batch;batch;batch", "jobs/status", "watch"),
            Rule("batch;cron", "jobs/status", "create;get"),
            Rule("cron;batch", "jobs/status", "get;create"),
            Rule("batch", "jobs/status", "watch;watch"),
            Rule("batch.io", "cronjobs", "get;watch", "foo;bar;baz"),
            Rule("deduplicate-verbs", "some", "get;list"),
            Rule("deduplicate-verbs", "some", "get"),
            Rule("deduplicate-verbs", "some", "list"),
            Rule("deduplicate-resources", "one", "create"),
            Rule("deduplicate-resources", "two", "create"),
            Rule("deduplicate-resources", "three", "create"),
            Rule("deduplicate-groups1", "foo", "patch"),
            Rule("deduplicate-groups2", "foo", "patch"),
            Rule("deduplicate-groups3", "foo", "patch"),
            Rule("deduplicate-all", "foo;bar", "get;list"),
            Rule("deduplicate-all", "foo", "get"),
            Rule("deduplicate-all", "bar", "list"),
            Rule("deduplicate-groups4", "xyz", "get;update;patch"),
            Rule("deduplicate-groups4", "xyz", "*"),
            Rule("deduplicate-all-group", "foo;bar", "get;list"),
            Rule("not-deduplicate-resources", "some", "get"),
            Rule("not-deduplicate-resources", "another", "list"),
            Rule("not-deduplicate-groups1", "some", "get"),
            Rule("not-deduplicate-groups2", "some", "list"),
            Rule("", "deduplicate", "list"),
            Rule("", "me", "list"),
            Rule(";some-other-to-deduplicate-with-core", "me", "list;get"),
        ];
        PolicyRule.Normalize(rules).Select(Show).ShouldBe(
        [
            " deduplicate;me list",
            ";some-other-to-deduplicate-with-core me get;list",
            "art jobs get",
            "batch jobs/status watch",
            "batch;cron jobs/status create;get",
            "batch.io cronjobs create;get;watch",
            "batch.io cronjobs get;watch bar;baz;foo",
            "batch.io cronjobs/status get;patch;update",
            "deduplicate-all;deduplicate-all-group bar;foo get;list",
            "deduplicate-groups1;deduplicate-groups2;deduplicate-groups3 foo patch",
            "deduplicate-groups4 xyz *",
            "deduplicate-resources one;three;two create",
            "deduplicate-verbs some get;list",
            "not-deduplicate-groups1;not-deduplicate-resources some get",
            "not-deduplicate-groups2 some list",
            "not-deduplicate-resources another list",
        ]);
    }

    private static PolicyRule Rule(string groups, string resources, string verbs, string names = "")
        => new(groups.Split(';'), resources.Split(';'), verbs.Split(';'), names.Length == 0 ? null : names.Split(';'));

    private static string Show(PolicyRule rule)
        => $"{string.Join(';', rule.Groups)} {string.Join(';', rule.Resources)} {string.Join(';', rule.Verbs)} {string.Join(';', rule.Names)}".TrimEnd();
}
