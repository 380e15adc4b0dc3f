namespace OperatorKit.Client;

/// <summary>The server does not answer: it is down, elsewhere, cut off, or too slow.</summary>
public sealed class ClusterUnreachableException(string message, Exception? innerException = null) : KubernetesException(message, null, innerException);

/// <summary>The certificate that the server shows is not signed by the authority that the connection trusts, or is for another name.</summary>
public sealed class UntrustedCertificateException(string message, Exception? innerException = null) : KubernetesException(message, null, innerException);

/// <summary>A kubeconfig, or the credentials that it names, cannot be used.</summary>
public sealed class KubeconfigException(string message, Exception? innerException = null) : KubernetesException(message, null, innerException);
