namespace Calibrate.Cli.Draws;

/// <summary>A reader that shows every comment line to a <see cref="WarmupCounter"/> while the CSV parser skips it.</summary>
internal sealed class CommentListener(TextReader inner, WarmupCounter counter) : TextReader
{
    private string _line = "";
    private int _at;

    public override int Peek() => Fill() ? _line[_at] : -1;

    public override int Read() => Fill() ? _line[_at++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        if (!Fill())
        {
            return 0;
        }

        var length = Math.Min(count, _line.Length - _at);
        _line.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (_at < _line.Length)
        {
            return true;
        }

        if (inner.ReadLine() is not { } line)
        {
            return false;
        }

        if (line.StartsWith('#'))
        {
            counter.Note(line);
        }

        _line = line + "\n";
        _at = 0;
        return true;
    }
}
