namespace OperatorKit.Models;

/// <summary>Short forms for what is often asked of an object's metadata, with the names of the official C# client.</summary>
public static class ModelExtensions
{
    /// <summary>The name.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The name; empty where the object has none yet.</returns>
    public static string Name(this IKubernetesObject obj) => obj.Metadata.Name ?? "";

    /// <summary>The namespace.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The namespace; null for objects of the cluster.</returns>
    public static string? Namespace(this IKubernetesObject obj) => obj.Metadata.NamespaceProperty;

    /// <summary>The identity that the API server gave the object.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The uid; null before the object is created.</returns>
    public static string? Uid(this IKubernetesObject obj) => obj.Metadata.Uid;

    /// <summary>The version of the object, which changes with every write.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The version; null before the object is created.</returns>
    public static string? ResourceVersion(this IKubernetesObject obj) => obj.Metadata.ResourceVersion;

    /// <summary>The generation of the spec.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The generation; null where the kind does not count them.</returns>
    public static long? Generation(this IKubernetesObject obj) => obj.Metadata.Generation;

    /// <summary>When the object was created.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The time in UTC.</returns>
    public static DateTime? CreationTimestamp(this IKubernetesObject obj) => obj.Metadata.CreationTimestamp;

    /// <summary>When the deletion of the object was asked for.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The time in UTC; null while nobody did.</returns>
    public static DateTime? DeletionTimestamp(this IKubernetesObject obj) => obj.Metadata.DeletionTimestamp;

    /// <summary>The labels.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The labels; null where there are none.</returns>
    public static IDictionary<string, string>? Labels(this IKubernetesObject obj) => obj.Metadata.Labels;

    /// <summary>The annotations.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The annotations; null where there are none.</returns>
    public static IDictionary<string, string>? Annotations(this IKubernetesObject obj) => obj.Metadata.Annotations;

    /// <summary>The finalizers.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The finalizers; null where there are none.</returns>
    public static IList<string>? Finalizers(this IKubernetesObject obj) => obj.Metadata.Finalizers;

    /// <summary>The owners.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>References to the owners; null where there are none.</returns>
    public static IList<V1OwnerReference>? OwnerReferences(this IKubernetesObject obj) => obj.Metadata.OwnerReferences;

    /// <summary>The value of a label.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="key">The key of the label.</param>
    /// <returns>The value; null where there is no such label.</returns>
    public static string? GetLabel(this IKubernetesObject obj, string key) => obj.Metadata.Labels?.TryGetValue(key, out var value) == true ? value : null;

    /// <summary>The value of an annotation.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="key">The key of the annotation.</param>
    /// <returns>The value; null where there is no such annotation.</returns>
    public static string? GetAnnotation(this IKubernetesObject obj, string key) =>
        obj.Metadata.Annotations?.TryGetValue(key, out var value) == true ? value : null;

    /// <summary>Sets a label of the object in memory, or removes it.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="key">The key of the label.</param>
    /// <param name="value">The value; null removes the label.</param>
    public static void SetLabel(this IKubernetesObject obj, string key, string? value) =>
        obj.Metadata.Labels = With(obj.Metadata.Labels, key, value);

    /// <summary>Sets an annotation of the object in memory, or removes it.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="key">The key of the annotation.</param>
    /// <param name="value">The value; null removes the annotation.</param>
    public static void SetAnnotation(this IKubernetesObject obj, string key, string? value) =>
        obj.Metadata.Annotations = With(obj.Metadata.Annotations, key, value);

    /// <summary>Whether the object has a finalizer.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="finalizer">The finalizer.</param>
    /// <returns>True when it has.</returns>
    public static bool HasFinalizer(this IKubernetesObject obj, string finalizer) => obj.Metadata.Finalizers?.Contains(finalizer) == true;

    /// <summary>Adds a finalizer to the object in memory.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="finalizer">The finalizer.</param>
    /// <returns>False when the object has it already.</returns>
    public static bool AddFinalizer(this IKubernetesObject obj, string finalizer)
    {
        if (obj.HasFinalizer(finalizer))
            return false;
        (obj.Metadata.Finalizers ??= []).Add(finalizer);
        return true;
    }

    /// <summary>Removes a finalizer from the object in memory.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="finalizer">The finalizer.</param>
    /// <returns>False when the object does not have it.</returns>
    public static bool RemoveFinalizer(this IKubernetesObject obj, string finalizer) => obj.Metadata.Finalizers?.Remove(finalizer) == true;

    /// <summary>Adds an owner to the object in memory; a reference to the same owner is replaced.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="reference">The reference to the owner.</param>
    public static void AddOwnerReference(this IKubernetesObject obj, V1OwnerReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var references = obj.Metadata.OwnerReferences ??= [];
        for (var i = 0; i < references.Count; i++)
        {
            if (references[i].Uid == reference.Uid)
            {
                references[i] = reference;
                return;
            }
        }

        references.Add(reference);
    }

    /// <summary>The owner that controls the object.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>The reference; null where nothing controls the object.</returns>
    public static V1OwnerReference? GetController(this IKubernetesObject obj) =>
        obj.Metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);

    /// <summary>Whether another object owns this one.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="owner">The other object.</param>
    /// <returns>True when there is a reference with the uid of the owner.</returns>
    public static bool IsOwnedBy(this IKubernetesObject obj, IKubernetesObject owner) =>
        obj.Metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Metadata.Uid) == true;

    /// <summary>A reference that makes this object the owner of others.</summary>
    /// <param name="owner">The owner, as the API server returned it: it needs a uid.</param>
    /// <param name="controller">Whether the owner controls the others; an object has one controller at most. Default: true.</param>
    /// <param name="blockOwnerDeletion">Whether a foreground deletion of the owner waits for the others. Default: true.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="InvalidOperationException">The owner has no uid.</exception>
    public static V1OwnerReference MakeOwnerReference(this IKubernetesObject owner, bool controller = true, bool blockOwnerDeletion = true) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid ?? throw new InvalidOperationException(
            $"{owner.Kind} \"{owner.Metadata.Name}\" has no uid: take the object that the API server returned, not the one that was sent."),
        Controller = controller,
        BlockOwnerDeletion = blockOwnerDeletion,
    };

    private static IDictionary<string, string>? With(IDictionary<string, string>? values, string key, string? value)
    {
        if (value is null)
        {
            values?.Remove(key);
            return values;
        }

        values ??= new Dictionary<string, string>();
        values[key] = value;
        return values;
    }
}
