using System.ComponentModel;
using System.Diagnostics;

namespace OperatorKit.Testing.EnvTest;

/// <summary>A program of a control plane, with the last lines that it wrote.</summary>
internal sealed class ControlPlaneProcess : IAsyncDisposable
{
    private const int Most = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly string _name;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    private ControlPlaneProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public static ControlPlaneProcess Start(string path, IReadOnlyList<string> arguments, string directory)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = directory };
        var process = new ControlPlaneProcess(new Process { StartInfo = start }, Path.GetFileName(path));
        try
        {
            process._process.Start();
        }
        catch (Win32Exception exception)
        {
            process._process.Dispose();
            throw new InvalidOperationException($"{path} cannot be started: {exception.Message.TrimEnd('.')}. Is it for this machine, and executable?", exception);
        }

        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Asks again and again whether the program is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not ready in time; the message carries what it wrote last.</exception>
    public async Task WaitUntilReadyAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (!await isReady(either.Token))
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"{_name} ended with code {_process.ExitCode} before it was ready. It wrote last:\n{Tail()}");
                }

                await Task.Delay(Step, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{_name} was not ready within {Patience.TotalSeconds:0} s. It wrote last:\n{Tail()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Its data is thrown away, so there is nothing to end in good order.
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_lines.Count == Most)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    private string Tail()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines);
        }
    }
}
