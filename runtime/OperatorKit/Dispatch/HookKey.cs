using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>One timer or daemon of one object.</summary>
/// <param name="Object">The object.</param>
/// <param name="Hook">Which of its kind that the controller has.</param>
internal readonly record struct HookKey(ObjectKey Object, int Hook);
