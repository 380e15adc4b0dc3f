using System.Security.Cryptography.X509Certificates;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>What a client showed in the TLS handshake. Nothing of it is believed yet.</summary>
/// <param name="Certificate">Its own certificate.</param>
/// <param name="Intermediates">Certificates of authorities that may lead from it to one that is trusted.</param>
internal sealed record ClientCertificate(X509Certificate2 Certificate, X509Certificate2Collection Intermediates);
