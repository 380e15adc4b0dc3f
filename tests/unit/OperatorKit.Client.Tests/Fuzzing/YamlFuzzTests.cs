using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.Client.Tests;

public sealed class YamlFuzzTests
{
    private static readonly string[] Kubeconfigs =
    [
        """
        apiVersion: v1
        kind: Config
        current-context: a
        clusters:
        - name: one
          cluster: {server: 'https://one.test:6443', tls-server-name: api.internal, insecure-skip-tls-verify: true, proxy-url: "socks5://proxy.test:1080"}
        contexts:
        - name: a
          context: {cluster: one, user: me, namespace: team}
        users:
        - name: me
          user:
            exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [a, "b"], env: [{name: X, value: y}], interactiveMode: Never}
        """,
        """
        current-context: a
        clusters: [{name: one, cluster: {server: "localhost:8001", certificate-authority-data: bm90IGEgY2VydGlmaWNhdGU=}}]
        contexts: [{name: a, context: {cluster: one, user: me}}]
        users: [{name: me, user: {username: u, password: p, as: other, as-groups: [x], client-key-data: "bm8=", client-certificate-data: "bm8="}}]
        """,
    ];

    private static readonly string[] Manifests =
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: |\n    text\n---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret}\n",
        "base: &b {a: 1}\napiVersion: v1\nkind: X\nspec: {<<: *b, l: [*b, yes, 0x1, 1e3, ~]}\n",
    ];

    [Fact]
    public void A_damaged_kubeconfig_is_read_or_refused() => Fuzz.Texts(Kubeconfigs, static text =>
    {
        try
        {
            ClusterConnection.ParseKubeconfig(text).Server.ShouldNotBeNull();
        }
        catch (KubeconfigException)
        {
        }
    });

    [Fact]
    public void A_damaged_manifest_is_read_or_refused() => Fuzz.Texts(Manifests, static text =>
    {
        try
        {
            Manifest.Parse(text).ShouldNotBeNull();
        }
        catch (FormatException)
        {
        }
    });

    [Theory]
    [InlineData("a: &a [*a]")]
    [InlineData("a: &a {b: &b [*a, *b]}")]
    public void A_manifest_that_holds_itself_is_refused(string text) => Should.Throw<FormatException>(() => Manifest.Parse(text));
}
