namespace OperatorKit.ApiServer.Json;

/// <summary>Text that is not JSON or YAML. The message is the one that kube-apiserver's parser gives.</summary>
internal sealed class JsonSyntaxException(string message) : Exception(message);
