using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Runs a credentials command, and runs it again when what it gave is about to expire or was refused.</summary>
internal sealed class ExecCredentialSource(ExecCommand command, ClusterConnection connection, TimeProvider timeProvider, Func<bool> hasTerminal) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile ExecCredential? _credential;

    /// <summary>The certificate given last, if any.</summary>
    public ExecCredential? Current => _credential;

    public async ValueTask<ExecCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } credential)
        {
            return credential;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? (_credential = ExecCredential.Parse(command, await RunAsync(cancellationToken)));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Forget() => _credential = null;

    public void Dispose() => _turn.Dispose();

    private ExecCredential? Fresh() =>
        _credential is { } credential && (credential.Expires is not { } expires || timeProvider.GetUtcNow() < expires - Margin) ? credential : null;

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var isTerminal = command.Interactivity != ExecInteractivity.Never && hasTerminal();
        if (command.Interactivity == ExecInteractivity.Always && !isTerminal)
        {
            // The first half in client-go's words, which people search for.
            throw new KubeconfigException(
                $"exec plugin cannot support interactive mode: standard input is not a terminal. The credentials command {command.Command} of {connection.Source} asks questions: run this in a terminal, or use other credentials.");
        }

        using var process = Start(isTerminal);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = isTerminal ? Task.FromResult("see above") : process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            await Task.WhenAll(output, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? await output : throw new KubeconfigException(
            $"The credentials command {command.Command} ended with code {process.ExitCode}: {(await errors).Trim().TrimEnd('.')}. Log in again with its own tool, then retry.");
    }

    private Process Start(bool isTerminal)
    {
        var start = new ProcessStartInfo(command.Command, command.Arguments)
        {
            RedirectStandardOutput = true,
            // Where somebody can answer, that is where the questions are asked.
            RedirectStandardError = !isTerminal,
            RedirectStandardInput = !isTerminal,
            UseShellExecute = false,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Request(isTerminal);
        try
        {
            var process = Process.Start(start)!;
            if (!isTerminal)
            {
                process.StandardInput.Close();
            }

            return process;
        }
        catch (Exception exception) when (exception is Win32Exception or FileNotFoundException)
        {
            var hint = string.IsNullOrWhiteSpace(command.InstallHint) ? "Install it, or put it into PATH." : command.InstallHint.Trim();
            throw new KubeconfigException($"The credentials command {command.Command} of {connection.Source} cannot be started: {exception.Message.TrimEnd('.')}. {hint}", exception);
        }
    }

    private string Request(bool isTerminal)
    {
        var request = ObjectWriter.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, command.ApiVersion);
            writer.WriteString("kind"u8, "ExecCredential"u8);
            writer.WriteStartObject("spec"u8);
            writer.WriteBoolean("interactive"u8, isTerminal);
            if (command.ProvideClusterInfo)
            {
                WriteCluster(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return Encoding.UTF8.GetString(request.Span);
    }

    private void WriteCluster(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("cluster"u8);
        writer.WriteString("server"u8, connection.Server.OriginalString);
        if (connection.TlsServerName is { } name)
        {
            writer.WriteString("tls-server-name"u8, name);
        }

        if (connection.SkipTlsVerify)
        {
            writer.WriteBoolean("insecure-skip-tls-verify"u8, true);
        }

        if (connection.CertificateAuthorities is { } authorities)
        {
            writer.WriteBase64String("certificate-authority-data"u8, Encoding.UTF8.GetBytes(authorities.ExportCertificatePems()));
        }

        if (connection.Proxy is { } proxy)
        {
            writer.WriteString("proxy-url"u8, proxy.OriginalString);
        }

        if (connection.DisableCompression)
        {
            writer.WriteBoolean("disable-compression"u8, true);
        }

        if (command.ClusterConfig is { } config)
        {
            writer.WritePropertyName("config"u8);
            writer.WriteRawValue(config);
        }

        writer.WriteEndObject();
    }
}
