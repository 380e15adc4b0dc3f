namespace OperatorKit.Testing.EnvTest;

/// <summary>The programs that a real control plane is made of.</summary>
internal sealed record EnvTestAssets(string Etcd, string ApiServer)
{
    public const string DefaultDirectory = "/usr/local/kubebuilder/bin";

    public static EnvTestAssets Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>Looks where Go's envtest looks.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="FileNotFoundException">A program is missing; the message says how to get it.</exception>
    public static EnvTestAssets Find(Func<string, string?> variable)
    {
        var directory = variable("KUBEBUILDER_ASSETS") is { Length: > 0 } given ? given : DefaultDirectory;
        return new EnvTestAssets(
            Locate(variable("TEST_ASSET_ETCD"), directory, "etcd"),
            Locate(variable("TEST_ASSET_KUBE_APISERVER"), directory, "kube-apiserver"));
    }

    private static string Locate(string? given, string directory, string program)
    {
        var path = string.IsNullOrEmpty(given) ? Path.Combine(directory, OperatingSystem.IsWindows() ? program + ".exe" : program) : given;
        return File.Exists(path) ? path : throw new FileNotFoundException(
            $"OPERATORKIT_CLUSTER=envtest needs {program} and there is none at {path}. Get it with: "
            + "go run sigs.k8s.io/controller-runtime/tools/setup-envtest@latest use 1.36.x -p path, and set KUBEBUILDER_ASSETS to the directory that it prints.",
            path);
    }
}
