using System.Globalization;
using BenchmarkDotNet.Running;
using IdentityResolution.Benchmarks.Live;
using IdentityResolution.Benchmarks.Matching;
using IdentityResolution.Benchmarks.Similarity;
using IdentityResolution.Benchmarks.Standardization;
using IdentityResolution.Benchmarks.Training;

switch (args)
{
    case ["kernels", ..]:
        KernelTable.Print(Console.Out, rounds: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7, filter: args.Length > 2 ? args[2] : "");
        break;
    case ["pairs", ..]:
        PairTable.Print(Console.Out, args.Length > 1 ? args[1] : null, rounds: 5);
        break;
    case ["names", var file]:
        await NamePairTable.PrintAsync(Console.Out, file);
        break;
    case ["labels", .. var folders]:
        await SimulatedLabelling.PrintAsync(Console.Out, folders);
        break;
    case ["standardize", ..]:
        MixedValues.Print(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000_000, rounds: 3);
        break;
    case ["live", ..]:
        await LiveTable.PrintAsync(
            Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000, args.Length > 2 ? args[2] : "sqlite",
            args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 500);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
