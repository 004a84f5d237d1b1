namespace Calibrate.Serving;

/// <summary>An error as the UM-Bridge protocol has them.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="Type">The protocol's word for it.</param>
/// <param name="Message">For people.</param>
internal sealed record ProtocolError(int Status, string Type, string Message)
{
    public static ProtocolError InvalidInput(string message, int status = 400) => new(status, "InvalidInput", message);

    public static ProtocolError ModelNotFound(string message) => new(400, "ModelNotFound", message);

    public static ProtocolError UnsupportedFeature(string message) => new(400, "UnsupportedFeature", message);

    public static ProtocolError InvalidOutput(string message) => new(500, "InvalidOutput", message);

    public static ProtocolError Internal(string message) => new(500, "InternalError", message);
}
