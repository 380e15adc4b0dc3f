using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Hosting;

/// <summary>Asks the cluster before the work begins whether the operator may do it.</summary>
internal static class RightsCheck
{
    /// <summary>Fails where a right is missing.</summary>
    /// <exception cref="OperatorStartException">The operator may not do all of it; the message has the commands that change that.</exception>
    public static async Task RequireAsync(
        KubernetesClient client, IReadOnlyList<Right> rights, string operatorName, string manifests, CancellationToken cancellationToken)
    {
        var allowed = await Task.WhenAll(rights.Select(right => IsAllowedAsync(client, right, cancellationToken))).ConfigureAwait(false);
        var missing = rights.Where((_, index) => !allowed[index]).ToList();
        if (missing.Count == 0)
            return;
        var user = await UserAsync(client, cancellationToken).ConfigureAwait(false);
        throw new OperatorStartException(StartHints.ForMissing(missing, user, operatorName, manifests));
    }

    private static async Task<bool> IsAllowedAsync(KubernetesClient client, Right right, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CanAsync(right.Verb, right.Definition, right.Namespace, right.Subresource, right.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (KubernetesException)
        {
            // A cluster that does not answer the question may well allow the deed.
            return true;
        }
    }

    private static async Task<string> UserAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        try
        {
            var review = await client.Resource<V1SelfSubjectReview>().CreateAsync(new V1SelfSubjectReview(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return review.Status?.UserInfo?.Username ?? "";
        }
        catch (KubernetesException)
        {
            return "";
        }
    }
}
