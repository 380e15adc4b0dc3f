using System.Diagnostics;
using System.Globalization;

namespace OperatorKit.IntegrationTests;

/// <summary>An operator in a process of its own. Disposing asks it to stop as a cluster does, and holds it to a stop in good order.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public RunningProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(GracePeriod);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.ExitCode.ShouldBe(0, await _output + await _errors);
        }
    }
}
