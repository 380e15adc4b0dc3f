namespace OperatorKit.Client.Tests;

/// <summary>
/// Tests that write a script and run it, one after the other: a process that one of them starts holds for a moment the files that another has open to
/// write, and what somebody writes to cannot be run.
/// </summary>
[CollectionDefinition]
public sealed class Scripts;
