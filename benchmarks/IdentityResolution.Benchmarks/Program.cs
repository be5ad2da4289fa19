using BenchmarkDotNet.Running;
using IdentityResolution.Benchmarks.Similarity;

if (args is ["kernels", ..])
{
    int rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 7;
    KernelTable.Print(Console.Out, rounds, filter: args.Length > 2 ? args[2] : "");
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
