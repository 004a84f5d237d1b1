namespace Calibrate.Models.Processes;

/// <summary>A child did not come to life, for a reason that may pass.</summary>
/// <param name="message">Why, for the user.</param>
internal sealed class ChildStartException(string message) : Exception(message);

/// <summary>What a program wrote is not what the protocol asks for.</summary>
/// <param name="message">What it wrote instead, for the user.</param>
internal sealed class ProtocolBreachException(string message) : Exception(message);

/// <summary>A program says that it cannot work with these parameters or outputs; another start would not change that.</summary>
/// <param name="message">What it says.</param>
internal sealed class ModelRefusalException(string message) : Exception(message);
