using System.Text;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Writes a kubeconfig with one cluster, one user and one context.</summary>
internal static class Kubeconfig
{
    public static string Write(string server, string? certificate, string? token)
    {
        var text = new StringBuilder()
            .Append("apiVersion: v1\nkind: Config\nclusters:\n- name: operatorkit\n  cluster:\n")
            .Append("    server: ").Append(server).Append('\n');
        if (certificate is not null)
            text.Append("    certificate-authority-data: ").Append(Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate))).Append('\n');
        // kubectl asks for a name and password where HTTPS comes without credentials; a server without authentication takes any token.
        if (certificate is not null)
            token ??= "anyone";
        text.Append("users:\n- name: operatorkit\n  user:");
        text.Append(token is null ? " {}\n" : $"\n    token: \"{token.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n");
        return text.Append("contexts:\n- name: operatorkit\n  context:\n    cluster: operatorkit\n    user: operatorkit\ncurrent-context: operatorkit\n").ToString();
    }
}
