using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Dispatch;

/// <summary>An apply whose body is written already.</summary>
internal sealed class RawApply<T>(string name, ReadOnlyMemory<byte> body) : IApplyConfiguration<T>
    where T : class, IKubernetesResource<T>
{
    public string Name => name;

    public void WriteJson(Utf8JsonWriter writer) => writer.WriteRawValue(body.Span, skipInputValidation: true);
}
