using OperatorKit.ApiServer.Json;
using OperatorKit.Testing.Simulations.Rules;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing;

/// <summary>What a <see cref="Simulation"/> does with an operator. The defaults suit most operators.</summary>
public sealed class SimulationOptions
{
    private readonly Dictionary<string, Func<Random, JsonObject>> _specs = new(StringComparer.Ordinal);
    private readonly List<ReadOnlyMemory<byte>> _definitions = [];
    private readonly List<JsonObject> _given = [];
    private readonly List<IRule> _rules = [];

    /// <summary>
    /// The seeds to run: <c>7</c>, <c>1-200</c>, or what a failure printed. Default: <c>1-50</c>. The environment variable
    /// <c>OPERATORKIT_SEEDS</c> goes before it.
    /// </summary>
    public string Seeds { get; set; } = "1-50";

    /// <summary>
    /// Whether to end with the first seed that fails. Default: true; false runs all seeds, names those that fail, and shrinks the first of them.
    /// The environment variable <c>OPERATORKIT_SEEDS</c> means false.
    /// </summary>
    public bool StopAtFirstFailure { get; set; } = true;

    /// <summary>Is told every hundred seeds how far the simulation has come, and of a seed that fails at once. Default: null; with <c>OPERATORKIT_SEEDS</c>, standard error.</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>Also lets the operator die right before and right after each of the writes that it makes for the first seed. Default: true.</summary>
    public bool CrashAtEveryWrite { get; set; } = true;

    /// <summary>Most things that users do in one run. Default: 14.</summary>
    public int MostSteps { get; set; } = 14;

    /// <summary>Most objects of one kind in one run. Default: 3.</summary>
    public int MostObjects { get; set; } = 3;

    /// <summary>Most things that go wrong in one run. Default: 8; with 0 nothing does.</summary>
    public int MostFaults { get; set; } = 8;

    /// <summary>How many replicas run, of each shard; more than one elect a leader. Default: null, one or two as the seed decides.</summary>
    public int? Replicas { get; set; }

    /// <summary>How many shards the operator runs in, each with its own replicas. Default: 1, which is no sharding.</summary>
    public int Shards { get; set; } = 1;

    /// <summary>Changes how each process of the operator runs, as with <see cref="OperatorOptions.StreamLists"/>; its name, shard and leader election are the simulation's. Default: nothing.</summary>
    public Action<OperatorOptions>? Configure { get; set; }

    /// <summary>Whether pods of workloads become ready, as in a cluster with nodes. Default: true.</summary>
    public bool Workloads { get; set; } = true;

    /// <summary>Whether the operator writes nothing more once all is as it should be. Default: true; false for one that notes something from time to time.</summary>
    public bool MustComeToRest { get; set; } = true;

    /// <summary>How much virtual time the operator may take to put everything right after the last fault. Default: 15 minutes, three times the longest back-off.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What handlers are made from, given the virtual clock. Default: nothing.</summary>
    public Func<TimeProvider, IServiceProvider>? Services { get; set; }

    /// <summary>What is not to go wrong, for an operator that cannot bear it. Default: empty.</summary>
    public ISet<SimulatedFault> Without { get; } = new HashSet<SimulatedFault>();

    internal IReadOnlyDictionary<string, Func<Random, JsonObject>> SpecGenerators => _specs;

    internal IReadOnlyList<ReadOnlyMemory<byte>> Definitions => _definitions;

    internal IReadOnlyList<JsonObject> GivenObjects => _given;

    internal IReadOnlyList<IRule> Rules => _rules;

    internal IList<string[]> IgnoredPaths { get; } = [];

    /// <summary>Makes the specs of a kind. Default: values that fit its generated schema.</summary>
    /// <typeparam name="T">A kind that the operator handles.</typeparam>
    /// <param name="make">Makes a resource, of which the spec is taken; must draw all chance from what it is given.</param>
    /// <returns>The same options.</returns>
    public SimulationOptions Specs<T>(Func<Random, T> make)
        where T : CustomResource, ICustomResource<T>
    {
        ArgumentNullException.ThrowIfNull(make);
        _specs[T.Definition.QualifiedName] = random => Typed.ToJson(make(random)).ObjectAt("spec") ?? JsonObject.Empty;
        return this;
    }

    /// <summary>Installs a kind that the operator uses and does not handle.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The same options.</returns>
    public SimulationOptions Install<T>()
        where T : CustomResource, ICustomResource<T>
    {
        _definitions.Add(T.CustomResourceDefinitionJson.ToArray());
        return this;
    }

    /// <summary>Puts an object into the cluster before the operator starts.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="given">The object; without a namespace it goes into <c>default</c>.</param>
    /// <returns>The same options.</returns>
    public SimulationOptions Given<T>(T given)
        where T : class, IKubernetesResource<T>
    {
        ArgumentNullException.ThrowIfNull(given);
        _given.Add(Typed.ToJson(given));
        return this;
    }

    /// <summary>Adds a rule that must hold after every change of any object.</summary>
    /// <param name="rule">The rule as a sentence; a failure shows it.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <returns>The same options.</returns>
    public SimulationOptions Always(string rule, Func<SimulatedCluster, bool> holds)
    {
        ArgumentException.ThrowIfNullOrEmpty(rule);
        ArgumentNullException.ThrowIfNull(holds);
        _rules.Add(new AlwaysRule(rule, holds));
        return this;
    }

    /// <summary>Adds a rule that must hold when all faults are over and the operator has come to rest.</summary>
    /// <param name="rule">The rule as a sentence; a failure shows it.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <returns>The same options.</returns>
    public SimulationOptions Finally(string rule, Func<SimulatedCluster, bool> holds)
    {
        ArgumentException.ThrowIfNullOrEmpty(rule);
        ArgumentNullException.ThrowIfNull(holds);
        _rules.Add(new FinallyRule(rule, holds));
        return this;
    }

    /// <summary>Leaves a field out where the outcome is compared with that of a run without faults.</summary>
    /// <param name="path">The field, as <c>status.lastBackup</c>.</param>
    /// <returns>The same options.</returns>
    public SimulationOptions Ignore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IgnoredPaths.Add(path.Split('.'));
        return this;
    }

    internal bool Allows(SimulatedFault fault) => !Without.Contains(fault);
}
