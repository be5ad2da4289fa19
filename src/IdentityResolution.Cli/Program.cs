using System.Runtime.InteropServices;
using IdentityResolution.Cli;

// The first Ctrl+C asks the work to stop and leaves everything as it was; the second one ends the process.
using var cancellation = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await IdresApplication.RunAsync(args, CliConsole.Create(), cancellation.Token);
