using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>What a command printed: an <c>ExecCredential</c> with a token, a certificate, or both.</summary>
internal sealed record ExecCredential(string? Token, X509Certificate2? Certificate, DateTimeOffset? Expires)
{
    public static ExecCredential Parse(ExecCommand command, string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = document.RootElement;
            if (Text(root, "apiVersion") is var version && version != command.ApiVersion)
            {
                throw Wrong(command, $"it answers in {version ?? "no apiVersion"} and the kubeconfig says {command.ApiVersion}");
            }

            if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
            {
                throw Wrong(command, "its answer has no status");
            }

            var token = Text(status, "token");
            var certificate = (Text(status, "clientCertificateData"), Text(status, "clientKeyData")) is ({ Length: > 0 } pem, { Length: > 0 } key)
                ? Certificates.Client(pem, key)
                : null;
            if (string.IsNullOrEmpty(token) && certificate is null)
            {
                throw Wrong(command, "its answer has neither a token nor a client certificate");
            }

            DateTimeOffset? expires = Text(status, "expirationTimestamp") is { Length: > 0 } time
                ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)
                : certificate?.NotAfter.ToUniversalTime();
            return new ExecCredential(token, certificate, expires);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            throw Wrong(command, $"its answer cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static KubeconfigException Wrong(ExecCommand command, string reason, Exception? inner = null) =>
        new($"The credentials command {command.Command} did not give an ExecCredential: {reason}. Run it by hand and see what it prints.", inner);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
