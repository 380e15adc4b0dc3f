using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Who a request comes from and whether it may go on. By default everybody is a cluster administrator.</summary>
internal class Access
{
    private static readonly UserInfo Everybody = new("admin", ["system:masters", "system:authenticated"]);

    /// <exception cref="StatusException">401: the credentials are not known.</exception>
    public virtual ValueTask<UserInfo> AuthenticateAsync(HttpContext context) => new(Everybody);

    /// <summary>Why the request is refused, or null.</summary>
    public virtual ValueTask<StatusException?> RefusalAsync(UserInfo user, RequestPath path, string verb, HttpContext context) => new((StatusException?)null);
}
