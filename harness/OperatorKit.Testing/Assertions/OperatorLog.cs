using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OperatorKit.Testing.Assertions;

/// <summary>Keeps the last lines that the operators of a test logged.</summary>
internal sealed class OperatorLog : ILoggerFactory
{
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log of a test cluster takes no providers.");

    public string Describe()
    {
        lock (_lock)
        {
            if (_lines.Count == 0)
            {
                return "";
            }

            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture, $"The last {_lines.Count} lines of the operator's log:");
            foreach (var line in _lines)
            {
                text.Append("  ").AppendLine(line);
            }

            return text.ToString();
        }
    }

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            if (_lines.Count == Most)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    private sealed class Logger(OperatorLog log, string category) : ILogger
    {
        // What Kestrel says of every connection would leave no room for the operator.
        private readonly LogLevel _least = category.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Debug;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var error = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
                log.Add($"{logLevel,-11} {category}: {formatter(state, exception)}{error}");
            }
        }
    }
}
