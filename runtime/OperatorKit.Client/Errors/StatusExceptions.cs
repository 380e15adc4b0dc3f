using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>400: the server cannot make sense of the request.</summary>
public sealed class BadRequestException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>401: the server does not accept the credentials.</summary>
public sealed class UnauthorizedException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>403: the credentials are accepted and do not allow this, or an admission rule forbids it.</summary>
public sealed class ForbiddenException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>404: there is no such object, or the cluster does not serve its kind.</summary>
public sealed class NotFoundException(string message, V1Status? status = null, bool isKindMissing = false) : KubernetesException(message, status)
{
    /// <summary>Whether the whole kind is missing, as before its CustomResourceDefinition is installed.</summary>
    public bool IsKindMissing { get; } = isKindMissing;
}

/// <summary>409: the object has changed since it was read, or another field manager owns a field.</summary>
public sealed class ConflictException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>409: there is an object of this name.</summary>
public sealed class AlreadyExistsException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>410: the resource version or the continue token is too old: list again.</summary>
public sealed class ExpiredException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>422: the object breaks its schema; <see cref="KubernetesException.Status"/> names each field.</summary>
public sealed class InvalidResourceException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>429: the server sheds load, or a disruption budget does not allow an eviction now.</summary>
public sealed class TooManyRequestsException(string message, V1Status? status = null) : KubernetesException(message, status);

/// <summary>5xx: the server failed, is not ready, or took too long.</summary>
public sealed class ServerErrorException(string message, V1Status? status = null) : KubernetesException(message, status);
