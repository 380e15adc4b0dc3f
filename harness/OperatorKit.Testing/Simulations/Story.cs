using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using OperatorKit.Testing.Simulations.Running;

namespace OperatorKit.Testing.Simulations;

/// <summary>What happened in a run, one line each, for a person to follow. Costs nothing unless somebody wants to read it.</summary>
internal sealed class Story(EventLoop loop, bool isTold) : ILoggerFactory
{
    private readonly StringBuilder _text = new();

    public bool IsTold => isTold;

    public void Add(string who, string what)
    {
        if (isTold)
            _text.Append(CultureInfo.InvariantCulture, $"{loop.Elapsed:mm\\:ss\\.ffffff}  {who,-12}  {what.ReplaceLineEndings(" ")}\n");
    }

    public override string ToString() => _text.ToString();

    public ILogger CreateLogger(string categoryName) => new Narrator(this, loop);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    /// <summary>What the operator logs, from warnings on.</summary>
    private sealed class Narrator(Story story, EventLoop loop) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => story.IsTold && logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                story.Add(loop.Running?.Name ?? "", $"logs {logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
        }
    }
}
