using System.Text;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Certificate signing requests.</summary>
internal static class CertificateValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject request, JsonObject? old)
    {
        if (old is not null)
            yield break;
        var spec = request.ObjectAt("spec") ?? JsonObject.Empty;
        var (encoded, signer) = (spec.StringAt("request") ?? "", spec.StringAt("signerName") ?? "");
        if (!Encoding.ASCII.GetString(Convert.FromBase64String(encoded)).Contains("-----BEGIN CERTIFICATE REQUEST-----", StringComparison.Ordinal))
            yield return FieldError.Invalid("spec.request", spec["request"] ?? JsonValue.Null, "PEM block type must be CERTIFICATE REQUEST");
        if (!spec.Strings("usages").Any())
            yield return FieldError.Required("spec.usages");
        if (signer.Length == 0)
            yield return FieldError.Required("spec.signerName");
        else if (signer.Split('/') is not [var domain, { Length: > 0 }] || !domain.Contains('.', StringComparison.Ordinal) || NameFormat.Subdomain(domain).Any())
            yield return FieldError.Invalid("spec.signerName", signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        if (spec.LongAt("expirationSeconds") is { } seconds and < 600)
            yield return FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 600 seconds (10 minutes)");
    }
}
