namespace OperatorKit;

/// <summary>What is done to an object that an admission webhook is asked about.</summary>
[Flags]
public enum AdmissionOperations
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is created.</summary>
    Create = 1,

    /// <summary>It is changed.</summary>
    Update = 2,

    /// <summary>It is deleted.</summary>
    Delete = 4,
}
