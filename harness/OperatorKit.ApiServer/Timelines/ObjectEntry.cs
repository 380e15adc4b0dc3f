using System.Globalization;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Timelines;

/// <summary>A new version of an object, or its end.</summary>
internal sealed class ObjectEntry(DateTimeOffset time, GroupResource resource, StoreEvent change) : TimelineEntry(time)
{
    private const int MostChanges = 8;

    public override string Text
    {
        get
        {
            var place = change.Object.Namespace is { } ns ? $"{ns}/{change.Object.Name}" : change.Object.Name;
            var head = string.Create(CultureInfo.InvariantCulture, $"@{change.Revision} {change.Type} {resource} {place}");
            if (change.Type != StoreEventType.Modified || change.Previous is not { } previous)
                return head;
            var changes = ObjectChanges.Between(previous.Value, change.Object.Value).ToList();
            var shown = string.Join("; ", changes.Take(MostChanges));
            return $"{head}: {shown}{(changes.Count > MostChanges ? $"; and {changes.Count - MostChanges} more" : "")}";
        }
    }
}
