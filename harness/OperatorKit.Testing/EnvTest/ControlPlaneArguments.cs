namespace OperatorKit.Testing.EnvTest;

/// <summary>The command lines of a control plane on the loopback interface.</summary>
internal static class ControlPlaneArguments
{
    public static IReadOnlyList<string> Etcd(ControlPlaneFiles files, int port, int peerPort) =>
    [
        $"--data-dir={files.PathOf("etcd")}",
        $"--listen-client-urls=http://127.0.0.1:{port}",
        $"--advertise-client-urls=http://127.0.0.1:{port}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync=true",
    ];

    public static IReadOnlyList<string> ApiServer(ControlPlaneFiles files, int etcdPort, int port) =>
    [
        $"--etcd-servers=http://127.0.0.1:{etcdPort}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        $"--secure-port={port}",
        $"--cert-dir={files.Directory}",
        $"--tls-cert-file={files.PathOf("server.crt")}",
        $"--tls-private-key-file={files.PathOf("server.key")}",
        $"--client-ca-file={files.PathOf("ca.crt")}",
        "--authorization-mode=RBAC",
        $"--service-account-issuer=https://127.0.0.1:{port}/",
        $"--service-account-key-file={files.PathOf("service-account.pub")}",
        $"--service-account-signing-key-file={files.PathOf("service-account.key")}",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged=true",
    ];
}
