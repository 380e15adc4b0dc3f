namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>What an expression of a policy is for, and so what it knows.</summary>
internal enum PolicyExpressionUse
{
    Decision,

    /// <summary>A message, which is made without the authorizer.</summary>
    Message,

    /// <summary>A patch: there are types and functions for it.</summary>
    Patch,
}
