namespace OperatorKit.Client;

/// <summary>
/// One kubeconfig file, or several as one: of entries with the same name, and of current contexts, the first wins
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files).
/// </summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, Entry> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _users = new(StringComparer.Ordinal);
    private readonly List<string> _sources = [];

    public string? CurrentContext { get; private set; }

    public string Source => string.Join(Path.PathSeparator, _sources);

    public IEnumerable<string> ContextNames => _contexts.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads files; one that is missing is passed over as long as there is another.</summary>
    public static Kubeconfig Read(IReadOnlyList<string> paths)
    {
        var config = new Kubeconfig();
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                config.Add(path, Path.GetDirectoryName(Path.GetFullPath(path))!, ReadText(path));
            }
        }

        return config._sources.Count > 0 ? config : throw new KubeconfigException(
            $"There is no kubeconfig at {string.Join(" or ", paths)}. Name one with KUBECONFIG or --kubeconfig, or make one with the tool that made the cluster "
            + "(kind export kubeconfig, k3d kubeconfig merge, aws eks update-kubeconfig, ...).");
    }

    public static Kubeconfig Parse(string source, string directory, string text)
    {
        var config = new Kubeconfig();
        config.Add(source, directory, text);
        return config;
    }

    public Entry? Context(string name) => _contexts.GetValueOrDefault(name);

    public Entry? Cluster(string name) => _clusters.GetValueOrDefault(name);

    public Entry? User(string name) => _users.GetValueOrDefault(name);

    private void Add(string source, string directory, string text)
    {
        _sources.Add(source);
        if (KubeconfigYaml.Parse(source, text) is not { } root)
        {
            return;
        }

        Collect(root, "clusters", "cluster", directory, _clusters);
        Collect(root, "contexts", "context", directory, _contexts);
        Collect(root, "users", "user", directory, _users);
        CurrentContext = CurrentContext is { Length: > 0 } ? CurrentContext : root.Text("current-context");
    }

    private static void Collect(KubeconfigYaml root, string list, string member, string directory, Dictionary<string, Entry> entries)
    {
        foreach (var item in root.Maps(list))
        {
            var name = item.Text("name") ?? throw item.Wrong($"an item of {list} has no name");

            // `user:` with nothing in it is a user without credentials.
            entries.TryAdd(name, new Entry(name, directory, item.Map(member)));
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{path} cannot be read: {exception.Message.TrimEnd('.')}. Check who may read it: ls -l {path}", exception);
        }
    }

    /// <summary>A cluster, context or user.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Directory">Where its file is: relative paths start there.</param>
    /// <param name="Body">What it says; null for nothing.</param>
    public sealed record Entry(string Name, string Directory, KubeconfigYaml? Body)
    {
        /// <summary>A path that the entry names, made absolute.</summary>
        public string? PathOf(string key) => Body?.Text(key) is { Length: > 0 } path ? Path.GetFullPath(path, Directory) : null;
    }
}
