namespace OperatorKit.Metrics;

/// <summary>What ends a Go program, unless it is caught, is an exception here that only a bug raises.</summary>
internal static class Panic
{
    public static bool Is(Exception exception) =>
        exception is NullReferenceException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException;
}
