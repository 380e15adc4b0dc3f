using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Asks the cluster what we may do.</summary>
public static class AccessExtensions
{
    extension(KubernetesClient client)
    {
        /// <summary>Asks whether our credentials allow something, by a SelfSubjectAccessReview.</summary>
        /// <param name="verb">As role rules spell it: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>patch</c>, ...</param>
        /// <param name="definition">The kind.</param>
        /// <param name="namespace">The namespace; null is all of them.</param>
        /// <param name="subresource">As in <c>status</c>; null is the object itself.</param>
        /// <param name="name">One object; null is all of them.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>Whether it is allowed.</returns>
        public async Task<bool> CanAsync(
            string verb,
            ResourceDefinition definition,
            string? @namespace = null,
            string? subresource = null,
            string? name = null,
            CancellationToken cancellationToken = default)
        {
            var review = await client.Resource<V1SelfSubjectAccessReview>().CreateAsync(
                new V1SelfSubjectAccessReview
                {
                    Spec = new V1SelfSubjectAccessReviewSpec
                    {
                        ResourceAttributes = new V1ResourceAttributes
                        {
                            Verb = verb,
                            Group = definition.Group,
                            Version = definition.Version,
                            Resource = definition.Plural,
                            Subresource = subresource,
                            NamespaceProperty = @namespace,
                            Name = name,
                        },
                    },
                },
                cancellationToken: cancellationToken);
            return review.Status?.Allowed == true;
        }
    }
}
