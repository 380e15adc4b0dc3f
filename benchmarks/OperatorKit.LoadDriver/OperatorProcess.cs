using System.Diagnostics;

namespace OperatorKit.LoadDriver;

/// <summary>The operator under test: started, measured, stopped. Its output is kept for the message of a failed run.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly Queue<string> _tail = new();

    private OperatorProcess(Process process) => _process = process;

    public static OperatorProcess Start(LoadOptions options)
    {
        var start = new ProcessStartInfo(options.Command[0], options.Command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = options.Kubeconfig;
        try
        {
            var process = Process.Start(start)!;
            var result = new OperatorProcess(process);
            process.OutputDataReceived += result.Keep;
            process.ErrorDataReceived += result.Keep;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return result;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LoadException($"The operator cannot be started: {string.Join(' ', options.Command)}: {exception.Message}");
        }
    }

    public ProcessUsage Usage()
    {
        if (_process.HasExited)
            throw new LoadException($"The operator ended with exit code {_process.ExitCode}. Its last lines:\n{Tail()}");
        return ProcessUsage.Of(_process);
    }

    public string Tail()
    {
        lock (_tail)
            return string.Join('\n', _tail);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_tail)
        {
            _tail.Enqueue(line.Data);
            if (_tail.Count > LinesKept)
                _tail.Dequeue();
        }
    }
}
