namespace Calibrate.Models.UmBridge;

/// <summary>What went wrong between the client and one server.</summary>
internal enum UmBridgeFault
{
    /// <summary>No connection could be made, or the server is too busy: the request never reached a model.</summary>
    Unreachable,

    /// <summary>The connection broke while an answer was awaited.</summary>
    Lost,

    /// <summary>The answer took longer than the time-out.</summary>
    Slow,

    /// <summary>What answers is not set up as a UM-Bridge server: a redirect, a refusal, a page that is not there.</summary>
    Misplaced,

    /// <summary>The server answered, and the answer is an error or makes no sense.</summary>
    Refused,
}

/// <summary>One request to one server that did not give what was asked for.</summary>
internal sealed class UmBridgeException(UmBridgeFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public UmBridgeFault Fault { get; } = fault;
}
