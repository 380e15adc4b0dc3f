using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Installs the definitions of custom resources.</summary>
public static class CustomResourceDefinitionExtensions
{
    extension(KubernetesClient client)
    {
        /// <summary>Applies the definition of a kind and waits until the server serves it.</summary>
        /// <typeparam name="T">The kind.</typeparam>
        /// <param name="cancellationToken">Stops waiting.</param>
        /// <exception cref="InvalidResourceException">The server does not accept the definition.</exception>
        public async Task InstallAsync<T>(CancellationToken cancellationToken = default)
            where T : CustomResource, ICustomResource<T>
        {
            var definitions = client.Resource<V1CustomResourceDefinition>();
            var name = T.Definition.QualifiedName;
            var installed = await definitions.ApplyAsync(
                name, null, T.CustomResourceDefinitionJson.ToArray(), null, new ApplyOptions { Force = true }, cancellationToken);
            await WaitUntilEstablishedAsync(definitions, installed, cancellationToken);

            // Established comes a moment before the endpoint: a list tells that it is there.
            await client.WaitUntilServedAsync(T.Definition, cancellationToken);
        }
    }

    private static async Task WaitUntilEstablishedAsync(
        ResourceClient<V1CustomResourceDefinition> definitions, V1CustomResourceDefinition installed, CancellationToken cancellationToken)
    {
        var name = installed.Metadata.Name!;
        while (!IsEstablished(installed))
        {
            var options = new WatchOptions { FieldSelector = "metadata.name=" + name };
            await foreach (var change in definitions.WatchAsync(options, cancellationToken))
            {
                installed = change.Object;
                if (IsEstablished(installed))
                {
                    return;
                }
            }
        }
    }

    private static bool IsEstablished(V1CustomResourceDefinition definition)
    {
        var conditions = definition.Status?.Conditions ?? [];
        if (conditions.FirstOrDefault(condition => condition is { Type: "NamesAccepted", Status: "False" }) is { } refused)
        {
            throw new KubernetesException(
                $"The server refuses the names of {definition.Metadata.Name}: {refused.Message}. Another definition uses them: kubectl get crd; choose others.");
        }

        return conditions.Any(condition => condition is { Type: "Established", Status: "True" });
    }
}
