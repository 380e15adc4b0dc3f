namespace OperatorKit.Client;

/// <summary>Reads who a kubeconfig's user is. A user without credentials is fine, as behind <c>kubectl proxy</c>.</summary>
internal static class KubeconfigUser
{
    /// <summary>The extension of a cluster that its users' commands are told.</summary>
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    private static readonly string[] ExecVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    public static ClusterCredentials Credentials(Kubeconfig.Entry user, KubeconfigYaml cluster)
    {
        var body = user.Body!.Value;
        if (body.Map("auth-provider") is { } provider)
        {
            throw provider.Wrong(
                $"user {user.Name} uses auth-provider {provider.Text("name")}, which Kubernetes has removed in favour of exec plugins "
                + "(kubelogin for oidc and azure, gke-gcloud-auth-plugin for gcp)");
        }

        return new ClusterCredentials
        {
            Token = body.Text("token"),
            TokenFile = user.PathOf("tokenFile"),
            Username = body.Text("username"),
            Password = body.Text("password"),
            ClientCertificate = Certificates.Client(user),
            Exec = body.Map("exec") is { } exec ? Exec(exec, user, cluster) : null,
        };
    }

    public static Impersonation? Impersonation(Kubeconfig.Entry user)
    {
        var body = user.Body!.Value;
        if (body.Text("as") is not { Length: > 0 } name)
        {
            return null;
        }

        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (body.Map("as-user-extra") is { } map)
        {
            foreach (var key in map.Keys())
            {
                extra[key] = map.Texts(key);
            }
        }

        return new Impersonation(name) { Uid = body.Text("as-uid"), Groups = body.Texts("as-groups"), Extra = extra };
    }

    private static ExecCommand Exec(KubeconfigYaml exec, Kubeconfig.Entry user, KubeconfigYaml cluster)
    {
        var command = exec.Text("command") is { Length: > 0 } text ? text : throw exec.Wrong($"exec of user {user.Name} has no command");
        var version = exec.Text("apiVersion") ?? ExecVersions[0];
        if (!ExecVersions.Contains(version))
        {
            throw exec.Wrong($"exec of user {user.Name} speaks {version}; plugins speak {string.Join(" or ", ExecVersions)} since Kubernetes 1.24: update the plugin");
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in exec.Maps("env"))
        {
            environment[variable.Text("name") ?? throw variable.Wrong("a variable of exec has no name")] = variable.Text("value") ?? "";
        }

        return new ExecCommand(Locate(command, user.Directory))
        {
            Arguments = exec.Texts("args"),
            Environment = environment,
            ApiVersion = version,
            ProvideClusterInfo = exec.Flag("provideClusterInfo"),
            ClusterConfig = cluster.Maps("extensions").Where(static extension => extension.Text("name") == ExecExtension).Select(static extension => extension.Json("extension")).FirstOrDefault(),
            Interactivity = Interactivity(exec),
            InstallHint = exec.Text("installHint"),
        };
    }

    // A name alone is looked up in PATH, a path starts at the kubeconfig.
    private static string Locate(string command, string directory) =>
        Path.GetFileName(command) == command ? command : Path.GetFullPath(command, directory);

    private static ExecInteractivity Interactivity(KubeconfigYaml exec) => exec.Text("interactiveMode") switch
    {
        null or "" or "IfAvailable" => ExecInteractivity.IfAvailable,
        "Never" => ExecInteractivity.Never,
        "Always" => ExecInteractivity.Always,
        var other => throw exec.Wrong($"interactiveMode is {other}; it may be Never, IfAvailable or Always"),
    };
}
