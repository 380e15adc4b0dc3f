using System.Globalization;

namespace OperatorKit.ApiServer.Timelines;

/// <summary>A request and, once it has one, its answer. A watch has one entry for its beginning and one for its end.</summary>
internal sealed class RequestEntry(DateTimeOffset time, ApiRequest request, string fault) : TimelineEntry(time)
{
    private Answer? _answer;

    public override string Text
    {
        get
        {
            var outcome = Volatile.Read(ref _answer) is { } answer ? string.Create(CultureInfo.InvariantCulture, $"{answer.Status} in {answer.After.TotalMilliseconds:0.#} ms") : "begins";
            var agent = request.UserAgent.Length == 0 ? "" : $" by {request.UserAgent.Split(' ', '/')[0]}";
            return string.Create(CultureInfo.InvariantCulture, $"#{request.Number} {request.Method} {request.Path}{request.Query}{agent}: {outcome}{(fault.Length == 0 ? "" : $" [{fault}]")}");
        }
    }

    /// <summary>Notes the answer when it begins; later calls change nothing. The entry keeps its place, so that what a request brought about follows it.</summary>
    public RequestEntry Answered(int status, TimeSpan after)
    {
        Interlocked.CompareExchange(ref _answer, new Answer(status, after), null);
        return this;
    }

    private sealed record Answer(int Status, TimeSpan After);
}
