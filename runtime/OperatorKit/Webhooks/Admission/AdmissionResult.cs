namespace OperatorKit;

/// <summary>What a validating webhook says to a request.</summary>
public sealed record AdmissionResult
{
    private AdmissionResult()
    {
    }

    /// <summary>The request may go on.</summary>
    public static AdmissionResult Allowed { get; } = new();

    /// <summary>Whether the request may go on.</summary>
    public bool IsAllowed => Denial is null && Errors.Count == 0;

    /// <summary>Why the request is refused as a whole; null where it is not.</summary>
    public string? Denial { get; private init; }

    /// <summary>The fields that are wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; private init; } = [];

    /// <summary>What kubectl shows to the user, whether the request goes on or not; less than 120 characters each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The request is refused (403 Forbidden).</summary>
    /// <param name="message">Why, for the user.</param>
    /// <returns>The result.</returns>
    public static AdmissionResult Denied(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        return new AdmissionResult { Denial = message };
    }

    /// <summary>The request is refused where fields are wrong (422 Invalid), and allowed where none is.</summary>
    /// <param name="errors">What is wrong; empty when all is well.</param>
    /// <returns>The result.</returns>
    public static AdmissionResult Of(params IEnumerable<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new AdmissionResult { Errors = [.. errors] };
    }
}
