namespace OperatorKit.Queueing;

/// <summary>A queue at one moment, for metrics.</summary>
/// <param name="Changes">Keys that are ready because something changed.</param>
/// <param name="Background">Keys that are ready because of the first list or a resync.</param>
/// <param name="Unfinished">How long the keys that are out have been worked on, in sum.</param>
/// <param name="Longest">How long the one that has been out longest has been.</param>
internal readonly record struct QueueState(int Changes, int Background, TimeSpan Unfinished, TimeSpan Longest);
