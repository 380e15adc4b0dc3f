using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>Keeps what is served like the definitions.</summary>
internal sealed class DefinitionPublisher(ApiOperations operations)
{
    /// <summary>Serves what an established definition says, and ends the watches that a change of it makes wrong.</summary>
    public void Publish(JsonObject definition)
    {
        var type = DefinitionReader.Read(definition);
        var before = operations.Registry.Current.Find(type.Resource);
        if (before?.Origin is { } known && known.Equals(type.Origin))
            return;
        if (before is null)
            operations.Store.Begin(type.Resource);
        operations.Registry.Publish(type);
        if (before?.Origin is { } earlier && !earlier.Content.Equals(type.Origin!.Content))
            operations.Store.Disconnect(type.Resource);
    }

    public void Withdraw(string name)
    {
        var type = operations.Registry.Current.Types.FirstOrDefault(type => type.Origin?.Name == name);
        if (type is null)
            return;
        operations.Registry.Withdraw(type.Resource);
        operations.Store.Disconnect(type.Storage);
    }
}
