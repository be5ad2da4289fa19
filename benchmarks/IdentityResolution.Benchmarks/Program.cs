using BenchmarkDotNet.Running;
using IdentityResolution.Benchmarks.Similarity;

if (args is ["kernels", ..])
{
    KernelTable.Print(Console.Out, rounds: args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 7);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
