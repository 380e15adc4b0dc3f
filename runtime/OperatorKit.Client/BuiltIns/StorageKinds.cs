using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Storage.</summary>
public static class StorageKinds
{
    extension(KubernetesClient client)
    {
        /// <summary>CSIDrivers of the cluster.</summary>
        public ResourceClient<V1CSIDriver> CSIDrivers() => client.Resource<V1CSIDriver>();

        /// <summary>CSINodes of the cluster.</summary>
        public ResourceClient<V1CSINode> CSINodes() => client.Resource<V1CSINode>();

        /// <summary>CSIStorageCapacities of a namespace; null is all namespaces.</summary>
        public ResourceClient<V1CSIStorageCapacity> CSIStorageCapacities(string? @namespace = null) => client.Resource<V1CSIStorageCapacity>(@namespace);

        /// <summary>StorageClasses of the cluster.</summary>
        public ResourceClient<V1StorageClass> StorageClasses() => client.Resource<V1StorageClass>();

        /// <summary>VolumeAttachments of the cluster.</summary>
        public ResourceClient<V1VolumeAttachment> VolumeAttachments() => client.Resource<V1VolumeAttachment>();

        /// <summary>VolumeAttributesClasses of the cluster.</summary>
        public ResourceClient<V1VolumeAttributesClass> VolumeAttributesClasses() => client.Resource<V1VolumeAttributesClass>();
    }
}
