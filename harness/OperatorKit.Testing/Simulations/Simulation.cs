using OperatorKit.Testing.Simulations;
using OperatorKit.Testing.Simulations.Plans;

namespace OperatorKit.Testing;

/// <summary>
/// Puts an operator through everything that can go wrong in a cluster, in virtual time and in an order that a seed decides: crashes around
/// every write, lost answers, late, doubled and lost watch events, forgotten history, conflicts, overload, partitions, jumping clocks.
/// Afterwards the cluster must be as in a run without faults, and no rule may have been broken on the way.
/// </summary>
/// <remarks>Operator and API server run on one thread. The same seed gives the same run, to the last event.</remarks>
public static class Simulation
{
    private const int StackBytes = 16 * 1024 * 1024;

    /// <summary>Runs an operator with many seeds.</summary>
    /// <param name="operators">Adds the controllers, as in <c>operators => operators.AddSimpleAppOperator()</c>; called for each process.</param>
    /// <param name="options">What to do; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="SimulationFailedException">A rule was broken. The run is shrunk, told and can be repeated.</exception>
    /// <exception cref="FormatException">The text of the seeds names none.</exception>
    public static Task<SimulationReport> RunAsync(Action<OperatorBuilder> operators, SimulationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operators);
        options ??= new SimulationOptions();
        var given = Environment.GetEnvironmentVariable("OPERATORKIT_SEEDS") is { Length: > 0 } text ? text : null;
        var seeds = SeedText.Parse(given ?? options.Seeds);
        // Whoever asks for seeds on the command line waits for them, and wants to know of all that fail.
        var tell = options.Progress ?? (given is null ? null : Console.Error.WriteLine);
        var stops = options.StopAtFirstFailure && given is null;
        return OnItsOwnThread(() => new Campaign(new Subject(operators, options)).Run(seeds.First, seeds.Last, seeds.Keep, stops, new Progress(tell, seeds.Last - seeds.First + 1), cancellationToken));
    }

    /// <summary>Runs one seed, whatever comes of it.</summary>
    /// <param name="operators">Adds the controllers.</param>
    /// <param name="seed">A seed, or what a failure printed.</param>
    /// <param name="options">What to do; must be those of the run to repeat. Null takes the defaults.</param>
    /// <returns>What happened, one line each; always the same for the same seed.</returns>
    /// <exception cref="FormatException">The text names no seed.</exception>
    public static Task<string> ReplayAsync(Action<OperatorBuilder> operators, string seed, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operators);
        ArgumentException.ThrowIfNullOrEmpty(seed);
        var (first, _, keep) = SeedText.Parse(seed);
        return OnItsOwnThread(() => new Campaign(new Subject(operators, options ?? new SimulationOptions())).Tell(first, keep));
    }

    /// <summary>On a thread without a synchronization context, and with a stack for long chains of continuations: none may go to the pool for want of it.</summary>
    private static Task<T> OnItsOwnThread<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "simulation" };
        thread.Start();
        return done.Task;

        void Run()
        {
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException exception)
            {
                done.SetCanceled(exception.CancellationToken);
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        }
    }
}
