using System.Diagnostics;

namespace OperatorKit.LoadDriver;

/// <summary>The operator under test: started, measured, stopped. Its output is kept for the message of a failed run.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly Process _process = new();
    private readonly Queue<string> _tail = new();
    private readonly IReadOnlyList<string> _command;
    private bool _started;

    public OperatorProcess(IReadOnlyList<string> command, string kubeconfig)
    {
        _command = command;
        _process.StartInfo = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process.StartInfo.Environment["KUBECONFIG"] = kubeconfig;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
    }

    public void Start()
    {
        try
        {
            _process.Start();
            _started = true;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LoadException($"The operator cannot be started: {string.Join(' ', _command)}: {exception.Message}");
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
        if (_started)
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

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
