using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Leases;

/// <summary>Reads and writes one Lease; of two writers that saw the same version one fails.</summary>
internal sealed class LeaseStore(KubernetesClient client, string @namespace, string name)
{
    private readonly ResourceClient<V1Lease> _leases = client.Resource<V1Lease>(@namespace);

    public async Task<LeaseRecord?> ReadAsync(CancellationToken cancellationToken) =>
        await _leases.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } lease ? Record(lease) : null;

    public async Task<LeaseRecord> CreateAsync(LeaseRecord record, CancellationToken cancellationToken)
    {
        var lease = new V1Lease
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace },
            Spec = new V1LeaseSpec
            {
                HolderIdentity = record.Holder,
                LeaseDurationSeconds = Seconds(record.Duration),
                AcquireTime = record.AcquireTime,
                RenewTime = record.RenewTime,
                LeaseTransitions = record.Transitions,
            },
        };
        return Record(await _leases.CreateAsync(lease, null, cancellationToken).ConfigureAwait(false));
    }

    public async Task<LeaseRecord> UpdateAsync(LeaseRecord record, CancellationToken cancellationToken) =>
        Record(await _leases.PatchAsync(name, Patch.Merge(Write(record)), null, cancellationToken).ConfigureAwait(false));

    private static LeaseRecord Record(V1Lease lease) => new(
        lease.Spec?.HolderIdentity ?? "",
        TimeSpan.FromSeconds(lease.Spec?.LeaseDurationSeconds ?? 0),
        lease.Spec?.RenewTime,
        lease.Spec?.AcquireTime,
        lease.Spec?.LeaseTransitions ?? 0,
        lease.Metadata?.ResourceVersion);

    private static ReadOnlyMemory<byte> Write(LeaseRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("resourceVersion"u8, record.ResourceVersion);
        writer.WriteEndObject();
        writer.WriteStartObject("spec"u8);
        writer.WriteString("holderIdentity"u8, record.Holder);
        writer.WriteNumber("leaseDurationSeconds"u8, Seconds(record.Duration));
        writer.WriteNumber("leaseTransitions"u8, record.Transitions);
        WriteTime(writer, "acquireTime"u8, record.AcquireTime);
        WriteTime(writer, "renewTime"u8, record.RenewTime);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> member, DateTime? time)
    {
        if (time is { } value)
            writer.WriteString(member, value.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
    }

    private static int Seconds(TimeSpan duration) => Math.Max(1, (int)Math.Ceiling(duration.TotalSeconds));
}
