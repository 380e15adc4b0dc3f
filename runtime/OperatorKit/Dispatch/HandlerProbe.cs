namespace OperatorKit.Dispatch;

/// <summary>
/// Told of each call of a handler's method, <see cref="HandlerMethods.None"/> for one that an attribute wires; what it returns is told of the call's end, with
/// the exception if there was one. Simulations check by it who handled what, and when.
/// </summary>
internal delegate Action<Exception?> HandlerProbe(string controller, CustomResource resource, HandlerMethods method);
