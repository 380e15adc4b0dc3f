namespace OperatorKit.ApiServer.Apply;

/// <summary>What makes two writes those of one manager. An applier is the same in every version, so its id leaves the version out.</summary>
internal readonly record struct ManagerId(string Manager, bool Applies, string ApiVersion, string Subresource)
{
    /// <summary>Stands for the write in progress, until it is merged into the entry of its manager.</summary>
    public static ManagerId CurrentOperation { get; } = new("current-operation", false, "", "");

    public static ManagerId For(FieldOperation operation, bool applies) => new(
        operation.Manager.Length > 0 ? operation.Manager : "unknown",
        applies,
        applies ? "" : operation.ApiVersion,
        operation.Subresource ?? "");

    /// <summary>The manager as conflict messages name it.</summary>
    public override string ToString()
    {
        var text = $"\"{Manager}\"";
        if (Subresource.Length > 0)
            text += $" with subresource \"{Subresource}\"";
        return Applies ? text : $"{text} using {ApiVersion}";
    }
}
