using System.Globalization;

namespace OperatorKit.ApiServer.Timelines;

/// <summary>A request and, unless it is a watch that has only begun, its answer.</summary>
internal sealed class RequestEntry(DateTimeOffset time, ApiRequest request, int? status, TimeSpan duration, string fault) : TimelineEntry(time)
{
    public override string Text
    {
        get
        {
            var outcome = status is null ? "begins" : string.Create(CultureInfo.InvariantCulture, $"{status} in {duration.TotalMilliseconds:0.#} ms");
            var agent = request.UserAgent.Length == 0 ? "" : $" by {request.UserAgent.Split(' ', '/')[0]}";
            return string.Create(CultureInfo.InvariantCulture, $"#{request.Number} {request.Method} {request.Path}{request.Query}{agent}: {outcome}{(fault.Length == 0 ? "" : $" [{fault}]")}");
        }
    }
}
