using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OperatorKit.Build;

/// <summary>Reads manifests out of the constants of a compiled assembly. Nothing of the assembly is loaded or run.</summary>
internal static class ManifestReader
{
    private const string AttributeNamespace = "OperatorKit";
    private const string AttributeName = "ManifestFileAttribute";

    /// <summary>The manifests in the order of their paths.</summary>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    public static IReadOnlyList<Manifest> Read(Stream assembly)
    {
        using var file = new PEReader(assembly);
        var metadata = file.GetMetadataReader();
        var manifests = new List<Manifest>();
        foreach (var handle in metadata.CustomAttributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Parent.Kind != HandleKind.FieldDefinition || !IsManifestFile(metadata, attribute))
                continue;
            var field = metadata.GetFieldDefinition((FieldDefinitionHandle)attribute.Parent);
            if (PathOf(metadata, attribute) is { } path && TextOf(metadata, field) is { } text)
                manifests.Add(new Manifest(path, text));
        }

        manifests.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return manifests;
    }

    private static bool IsManifestFile(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Name, AttributeName) && metadata.StringComparer.Equals(type.Namespace, AttributeNamespace);
    }

    private static string? PathOf(MetadataReader metadata, CustomAttribute attribute)
    {
        const ushort Prolog = 1;
        var blob = metadata.GetBlobReader(attribute.Value);
        return blob.ReadUInt16() == Prolog ? blob.ReadSerializedString() : null;
    }

    private static string? TextOf(MetadataReader metadata, FieldDefinition field)
    {
        if ((field.Attributes & FieldAttributes.Literal) == 0 || field.GetDefaultValue() is not { IsNil: false } handle)
            return null;
        var constant = metadata.GetConstant(handle);
        if (constant.TypeCode != ConstantTypeCode.String)
            return null;
        var blob = metadata.GetBlobReader(constant.Value);
        return blob.ReadUTF16(blob.Length);
    }
}
