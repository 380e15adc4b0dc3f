using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OperatorKit.Client;

/// <summary>Reads the certificates of a kubeconfig: PEM in a file, or PEM in base64 in place.</summary>
internal static class Certificates
{
    public static X509Certificate2Collection? Authorities(Kubeconfig.Entry cluster)
    {
        const string Key = "certificate-authority";
        return Pem(cluster, Key) is { } pem ? Read(cluster, Key, () => Authorities(pem)) : null;
    }

    public static X509Certificate2Collection Authorities(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("there is no certificate in it");
    }

    public static X509Certificate2? Client(Kubeconfig.Entry user)
    {
        var certificate = Pem(user, "client-certificate");
        var key = Pem(user, "client-key");
        return (certificate, key) switch
        {
            (null, null) => null,
            (not null, not null) => Read(user, "client-certificate", () => Client(certificate, key)),
            (null, _) => throw user.Body!.Value.Wrong($"user {user.Name} has client-key(-data) and no client-certificate(-data)"),
            (_, null) => throw user.Body!.Value.Wrong($"user {user.Name} has client-certificate(-data) and no client-key(-data)"),
        };
    }

    public static X509Certificate2 Client(string certificate, string key)
    {
        var pair = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // Windows' TLS takes no key that lives in memory only.
        using (pair)
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static T Read<T>(Kubeconfig.Entry entry, string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw entry.Body!.Value.Wrong($"{key} of {entry.Name} is not usable PEM: {exception.Message.TrimEnd('.')}");
        }
    }

    private static string? Pem(Kubeconfig.Entry entry, string key)
    {
        var body = entry.Body!.Value;
        if (body.Text(key + "-data") is { Length: > 0 } data)
        {
            return FromBase64(body, key + "-data", data);
        }

        if (entry.PathOf(key) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw body.Wrong($"{key} of {entry.Name} cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    private static string FromBase64(KubeconfigYaml body, string key, string data)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException)
        {
            throw body.Wrong($"{key} is not base64");
        }
    }
}
