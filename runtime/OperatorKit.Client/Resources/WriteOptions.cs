namespace OperatorKit.Client;

/// <summary>How the server treats a create or a patch.</summary>
public record WriteOptions
{
    /// <summary>Who writes, in <c>metadata.managedFields</c>. Default: <see cref="KubernetesClientOptions.FieldManager"/>.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Validates and answers as usual, but stores nothing. Default: false.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happens to unknown and duplicate fields. Default: the server's, which is <see cref="FieldValidation.Warn"/>.</summary>
    public FieldValidation? FieldValidation { get; init; }
}

/// <summary>How the server treats a server-side apply.</summary>
public sealed record ApplyOptions : WriteOptions
{
    /// <summary>Takes over fields that another field manager owns; without it that is a <see cref="ConflictException"/>. Default: false.</summary>
    public bool Force { get; init; }
}

/// <summary>What the server does with unknown and duplicate fields of a body.</summary>
public enum FieldValidation
{
    /// <summary>Drops them.</summary>
    Ignore,

    /// <summary>Drops them and sends a warning.</summary>
    Warn,

    /// <summary>Refuses the request.</summary>
    Strict,
}
