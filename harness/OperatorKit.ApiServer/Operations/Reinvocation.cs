using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>
/// The second pass over the admission of one write: what a later step changed, an earlier one that asks for it sees again, once.
/// See https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#reinvocation-policy.
/// </summary>
internal sealed class Reinvocation
{
    private readonly Dictionary<IAdmission, ReinvokedCalls> _calls = [];

    /// <summary>Whether a step changed the object, so that there is a second pass.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Whether the second pass is under way.</summary>
    public bool IsSecondPass { get; private set; }

    public void BeginSecondPass() => IsSecondPass = true;

    public void Request() => IsWanted = true;

    /// <summary>The calls that a step makes, in both passes.</summary>
    public ReinvokedCalls CallsOf(IAdmission step)
    {
        if (!_calls.TryGetValue(step, out var calls))
            _calls[step] = calls = new ReinvokedCalls(this);
        return calls;
    }
}

/// <summary>The calls of one admission step, of webhooks or of policies: which of them the second pass makes again.</summary>
internal sealed class ReinvokedCalls(Reinvocation reinvocation)
{
    private readonly HashSet<object> _made = [];
    private readonly HashSet<object> _again = [];
    private JsonObject? _left;

    /// <summary>The step begins: what steps in between changed counts as a change.</summary>
    public void Begin(JsonObject? value)
    {
        if (reinvocation.IsSecondPass && !Equals(_left, value))
            MakeAgain();
    }

    /// <summary>Whether the call is to be made in this pass.</summary>
    public bool IsDue(object call) => !reinvocation.IsSecondPass || _again.Contains(call);

    /// <summary>A call was made.</summary>
    /// <param name="changed">Whether it changed the object: the calls before it may have to be made again.</param>
    /// <param name="reinvocable">Whether it is itself to be made again when a later one changes the object.</param>
    public void Made(object call, bool changed, bool reinvocable)
    {
        if (changed)
        {
            MakeAgain();
            reinvocation.Request();
        }

        if (reinvocable)
            _made.Add(call);
    }

    /// <summary>The step ends.</summary>
    /// <param name="repeats">Whether its own calls, the last one too, are to see what all of them together made.</param>
    public void End(JsonObject? value, bool repeats = false)
    {
        _left = value;
        if (!repeats)
            return;
        MakeAgain();
        reinvocation.Request();
    }

    private void MakeAgain()
    {
        _again.UnionWith(_made);
        _made.Clear();
    }
}
