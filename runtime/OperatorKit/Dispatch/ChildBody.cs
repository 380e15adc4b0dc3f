using System.Text.Json;
using OperatorKit.Serialization;

namespace OperatorKit.Dispatch;

/// <summary>Makes the body of a server-side apply out of a child: what the server owns goes, the namespace and the owner reference come.</summary>
internal static class ChildBody
{
    /// <summary>Members of the metadata that an apply must not carry; namespace and owners are written anew.</summary>
    private static readonly byte[][] NotSent =
    [
        [.. "namespace"u8], [.. "ownerReferences"u8], [.. "uid"u8], [.. "resourceVersion"u8], [.. "generation"u8], [.. "creationTimestamp"u8],
        [.. "deletionTimestamp"u8], [.. "deletionGracePeriodSeconds"u8], [.. "managedFields"u8], [.. "selfLink"u8],
    ];

    /// <summary>Writes the body.</summary>
    /// <param name="child">The child, which may be a copy of a cached one.</param>
    /// <param name="owner">The object that the child belongs to.</param>
    /// <param name="childNamespace">The namespace that the child goes to; empty for a kind of the cluster.</param>
    /// <returns>The body; to be disposed when it is sent.</returns>
    public static PooledJson Write<TChild>(TChild child, IKubernetesObject owner, string childNamespace)
        where TChild : class, IKubernetesResource<TChild>
    {
        using var json = Serialize(child);
        using var document = JsonDocument.Parse(json.Memory);
        return PooledJson.Write((document.RootElement, owner, childNamespace), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, TChild.Definition.ApiVersion);
            writer.WriteString("kind"u8, TChild.Definition.Kind);
            WriteMetadata(writer, state.RootElement, state.owner, state.childNamespace);
            foreach (var member in state.RootElement.EnumerateObject())
            {
                if (!member.NameEquals("apiVersion"u8) && !member.NameEquals("kind"u8) && !member.NameEquals("metadata"u8) && !member.NameEquals("status"u8))
                    member.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Writes an object as it is.</summary>
    public static PooledJson Serialize<T>(T value)
        where T : class, IKubernetesResource<T> => PooledJson.Write(value, T.WriteJson);

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement child, IKubernetesObject owner, string childNamespace)
    {
        writer.WriteStartObject("metadata"u8);
        if (childNamespace.Length > 0)
            writer.WriteString("namespace"u8, childNamespace);
        var metadata = child.GetProperty("metadata"u8);
        foreach (var member in metadata.EnumerateObject())
        {
            if (IsSent(member))
                member.WriteTo(writer);
        }

        writer.WriteStartArray("ownerReferences"u8);
        if (metadata.TryGetProperty("ownerReferences"u8, out var references))
        {
            foreach (var reference in references.EnumerateArray())
            {
                if (!reference.TryGetProperty("uid"u8, out var uid) || !uid.ValueEquals(owner.Metadata.Uid))
                    reference.WriteTo(writer);
            }
        }

        WriteOwner(writer, owner);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static bool IsSent(JsonProperty member)
    {
        foreach (var name in NotSent)
        {
            if (member.NameEquals(name))
                return false;
        }

        return true;
    }

    private static void WriteOwner(Utf8JsonWriter writer, IKubernetesObject owner)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, owner.ApiVersion);
        writer.WriteString("kind"u8, owner.Kind);
        writer.WriteString("name"u8, owner.Metadata.Name);
        writer.WriteString("uid"u8, owner.Metadata.Uid);
        writer.WriteBoolean("controller"u8, true);
        writer.WriteBoolean("blockOwnerDeletion"u8, true);
        writer.WriteEndObject();
    }
}
