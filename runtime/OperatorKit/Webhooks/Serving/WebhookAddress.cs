using System.Text.Json.Nodes;

namespace OperatorKit.Webhooks.Serving;

/// <summary>Where the API server finds the webhooks: a Service, or a URL.</summary>
/// <param name="Namespace">Namespace of the Service.</param>
/// <param name="Service">Name of the Service.</param>
/// <param name="Url">The URL without a path; null for the Service.</param>
internal sealed record WebhookAddress(string Namespace, string Service, Uri? Url)
{
    /// <summary>The names that a certificate must have.</summary>
    public IReadOnlyList<string> Names =>
    [
        $"{Service}.{Namespace}.svc",
        $"{Service}.{Namespace}.svc.cluster.local",
        $"{Service}.{Namespace}",
        .. Url is null ? Array.Empty<string>() : [Url.Host, "localhost"],
    ];

    /// <summary>The <c>clientConfig</c> of a webhook; what does not hold is null, so that a merge patch takes it out.</summary>
    public JsonObject ClientConfig(string path, string authorities, bool writesNulls)
    {
        var config = new JsonObject();
        if (authorities.Length > 0)
            config["caBundle"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authorities));
        if (Url is not null)
        {
            config["url"] = new Uri(Url, path).AbsoluteUri;
            if (writesNulls)
                config["service"] = null;
        }
        else
        {
            config["service"] = new JsonObject { ["namespace"] = Namespace, ["name"] = Service, ["path"] = path, ["port"] = 443 };
            if (writesNulls)
                config["url"] = null;
        }

        return config;
    }
}
