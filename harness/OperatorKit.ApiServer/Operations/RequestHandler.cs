namespace OperatorKit.ApiServer.Operations;

/// <summary>
/// Answers a request that is not plain storage: a review, a token request, a namespace's finalize, a pod's binding.
/// </summary>
/// <param name="target">What is asked for; <see cref="ResourceTarget.Subresource"/> is null for a review.</param>
/// <param name="verb"><c>get</c>, <c>create</c>, <c>update</c>, <c>patch</c> or <c>delete</c>.</param>
/// <param name="body">The decoded body, or null where there is none.</param>
internal delegate Task<WriteResult> RequestHandler(ResourceTarget target, string verb, RequestBody? body, RequestContext request, CancellationToken cancellationToken);
