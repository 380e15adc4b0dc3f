namespace OperatorKit.ApiServer.Operations;

/// <summary>Who asks, and how the request is to be carried out.</summary>
internal sealed class RequestContext
{
    public UserInfo User { get; init; } = UserInfo.System;

    /// <summary>Everything but the last step.</summary>
    public bool DryRun { get; init; }

    /// <summary>The name under which field ownership is recorded.</summary>
    public string FieldManager { get; init; } = "unknown";

    public FieldValidation FieldValidation { get; init; } = FieldValidation.Ignore;

    /// <summary>Whether the client named the field manager itself; otherwise it stems from the User-Agent.</summary>
    public bool FieldManagerGiven { get; init; }

    public bool FieldValidationGiven { get; init; }

    /// <summary>Whether the body has empty lists: they change who owns the fields, and are none once stored.</summary>
    public bool HasEmptyLists { get; set; }

    /// <summary>Texts for the Warning header, in order; the same one only once.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>A request of one of the server's own controllers.</summary>
    public static RequestContext Internal(string controller) => new() { FieldManager = controller };

    public void Warn(string text)
    {
        if (!Warnings.Contains(text, StringComparer.Ordinal))
            Warnings.Add(text);
    }
}
