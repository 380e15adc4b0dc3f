using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.GarbageCollection;

/// <summary>The resource that serves a kind, or null where none does. Owner references name kinds, storage knows resources.</summary>
internal delegate ResolvedKind? KindLookup(string apiVersion, string kind);

internal readonly record struct ResolvedKind(GroupResource Resource, bool Namespaced);
