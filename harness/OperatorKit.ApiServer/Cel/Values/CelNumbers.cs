namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>Comparison of numbers across int, uint and double.</summary>
internal static class CelNumbers
{
    public static double ToDouble(object number) => number switch
    {
        long integer => integer,
        ulong unsigned => unsigned,
        _ => (double)number,
    };

    /// <summary>Null where one of them is not a number.</summary>
    public static int? Compare(object left, object right)
    {
        switch (left, right)
        {
            case (long l, long r):
                return l.CompareTo(r);
            case (ulong l, ulong r):
                return l.CompareTo(r);
            case (long l, ulong r):
                return l < 0 ? -1 : ((ulong)l).CompareTo(r);
            case (ulong l, long r):
                return r < 0 ? 1 : l.CompareTo((ulong)r);
        }

        var (a, b) = (ToDouble(left), ToDouble(right));
        return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
    }
}
