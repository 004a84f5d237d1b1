namespace Calibrate.Cluster.RabbitMq.Tests;

public class InboxTests
{
    [Fact]
    public void Everything_is_taken_once_and_in_order()
    {
        var inbox = new Inbox<int>();
        var taken = new List<int>();
        var read = new List<int>();
        var reader = new Thread(() =>
        {
            while (inbox.TakeAll(ref taken))
            {
                read.AddRange(taken);
            }
        });
        reader.Start();
        for (var i = 0; i < 100_000; i++)
        {
            inbox.Add(i);
        }

        inbox.Close();
        Assert.True(reader.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(Enumerable.Range(0, 100_000), read);
    }

    [Fact]
    public void A_closed_inbox_is_read_to_its_end()
    {
        var inbox = new Inbox<string>();
        inbox.Add("last words");
        inbox.Close();
        List<string> taken = [];
        Assert.True(inbox.TakeAll(ref taken));
        Assert.Equal(["last words"], taken);
        Assert.False(inbox.TakeAll(ref taken));
    }
}
