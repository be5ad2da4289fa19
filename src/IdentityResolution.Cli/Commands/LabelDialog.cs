using System.Globalization;
using System.Text;
using Spectre.Console;

namespace IdentityResolution.Cli.Commands;

/// <summary>Shows pairs on the error stream, reads answers from standard input, and keeps them.</summary>
internal sealed class LabelDialog(CliConsole console, ActiveLearner learner, JudgementAppender file, string? judgedBy)
{
    private const string Prompt = "[s]ame, [d]ifferent, [u]nsure, [z] undo, [q]uit? ";
    private readonly List<(PairToLabel Pair, Judgement Answer)> _answered = [];
    private readonly IAnsiConsole _screen = CreateScreen(console);

    /// <summary>Asks until there are as many answers, the person quits, the input ends, or nothing is in doubt. Leaves a trained model.</summary>
    /// <param name="count">Most answers.</param>
    /// <param name="retrainEvery">Answers between two trainings.</param>
    /// <param name="cancellationToken">Stops the dialog; what was answered is in the file.</param>
    public async Task RunAsync(int count, int retrainEvery, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(console.Input, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var questions = new Stack<PairToLabel>();
        bool changed = false;
        while (_answered.Count < count)
        {
            if (questions.Count == 0)
            {
                if (changed)
                {
                    learner.Retrain(cancellationToken);
                    changed = false;
                }
                foreach (PairToLabel next in learner.Next(Math.Min(retrainEvery, count - _answered.Count)).Reverse())
                {
                    questions.Push(next);
                }
                if (questions.Count == 0)
                {
                    console.Error.WriteLine("No pair is left in doubt.");
                    break;
                }
            }
            PairToLabel pair = questions.Pop();
            Show(pair, count);
            switch (await ReadAsync(input, cancellationToken))
            {
                case { } answer when answer == "quit":
                    count = 0;
                    break;
                case { } answer when answer == "undo":
                    questions.Push(pair);
                    changed |= Undo(questions);
                    break;
                case { } answer:
                    Keep(pair, Enum.Parse<JudgementDecision>(answer, ignoreCase: true));
                    changed = true;
                    break;
            }
        }
        if (changed)
        {
            learner.Retrain(cancellationToken);
        }
    }

    private void Keep(PairToLabel pair, JudgementDecision decision)
    {
        var judgement = new Judgement(pair.Left, pair.Right, decision) { JudgedBy = judgedBy, JudgedAt = TimeProvider.System.GetUtcNow() };
        file.Append(judgement);
        learner.Answer(judgement);
        _answered.Add((pair, judgement));
    }

    private bool Undo(Stack<PairToLabel> questions)
    {
        if (_answered.Count == 0)
        {
            console.Error.WriteLine("There is no answer to take back.");
            return false;
        }
        (PairToLabel pair, Judgement answer) = _answered[^1];
        file.Undo();
        learner.Withdraw(answer);
        _answered.RemoveAt(_answered.Count - 1);
        questions.Push(pair);
        return true;
    }

    // What the person means; the end of the input is the wish to quit.
    private async Task<string> ReadAsync(StreamReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            console.Error.Write(Prompt);
            string? line = await input.ReadLineAsync(cancellationToken);
            string? answer = line?.Trim().ToLowerInvariant() switch
            {
                null or "q" or "quit" => "quit",
                "s" or "same" or "y" or "yes" => "same",
                "d" or "different" or "n" or "no" => "different",
                "u" or "unsure" or "?" => "unsure",
                "z" or "undo" => "undo",
                _ => null,
            };
            if (!console.ErrorIsTerminal || line is null)
            {
                console.Error.WriteLine();
            }
            if (answer is not null)
            {
                return answer;
            }
        }
    }

    private void Show(PairToLabel pair, int count)
    {
        console.Error.WriteLine();
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_answered.Count + 1} of {count}: match probability {pair.MatchProbability:F3}, {pair.SimilarPairs:N0} {(pair.SimilarPairs == 1 ? "pair compares" : "pairs compare")} like this"));
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string title in (string[])["", pair.Left.ToString(), pair.Right.ToString(), "", "level"])
        {
            table.AddColumn(new TableColumn(Markup.Escape(title)));
        }
        table.AddColumn(new TableColumn("bits").RightAligned());
        foreach (FieldToLabel field in pair.Fields.Where(field => field.Left is not null || field.Right is not null))
        {
            string mark = Mark(field);
            string color = mark switch
            {
                "=" => "green",
                "x" => "red",
                "" => "default",
                _ => "yellow",
            };
            table.AddRow(
                Markup.Escape(field.Name),
                $"[{color}]{Markup.Escape(field.Left ?? "")}[/]",
                $"[{color}]{Markup.Escape(field.Right ?? "")}[/]",
                $"[{color}]{mark}[/]",
                Markup.Escape(field.Level ?? ""),
                Bits(field.Weight));
        }
        table.AddRow("before any field", "", "", "", "", Bits(pair.PriorWeight));
        double rest = pair.MatchWeight - pair.PriorWeight - pair.Fields.Sum(field => field.Weight ?? 0);
        if (Math.Abs(rest) >= 0.05)
        {
            table.AddRow("written crosswise", "", "", "", "", Bits(rest));
        }
        table.AddRow("together", "", "", "", "", Bits(pair.MatchWeight));
        _screen.Write(table);
    }

    private static string Mark(FieldToLabel field) => field.Agreement switch
    {
        FieldAgreement.Equal => "=",
        FieldAgreement.Close => "~",
        FieldAgreement.Different => "x",
        FieldAgreement.Crosswise => "><",
        _ => "",
    };

    private static string Bits(double? weight) => weight is { } bits ? bits.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "";

    private static IAnsiConsole CreateScreen(CliConsole console)
    {
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(console.Error),
            Ansi = console.ErrorIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = console.ErrorIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        screen.Profile.Width = Math.Max(40, console.Width);
        return screen;
    }
}
