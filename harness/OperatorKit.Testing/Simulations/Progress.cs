using System.Diagnostics;
using System.Globalization;
using OperatorKit.Testing.Simulations.Plans;

namespace OperatorKit.Testing.Simulations;

/// <summary>Tells whoever waits for many seeds how far they have come.</summary>
internal sealed class Progress(Action<string>? tell, int seeds)
{
    private const int Step = 100;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _done;
    private int _failed;

    public void Failed(Plan plan, string rule, string how)
    {
        _failed++;
        tell?.Invoke($"Seed {plan} breaks the rule \"{rule}\": {how}");
    }

    public void Done(int seed)
    {
        if (++_done % Step == 0 || _done == seeds)
            tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Simulated up to seed {seed}: {_done} of {seeds}, {_failed} failed, {_watch.Elapsed.TotalMilliseconds / _done:0} ms each"));
    }
}
