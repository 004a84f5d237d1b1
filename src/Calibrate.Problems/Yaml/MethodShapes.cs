namespace Calibrate.Problems.Yaml;

/// <summary>The keys of method and execution.</summary>
internal static class MethodShapes
{
    /// <summary>The names of the moves, in the order of <see cref="Methods.MoveKind"/>.</summary>
    public static IReadOnlyList<string> Moves { get; } = ["stretch", "de", "snooker", "walk", "kde"];

    public static MappingShape Method { get; } = new(
        "a method",
        new Key("kind", new ChoiceShape("ensemble", "random_search"), "ensemble (when left out) samples with ensembles of walkers; random_search draws candidates from the prior."),
        new Key("ensembles", new IntegerShape(1), "Number of independent ensembles; 4 when left out, 1 for a random search."),
        new Key("walkers", new IntegerShape(4), "Walkers per ensemble; the larger of 32 and four times the number of free parameters when left out."),
        new Key("iterations", new IntegerShape(1), "Iterations per ensemble, warm-up included; 5000 when left out."),
        new Key("warm_up", new IntegerShape(0), "Iterations the summary leaves out; a fifth of those reached when left out."),
        new Key("thin", new IntegerShape(1), "Keep every so-manyth iteration."),
        new Key("seed", new TextShape("a whole number from 0 to 18446744073709551615", s => s.IsPlain && ulong.TryParse(s.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _), orNumber: true), "Seed of the random numbers; drawn from the host when left out."),
        new Key("candidates", new IntegerShape(1), "Random search: candidates per iteration."),
        new Key("moves", new ListShape(new OneOfShape(new ChoiceShape(Moves), Move()), "a list of moves"), "Moves of the ensemble; each iteration uses one, chosen by weight."),
        new Key("initial", Initial(), "Where the walkers start: prior (when left out), best_fit, a ball or a file."),
        new Key("stop", Stop(), "When to stop before the last iteration."));

    public static MappingShape Execution { get; } = new(
        "execution",
        new Key("slots", new IntegerShape(1), "Number of evaluations at a time; one per core when left out."),
        new Key("scheduling", new ChoiceShape("auto", "kernel", "dataflow", "barrier"), "How evaluations are scheduled."),
        new Key("isolation", new ChoiceShape("thread", "process"), "What keeps evaluations apart: thread, or a process per slot that may crash; process when left out and there is a limit."),
        new Key("timeout", CommonShapes.Duration, "Longest time one evaluation may take; its process is killed then."),
        new Key("memory", CommonShapes.Size, "Most memory the process of a slot may hold; it is killed then."),
        new Key("verdicts", new ChoiceShape("pause", "reject"), "What an evaluation becomes that exceeded a limit or killed three processes: the run pauses (when left out), or it counts as impossible."),
        new Key("cache", new BooleanShape(), "Whether evaluations are kept for other runs of the same model and looked up; for expensive models. false when left out."),
        new Key("recycle", new IntegerShape(1), "Evaluations after which a slot's process is replaced by a new one; 100000 when left out."));

    private static MappingShape Move() => new(
        "a move",
        new Key("kind", new ChoiceShape(Moves), "Name of the move.", IsRequired: true),
        new Key("weight", CommonShapes.Positive, "Weight in the mixture; 1 when left out."),
        new Key("scale", new NumberShape(1, isStrict: true), "stretch: the scale a; 2 when left out."),
        new Key("gamma", CommonShapes.Positive, "de, snooker: factor on the difference of helpers."),
        new Key("sigma", CommonShapes.NonNegative, "de: standard deviation of the small noise."),
        new Key("helpers", new IntegerShape(2), "walk: number of helpers; the whole complement when left out."),
        new Key("bandwidth", CommonShapes.Positive, "kde: bandwidth factor; Scott's rule when left out."));

    private static OneOfShape Initial() => new(
        new ChoiceShape("prior", "best_fit"),
        new VariantShape(
            "a start",
            new Key(
                "ball",
                new MappingShape(
                    "a ball",
                    new Key("center", new NamedShape(CommonShapes.Number, "a mapping from parameters to numbers"), "Center by parameter; the prior's median where left out."),
                    new Key("radius", CommonShapes.Positive, "Standard deviation of all parameters, in sampled space; 0.01 when left out."),
                    new Key("radii", new NamedShape(CommonShapes.Positive, "a mapping from parameters to numbers"), "Standard deviations of single parameters, in sampled space.")),
                "Normal draws around a center."),
            new Key("file", CommonShapes.Words, "CSV file with one column per free parameter and at least one row per walker; each ensemble takes them in an order of its own."),
            new Key(
                "best_fit",
                new MappingShape("a best fit", new Key("radius", CommonShapes.Positive, "Standard deviation around the best fit, in sampled space; 0.01 when left out.")),
                "A ball around the best point of a short optimisation.")));

    private static MappingShape Stop() => new(
        "a stop rule",
        new Key("ess", CommonShapes.Positive, "Smallest bulk and tail effective sample size to stop at."),
        new Key("rhat", new NumberShape(1, isStrict: true), "Largest R-hat to stop at, such as 1.01."),
        new Key("wall_time", CommonShapes.Duration, "Longest time to run."));
}
