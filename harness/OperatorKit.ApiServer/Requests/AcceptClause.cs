using System.Globalization;

namespace OperatorKit.ApiServer.Requests;

/// <summary>One media type of an Accept header with its parameters.</summary>
internal sealed record AcceptClause(string MediaType, double Quality, IReadOnlyDictionary<string, string> Parameters)
{
    public string? As => Parameters.GetValueOrDefault("as");

    public string? Group => Parameters.GetValueOrDefault("g");

    public string? Version => Parameters.GetValueOrDefault("v");

    /// <summary>The clauses by falling quality, in the order of the header where that is equal.</summary>
    public static IEnumerable<AcceptClause> Parse(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
            return [];
        return header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).OrderByDescending(static clause => clause.Quality);
    }

    /// <summary>Lower-case media type without parameters.</summary>
    public static string Bare(string? header) => header is null ? "" : header.Split(';', 2)[0].Trim().ToLowerInvariant();

    private static AcceptClause ParseOne(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.AsSpan(1))
        {
            if (part.Split('=', 2) is [var key, var value])
                parameters[key.Trim()] = value.Trim().Trim('"');
        }

        var quality = parameters.Remove("q", out var q) && double.TryParse(q, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return new AcceptClause(parts[0].ToLowerInvariant(), quality, parameters);
    }
}
